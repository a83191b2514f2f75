"""Voice activity: does this block of 10 ms hold a voice?

Three judges in a row, each a small state of its own: the WebRTC detector (is it like speech), a level gate above the
learnt noise floor (is it near enough), and a debouncer (is it more than a click).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import webrtcvad

from voicecoach.audio.base import Pcm
from voicecoach.stt.room import NOISY_FLOOR_DBFS, Room, RoomJudge
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ

FULL_SCALE = 32768.0
SILENCE_DBFS = -100.0
"""What digital silence counts as."""

AGGRESSIVENESS = 2
"""WebRTC mode. Of human clips at -45 dBFS mode 2 still hears 80 %, mode 3 half; of white noise at -40 dBFS mode 1
takes 16 % for speech, mode 2 2 % (measured)."""

WINDOW_SECONDS = 3.0
"""The noise floor is the least level of this long: longer than people talk without a closed lip between two sounds."""

SUB_WINDOWS = 6
QUIET_BLOCKS = 3
"""A quiet moment is as loud as the loudest of so many blocks in a row: one soft block alone is chance."""

FLOOR_BIAS_DB = 1.0
"""A minimum lies below the mean of the noise by about this much (white noise .2, narrower noise more)."""

GATE_MARGIN_DB = 6.0
"""A voice is at least this much above the floor (start)."""

CALLER_MARGIN_DB = 6.0
"""And this much more while the caller speaks, who may leak from the headset into the microphone (start)."""

CALLER_BELOW_SPEECH_DB = 25.0
"""While the caller speaks nothing counts that is quieter than the trainee's usual level by more than this (start)."""

ONSET_BELOW_SPEECH_DB = 10.0
"""And no voice begins that is: a colleague 20 dB below the trainee has moments 12 dB below, the trainee's own vowels
lie above the usual level, which is a mean over weak sounds too."""

NOISY_GATE_MARGIN_DB = 10.0
"""In a noisy room it is so much above the floor: the talk of a room has peaks, and the floor is its quietest moment."""

LOWEST_GATE_DBFS = -62.0
"""Below this nothing is a voice: the weak sounds of speech at -45 dBFS reach down to about here."""

ONSET_VOICED_BLOCKS, ONSET_WINDOW_BLOCKS = 5, 7
"""A voice begins when 5 of 7 blocks are voiced: a key or a click of 45 ms and its echo do not fill them (3 of 4 they
do), and 70 ms still leave time to make the caller quieter within 120."""

OFFSET_BLOCKS = 10
"""After this many blocks without voice the next one has to begin anew."""


def level_dbfs(pcm: Pcm) -> float:
    """RMS level of PCM of any length against a full-scale square wave, its constant part left out; never below -100."""
    if pcm.size == 0:
        return SILENCE_DBFS
    rms = float(np.std(pcm.astype(np.float32)))
    return max(SILENCE_DBFS, 20 * math.log10(rms / FULL_SCALE)) if rms > 0 else SILENCE_DBFS


class NoiseFloor:
    """The level of the background, by minimum statistics: the quietest moment of the last three seconds.

    It falls at once and rises only when nothing as quiet was heard for the whole window, so speech does not lift it.
    """

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=QUIET_BLOCKS)
        self._minima: deque[float] = deque([math.inf], maxlen=SUB_WINDOWS)
        self._blocks = 0
        self._blocks_per_sub_window = round(WINDOW_SECONDS / SUB_WINDOWS / BLOCK_SECONDS)

    def observe(self, block_dbfs: float) -> float:
        """Take in the level of one block; returns the floor in dBFS."""
        if self._blocks and self._blocks % self._blocks_per_sub_window == 0:
            self._minima.append(math.inf)
        self._blocks += 1
        self._recent.append(block_dbfs)
        self._minima[-1] = min(self._minima[-1], max(self._recent))
        return self.dbfs

    @property
    def dbfs(self) -> float:
        """The floor as learnt so far; -100 before the first block."""
        least = min(self._minima)
        return SILENCE_DBFS if math.isinf(least) else max(SILENCE_DBFS, least + FLOOR_BIAS_DB)


class Debouncer:
    """Keeps clicks out: says no until 5 of the last 7 blocks were voiced, then follows every block."""

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=ONSET_WINDOW_BLOCKS)
        self._unvoiced_blocks = OFFSET_BLOCKS

    @property
    def speaking(self) -> bool:
        """A voice has begun and not been silent for long."""
        return self._unvoiced_blocks < OFFSET_BLOCKS

    def follow(self, voiced: bool) -> bool:
        """Take in the judgement of one block; returns the debounced one."""
        self._recent.append(voiced)
        if self._unvoiced_blocks < OFFSET_BLOCKS:
            self._unvoiced_blocks = 0 if voiced else self._unvoiced_blocks + 1
            return voiced
        if sum(self._recent) >= ONSET_VOICED_BLOCKS:
            self._unvoiced_blocks = 0
            return True
        return False


@dataclass(frozen=True, slots=True)
class Activity:
    """What one block holds: ``voiced`` after debouncing, its own ``level_dbfs``, the ``floor_dbfs`` so far, and the
    ``room`` it was said in."""

    voiced: bool
    level_dbfs: float
    floor_dbfs: float
    room: Room


def webrtc_detector() -> Callable[[bytes], bool]:
    """The WebRTC detector as a function of a block's bytes (320: 10 ms); it adapts, so every stream needs its own."""
    detector = webrtcvad.Vad(AGGRESSIVENESS)
    return lambda block: bool(detector.is_speech(block, SAMPLE_RATE_HZ))


class VoiceActivity:
    """Voice activity of one stream of 10 ms blocks.

    ``speech_like`` judges the sound of a block (tests give their own); ``speech_dbfs`` is the trainee's usual level
    once it is known from a calibration.
    """

    def __init__(self, speech_like: Callable[[bytes], bool] | None = None, speech_dbfs: float | None = None) -> None:
        self.speech_dbfs = speech_dbfs
        self._speech_like = speech_like or webrtc_detector()
        self._floor = NoiseFloor()
        self._debouncer = Debouncer()
        self._room = RoomJudge()

    def hear(self, block: Pcm, caller_speaking: bool = False, surely_speech: bool = True) -> Activity:
        """Judge the next block: int16 of shape (160,). In a noisy room only ``surely_speech`` is a voice."""
        level = level_dbfs(block)
        floor = self._floor.observe(level)
        speech_like = self._speech_like(block.tobytes()) and (surely_speech or floor < NOISY_FLOOR_DBFS)
        gate = self._gate_dbfs(floor, caller_speaking)
        if caller_speaking and self.speech_dbfs is not None and not self._debouncer.speaking:
            gate = max(gate, self.speech_dbfs - ONSET_BELOW_SPEECH_DB)
        voiced = self._debouncer.follow(speech_like and level >= gate)
        return Activity(voiced, level, floor, self._room.hear(level, floor, voiced))

    def _gate_dbfs(self, floor_dbfs: float, caller_speaking: bool) -> float:
        margin = GATE_MARGIN_DB if floor_dbfs < NOISY_FLOOR_DBFS else NOISY_GATE_MARGIN_DB
        gate = max(LOWEST_GATE_DBFS, floor_dbfs + margin)
        if not caller_speaking:
            return gate
        gate += CALLER_MARGIN_DB
        return gate if self.speech_dbfs is None else max(gate, self.speech_dbfs - CALLER_BELOW_SPEECH_DB)
