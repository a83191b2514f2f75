"""Acoustic echo cancellation by WebRTC's audio processing module (AEC3), from the livekit wheel: the extra ``echo``.

Chosen by measurement (``python -m bench echo``): of an echo of 80 ms at -12 dB it takes 30 dB away within two seconds
and 41 dB later, where the Speex canceller (pyaec) takes 3 and 24 and lets the ears hear the caller. livekit is
Apache-2.0, alive, and has wheels for Linux, macOS and Windows; it is 30 MB, hence an extra.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.audio.echo import HalfDuplexGate, RoomTone, sounds
from voicecoach.errors import UsageError
from voicecoach.events import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE_HZ

LEARNING_SECONDS = 4.0
"""Of the caller's voice; until then it listens only while the caller is silent. In a room with reverberation what is
left over sets the ears off for about so long (measured)."""

ECHO_SHARE_DB = 8.0
"""A block of which the canceller took this much away was echo; what is left of it is not a voice."""

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
        self._tail_blocks = 0

    @property
    def has_learnt(self) -> bool:
        """Whether it has heard enough of the caller to be trusted while the caller speaks."""
        return self._to_learn_blocks == 0

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The block without the caller; the room's quiet where there was nothing but the caller."""
        cleaned = self._cancelled(block, played)
        gated = self._gate.clean(block, played, caller_speaking)
        if sounds(played):
            self._to_learn_blocks = max(0, self._to_learn_blocks - 1)
            self._tail_blocks = TAIL_BLOCKS
        else:
            self._tail_blocks = max(0, self._tail_blocks - 1)
        if not self._tail_blocks:
            self._quiet.learn(cleaned)
            return cleaned
        if not self.has_learnt:
            return gated
        return self._quiet.block() if _reduction_db(block, cleaned) > ECHO_SHARE_DB else cleaned

    def _cancelled(self, block: Pcm, played: Pcm) -> Pcm:
        self._module.process_reverse_stream(self._frame(played))
        self._module.set_stream_delay_ms(self._delay_ms)
        frame = self._frame(block)
        self._module.process_stream(frame)
        return np.frombuffer(bytes(frame.data), dtype=np.int16)

    def _frame(self, block: Pcm) -> Any:
        return self._rtc.AudioFrame(bytearray(block.tobytes()), SAMPLE_RATE_HZ, 1, BLOCK_SAMPLES)


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
