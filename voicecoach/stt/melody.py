"""How the voice moves at the end: a fall says that a statement is over, a level or rising voice that more comes.

The pitch of every voiced block is found as it comes, so that nothing is left to work out when the pause begins.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.stt.level import HIGHEST_PITCH_HZ, LEAST_PERIODICITY, LOWEST_PITCH_HZ, OCTAVE_SHARE
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE_HZ

FRAME_BLOCKS = 4
"""40 ms: nearly three periods of the lowest voice, and short enough to follow a fall."""

KEPT_BLOCKS = 600
"""Six seconds of voice are enough to know somebody's usual pitch."""

TAIL_BLOCKS, SLOPE_BLOCKS = 10, 30
"""The last 100 ms are the end of the melody; its slope is that of the last 300 ms."""

LEAST_PITCHED_BLOCKS = 12
"""With less than 120 ms of pitched voice nothing is said about the melody."""

CLEAR_FALL_SEMITONES = 2.5
"""Half way between a level voice and one at its floor: of what was tried it parts ends from pauses best (training)."""

LARGEST_FALL_SEMITONES, LARGEST_RISE_SEMITONES = -8.0, 6.0
LARGEST_SLOPE_SEMITONES_PER_SECOND = 40.0
"""What is larger is an error of the pitch finder, mostly an octave."""

_FFT_SAMPLES = 2 * FRAME_BLOCKS * BLOCK_SAMPLES
_WINDOW = np.hanning(FRAME_BLOCKS * BLOCK_SAMPLES)
_SHORTEST, _LONGEST = int(SAMPLE_RATE_HZ / HIGHEST_PITCH_HZ), int(SAMPLE_RATE_HZ / LOWEST_PITCH_HZ)


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of the melody: ``end_semitones`` above (below: negative) the voice's usual pitch, and its slope.

    All zero where nothing is known.
    """

    end_semitones: float = 0.0
    slope_semitones_per_second: float = 0.0

    @property
    def known(self) -> bool:
        """Whether there was voice enough to say anything."""
        return self.end_semitones != 0.0 or self.slope_semitones_per_second != 0.0

    @property
    def fall(self) -> float:
        """1 for a voice that fell to its floor, as at the end of a statement, -1 for one that did not; 0 if unknown.

        What counts is whether it fell, hardly how far: one voice's floor is lower than another's.
        """
        return min(1.0, max(-1.0, -self.end_semitones - CLEAR_FALL_SEMITONES)) if self.known else 0.0


NO_MELODY = Ending()


class Melody:
    """The pitch of one utterance, block by block."""

    def __init__(self) -> None:
        self._recent: deque[Pcm] = deque(maxlen=FRAME_BLOCKS)
        self._semitones: deque[tuple[int, float]] = deque(maxlen=KEPT_BLOCKS)
        self._blocks = 0

    def hear(self, block: Pcm, voiced: bool) -> None:
        """The next block of 10 ms."""
        self._blocks += 1
        self._recent.append(block)
        if voiced and len(self._recent) == FRAME_BLOCKS and self._blocks % 2 == 0:  # every 20 ms is often enough
            pitch_hz = frame_pitch_hz(np.concatenate(self._recent))
            if pitch_hz is not None:
                self._semitones.append((self._blocks, 12.0 * math.log2(pitch_hz / 100.0)))

    @property
    def pitch_hz(self) -> float | None:
        """The median pitch of the utterance's last six seconds of voice; None when none of it has a pitch."""
        if not self._semitones:
            return None
        return float(100.0 * 2.0 ** (np.median([semitones for _, semitones in self._semitones]) / 12.0))

    def ending(self) -> Ending:
        """Where the melody stands now."""
        if len(self._semitones) < LEAST_PITCHED_BLOCKS:
            return NO_MELODY
        blocks, semitones = (np.asarray(values) for values in zip(*self._semitones, strict=True))
        last = blocks[-1]
        tail = semitones[blocks >= last - TAIL_BLOCKS]
        end = float(np.median(tail) - np.median(semitones))
        return Ending(
            min(LARGEST_RISE_SEMITONES, max(LARGEST_FALL_SEMITONES, end)),
            _slope(blocks[blocks >= last - SLOPE_BLOCKS], semitones[blocks >= last - SLOPE_BLOCKS]),
        )


def _slope(blocks: np.ndarray, semitones: np.ndarray) -> float:
    times = (blocks - blocks.mean()) * BLOCK_SECONDS
    spread = float((times**2).sum())
    slope = float((times * semitones).sum() / spread) if len(times) > FRAME_BLOCKS and spread else 0.0
    return min(LARGEST_SLOPE_SEMITONES_PER_SECOND, max(-LARGEST_SLOPE_SEMITONES_PER_SECOND, slope))


def frame_pitch_hz(frame: Pcm) -> float | None:
    """The pitch of 40 ms of sound (int16, shape (640,)); None when it does not repeat itself."""
    sound = (frame - frame.mean()) * _WINDOW
    similarity = _autocorrelation(sound)[: _LONGEST + 2] / _WINDOW_SIMILARITY[: _LONGEST + 2]
    if similarity[0] < 1.0:
        return None
    centre = similarity[1:-1] / similarity[0]
    peaks = (similarity[1:-1] > similarity[:-2]) & (similarity[1:-1] >= similarity[2:])
    peaks[: _SHORTEST - 1] = False
    heights = np.where(peaks, centre, 0.0)
    highest = float(heights.max())
    if highest < LEAST_PERIODICITY:
        return None
    return SAMPLE_RATE_HZ / (int(np.argmax(heights >= OCTAVE_SHARE * highest)) + 1.0)


def _autocorrelation(sound: np.ndarray) -> np.ndarray:
    return np.asarray(np.fft.irfft(np.abs(np.fft.rfft(sound, _FFT_SAMPLES)) ** 2))


_WINDOW_SIMILARITY = np.maximum(_autocorrelation(_WINDOW) / _autocorrelation(_WINDOW)[0], 1e-9)
