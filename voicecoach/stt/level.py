"""How loud, how high and how fast the trainee speaks: what a raised voice is measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.audio.level import Level, refuse_silence
from voicecoach.stt.vad import VoiceActivity, level_dbfs
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE_HZ

LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 70.0, 400.0
"""From a low man's voice to a raised woman's."""

FRAME_SAMPLES, HOP_SAMPLES = 1024, 320
"""64 ms every 20 ms: four periods of the lowest voice in a frame."""

MOST_FRAMES = 150
"""An utterance is sampled at this many places at most, so that a long one costs no more than a short one."""

LEAST_PERIODICITY = 0.5
"""Share of a frame's energy that has to repeat for it to count as voiced."""

OCTAVE_SHARE = 0.9
"""The shortest period whose peak reaches this share of the highest one is taken: multiples peak as high."""

QUIET_DBFS = -45.0
"""Speech below this is hard to tell from the noise of a room (start)."""

LOUD_DBFS = -9.0
"""Speech above this is cut off at its peaks, which are 12 dB and more above its RMS level (start)."""

LEAST_ABOVE_NOISE_DB = 12.0
"""Speech nearer to the noise than this is misheard (start)."""


def voiced_level_dbfs(voiced: Pcm) -> float | None:
    """RMS level over voiced sound (int16, any length); None when there is none."""
    return level_dbfs(voiced) if voiced.size else None


def median_pitch_hz(voiced: Pcm) -> float | None:
    """Median pitch of voiced sound (int16, 16 kHz), by autocorrelation; None when no 64 ms of it repeats itself."""
    if len(voiced) < FRAME_SAMPLES:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(voiced, FRAME_SAMPLES)[::HOP_SAMPLES]
    frames = frames[:: -(-len(frames) // MOST_FRAMES)]
    pitches = _frame_pitches_hz(frames.astype(np.float32))
    return float(np.median(pitches)) if pitches.size else None


def _frame_pitches_hz(frames: NDArray[np.float32]) -> NDArray[np.float64]:
    """The pitch of each frame that has one. ``frames``: shape (n, 1024)."""
    window = np.hanning(FRAME_SAMPLES)
    sound = (frames - frames.mean(axis=1, keepdims=True)) * window
    similarity = _autocorrelation(sound) / np.maximum(_autocorrelation(window[np.newaxis])[0], 1e-9)
    shortest = int(SAMPLE_RATE_HZ / HIGHEST_PITCH_HZ)
    longest = int(SAMPLE_RATE_HZ / LOWEST_PITCH_HZ)
    loud = similarity[:, 0] > 1.0  # less than one step of the converter is not a sound
    wanted = similarity[loud][:, : longest + 2]
    wanted = wanted / wanted[:, :1]
    centre = wanted[:, 1:-1]
    peaks = (centre > wanted[:, :-2]) & (centre >= wanted[:, 2:])
    peaks[:, : shortest - 1] = False
    heights = np.where(peaks, centre, 0.0)
    highest = heights.max(axis=1, initial=0.0)
    first = np.argmax(heights >= OCTAVE_SHARE * highest[:, np.newaxis], axis=1)
    pitches = SAMPLE_RATE_HZ / (first + 1.0)
    return np.asarray(pitches[highest >= LEAST_PERIODICITY], dtype=np.float64)


def _autocorrelation(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(rows, 2 * rows.shape[1], axis=1)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : rows.shape[1]], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The trainee's calm voice and the room, from one sentence said before the call.

    ``pitch_hz`` and ``words_per_second`` are None where nothing could be measured.
    """

    level_dbfs: float
    noise_floor_dbfs: float
    pitch_hz: float | None = None
    words_per_second: float | None = None

    @property
    def warning(self) -> str | None:
        """What is wrong with the microphone's level, in a line for people; None when it is fine."""
        if self.level_dbfs < QUIET_DBFS:
            return f"the microphone is very quiet ({self.level_dbfs:.0f} dBFS); turn it up or move it closer"
        if self.level_dbfs > LOUD_DBFS:
            return f"the microphone is too loud ({self.level_dbfs:.0f} dBFS); turn it down or move it away"
        if self.level_dbfs - self.noise_floor_dbfs < LEAST_ABOVE_NOISE_DB:
            return f"the room is loud ({self.noise_floor_dbfs:.0f} dBFS beside the voice); find a quieter place"
        return None


def calibrate(pcm: Pcm, name: str, word_count: int | None = None) -> Calibration | None:
    """Measure a calibration sentence: int16, 16 kHz, shape (n,), from the microphone of this ``name``.

    ``word_count`` is how many words were said (or heard). None when no voice was in it. Raises ``SilentMicrophone``
    when it holds nothing but zeros.
    """
    refuse_silence(Level(rms_dbfs=level_dbfs(pcm), peak_dbfs=0.0, all_zero=not np.any(pcm)), name)
    activity = VoiceActivity()
    blocks = pcm[: len(pcm) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    judged = [activity.hear(block) for block in blocks]
    places = [place for place, block in enumerate(judged) if block.voiced]
    if not places:
        return None
    voiced = blocks[places].reshape(-1)
    seconds = (places[-1] - places[0] + 1) * BLOCK_SECONDS
    return Calibration(
        level_dbfs=level_dbfs(voiced),
        noise_floor_dbfs=judged[-1].floor_dbfs,
        pitch_hz=median_pitch_hz(voiced),
        words_per_second=word_count / seconds if word_count else None,
    )
