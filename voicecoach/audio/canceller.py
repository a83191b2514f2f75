"""Acoustic echo cancellation by WebRTC's audio processing module (AEC3), from the livekit wheel: the extra ``echo``.

Chosen by measurement (``python -m bench echo``): of an echo of 80 ms at -12 dB it takes 30 dB away within two seconds
and 41 dB later, where the Speex canceller (pyaec) takes 3 and 24 and lets the ears hear the caller. livekit is
Apache-2.0, alive, and has wheels for Linux, macOS and Windows; it is 30 MB, hence an extra.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.audio.echo import HalfDuplexGate, RoomTone, sounds
from voicecoach.errors import UsageError
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE_HZ

LEARNING_SECONDS = 4.0
"""Of the caller's voice; until then it listens only while the caller is silent. In a room with reverberation what is
left over sets the ears off for about so long (measured)."""

ECHO_SHARE_DB = 8.0
"""A block of which the canceller took this much away was echo; what is left of it is not a voice."""

LIKENESS_BLOCKS, LIKENESS_REACH_BLOCKS = 16, 60
"""What is left over of 160 ms is compared with what was played in the last 600."""

SURELY_ECHO = 0.7
"""So like what was played the microphone is only when it hears the caller and nobody else: then the delay is sure."""

NEWEST_BLOCKS = 5
NOTHING_ELSE = 0.85
"""What is so like is echo and nothing else, whatever the canceller makes of it; of as short a sound as the ears need to
take it for a voice."""

STILL_THERE = 0.5
JUMP_SAMPLES = 24
"""It has jumped when there is less than half a likeness within 1.5 ms of the last delay: an echo path keeps to the
sample, and clocks drift more slowly."""

STEADY_BLOCKS, SILENT_BLOCK_COSTS = 25, 3
"""The delay is looked for only well within a sound, a word's closures counted in: beginnings and ends are all alike."""

LOOK_EVERY_BLOCKS = 3
JUMPED_BLOCKS = 200
"""After a jump it listens only while the caller is silent for as long as the canceller takes to follow (1.3 s and more
measured, with devices that stumble)."""

ALIKE = 0.45
"""So like (1 is the same) what is left over may not be to what was played: the delay has jumped, and the canceller must
find it anew. Of the trainee's voice 99 % stay below 0.35; of an echo 95 % lie above 0.6 in a living room, and bare it
is 1 (measured)."""

LOST_TRUST_BLOCKS = 100
"""For a second after such a jump it listens only while the caller is silent."""

TAIL_BLOCKS = 35
"""After the caller's last sample an echo may still come for 350 ms: a Bluetooth loudspeaker's delay and the room's."""


class EchoCanceller:
    """Takes the caller's voice out of the microphone; the trainee can interrupt.

    ``delay_seconds`` is the echo's, as the echo test found it (the canceller finds what is missing by itself). Raises
    ``UsageError`` when the extra is not installed.
    """

    def __init__(self, delay_seconds: float = 0.0, *, learning_seconds: float = LEARNING_SECONDS) -> None:
        self._rtc = _livekit()
        self._module: Any = self._rtc.AudioProcessingModule(echo_cancellation=True)
        self._delay_ms = round(1000.0 * max(0.0, delay_seconds))
        self._to_learn_blocks = round(learning_seconds / BLOCK_SECONDS)
        self._gate = HalfDuplexGate(delay_seconds)
        self._quiet = RoomTone()
        self._tail_blocks = self._distrust_blocks = 0
        self._heard: deque[Pcm] = deque(maxlen=LIKENESS_BLOCKS)
        self._lag_samples: int | None = None
        self._sounding_blocks = self._blocks = 0
        self._left_over: deque[Pcm] = deque(maxlen=LIKENESS_BLOCKS)
        self._played: deque[Pcm] = deque(maxlen=LIKENESS_REACH_BLOCKS)

    @property
    def has_learnt(self) -> bool:
        """Whether it has heard enough of the caller to be trusted while the caller speaks."""
        return self._to_learn_blocks == 0

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The block without the caller; the room's quiet where there was nothing but the caller."""
        cleaned = self._cancelled(block, played)
        gated = self._gate.clean(block, played, caller_speaking)
        self._heard.append(block)
        self._left_over.append(cleaned)
        self._played.append(played)
        if sounds(played):
            self._to_learn_blocks = max(0, self._to_learn_blocks - 1)
            self._tail_blocks = TAIL_BLOCKS
            self._sounding_blocks = min(STEADY_BLOCKS, self._sounding_blocks + 1)
        else:
            self._sounding_blocks = max(0, self._sounding_blocks - SILENT_BLOCK_COSTS)
            self._tail_blocks = max(0, self._tail_blocks - 1)
        if not self._tail_blocks:
            self._quiet.learn(cleaned)
            return cleaned
        self._blocks += 1
        looks = self._sounding_blocks == STEADY_BLOCKS and self._blocks % LOOK_EVERY_BLOCKS == 0
        if looks and self._jumped():  # before the ears could take it for a voice
            self._distrust_blocks = JUMPED_BLOCKS
        if not self.has_learnt or self._lost(block, cleaned):
            return gated
        return self._quiet.block() if _reduction_db(block, cleaned) > ECHO_SHARE_DB else cleaned

    def _lost(self, block: Pcm, cleaned: Pcm) -> bool:
        """Whether the echo gets through, or did so a moment ago."""
        self._distrust_blocks = max(0, self._distrust_blocks - 1)
        if _reduction_db(block, cleaned) > ECHO_SHARE_DB:
            return self._distrust_blocks > 0
        if likeness(self._left_over, self._played) > ALIKE:
            self._distrust_blocks = LOST_TRUST_BLOCKS
        just_now = list(self._heard)[-NEWEST_BLOCKS:]
        return self._distrust_blocks > 0 or likeness(just_now, self._played) > NOTHING_ELSE

    def _jumped(self) -> bool:
        """Whether the echo comes at another delay than it last did. Sounds that repeat are alike at several."""
        alike = alike_by_lag(self._heard, self._played)
        best = int(np.argmax(alike))
        if alike[best] < SURELY_ECHO:
            return False
        lag, self._lag_samples = self._lag_samples, best
        if lag is None or alike[max(0, lag - JUMP_SAMPLES) : lag + JUMP_SAMPLES + 1].max(initial=0.0) < STILL_THERE:
            return lag is not None
        self._lag_samples = lag
        return False

    def _cancelled(self, block: Pcm, played: Pcm) -> Pcm:
        self._module.process_reverse_stream(self._frame(played))
        self._module.set_stream_delay_ms(self._delay_ms)
        frame = self._frame(block)
        self._module.process_stream(frame)
        return np.frombuffer(bytes(frame.data), dtype=np.int16)

    def _frame(self, block: Pcm) -> Any:
        return self._rtc.AudioFrame(bytearray(block.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)


def likeness(heard: Sequence[Pcm], played: Sequence[Pcm]) -> float:
    """The largest correlation of the one with a stretch of the other that ends no later: 0 nothing, 1 the same."""
    return float(alike_by_lag(heard, played).max())


def alike_by_lag(heard: Sequence[Pcm], played: Sequence[Pcm]) -> NDArray[np.float64]:
    """How like ``heard`` is to what was played 0, 1, 2 ... samples earlier, each 0 (nothing) to 1 (the same).

    Both flattened by two differences, so that two voices of the same pitch are not alike.
    """
    short, long = (np.diff(np.concatenate(list(blocks)).astype(np.float64), 2) for blocks in (heard, played))
    if len(short) > len(long) or not short.any() or not long.any():
        return np.zeros(1)
    size = 1 << (len(long) + len(short)).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size)), size)[
        : len(long) - len(short) + 1
    ]
    power = np.cumsum(np.concatenate(([0.0], long**2)))
    there = power[len(short) :] - power[: len(power) - len(short)]
    scale = np.sqrt(np.maximum(there, there.max() * 1e-3) * float(short @ short))
    return np.asarray(np.abs(crossed) / scale)[::-1]


def can_cancel() -> bool:
    """Whether the extra is installed."""
    try:
        _livekit()
    except UsageError:
        return False
    return True


def _livekit() -> Any:
    try:
        from livekit import rtc
    except (ImportError, OSError) as error:
        raise UsageError(
            f"echo cancellation is an extra that is not installed ({error})",
            remedy="pip install 'voicecoach[echo]', or use --echo gate",
        ) from error
    return rtc


def _reduction_db(before: Pcm, after: Pcm) -> float:
    power_before, power_after = (float(np.mean(np.square(pcm.astype(np.float64)))) + 1e-3 for pcm in (before, after))
    return 10.0 * float(np.log10(power_before / power_after))
