"""Shaping a rendered line: rate and pitch, telephone band, the colour of shouting, level.

Everything here is plain arithmetic on one line that is complete, so filters look both ways and delay nothing.
"""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.tts.silence import FRAME_SAMPLES, Sound, frame_power
from voicecoach.values import SAMPLE_RATE_HZ

TELEPHONE_BAND_HZ = (300.0, 3400.0)
"""The narrow telephone band of ITU-T G.712."""

FADE_SECONDS = 0.003
VOICED_DB = 30.0
"""Frames within 30 dB of the loudest one count as voiced."""

BRIGHTER_DB_PER_OCTAVE = 3.0
"""At full effort, between 500 and 4000 Hz: pressed voices fall off less steeply towards high frequencies."""

COMPRESSION_RATIO = 3.0
"""At full effort, above the line's own voiced level."""

_GRID_HZ = np.linspace(0.0, SAMPLE_RATE_HZ / 2.0, 501)
_FFT_STEP = 8192

KNEE, CEILING = 0.6, 0.95
"""Samples above the knee are bent so that none passes the ceiling (full scale is 1): nothing ever clips."""


def at_call_rate(sound: NDArray[np.float32], rate_hz: int, pitch_semitones: float = 0.0) -> Sound:
    """``sound`` recorded at ``rate_hz``, at 16 kHz.

    With ``pitch_semitones`` it is taken to have been recorded that much faster: higher and shorter. A driver without
    pitch is asked to speak slower by the same factor, so that the length stays.
    """
    faster = 2.0 ** (pitch_semitones / 12.0)
    if rate_hz * faster == SAMPLE_RATE_HZ:
        return sound
    resampled: Sound = soxr.resample(sound, rate_hz * faster, SAMPLE_RATE_HZ).astype(np.float32)
    return resampled


def voiced_level_dbfs(sound: Sound) -> float:
    """RMS over the voiced frames, in dB below full scale; -inf for silence."""
    power = frame_power(sound)
    voiced = power[power > power.max(initial=0.0) * 10.0 ** (-VOICED_DB / 10.0)]
    with np.errstate(divide="ignore"):
        return float(10.0 * np.log10(voiced.mean())) if len(voiced) else -np.inf


def shaped(sound: Sound, *, level_dbfs: float, effort: float = 0.0, telephone: bool = False) -> Pcm:
    """The line as it is played: int16, 16 kHz, of the same length, with 3 ms fades at both ends.

    ``level_dbfs`` is the RMS over voiced sound; ``effort`` 0..1 makes it brighter and denser; ``telephone`` limits the
    band to 300-3400 Hz.
    """
    if not len(sound):
        return np.zeros(0, dtype=np.int16)
    if effort > 0.0 or telephone:
        sound = _coloured(sound, effort, telephone)
    if effort > 0.0:
        sound = _compressed(sound, effort)
    return to_pcm(at_level(faded(sound), level_dbfs))


def at_level(sound: Sound, level_dbfs: float) -> Sound:
    """The sound at this RMS over its voiced frames, with its peaks bent to stay below full scale; silence as it is."""
    for _ in range(3):  # bending the peaks takes a little level away again
        missing_db = level_dbfs - voiced_level_dbfs(sound)
        if not np.isfinite(missing_db):
            return sound
        sound = _limited(sound * np.float32(10.0 ** (missing_db / 20.0)))
    return sound


def faded(sound: Sound) -> Sound:
    """The sound with 3 ms ramps at both ends, against clicks."""
    samples = min(round(FADE_SECONDS * SAMPLE_RATE_HZ), len(sound) // 2)
    ramp = np.linspace(0.0, 1.0, samples, endpoint=False, dtype=np.float32)
    ramped = sound.copy()
    ramped[:samples] *= ramp
    ramped[len(ramped) - samples :] *= ramp[::-1]
    return ramped


def to_pcm(sound: Sound) -> Pcm:
    """Full scale ±1 as int16."""
    pcm: Pcm = np.clip(np.rint(sound * 32767.0), -32767, 32767).astype(np.int16)
    return pcm


def _coloured(sound: Sound, effort: float, telephone: bool) -> Sound:
    # At least 20 ms of padding, so that the end does not ring into the beginning; then to a length that FFTs like.
    size = -(-(len(sound) + SAMPLE_RATE_HZ // 50) // _FFT_STEP) * _FFT_STEP
    frequencies = np.linspace(0.0, SAMPLE_RATE_HZ / 2.0, size // 2 + 1)
    gain = np.interp(frequencies, _GRID_HZ, _gain_curve(effort, telephone)).astype(np.float32)
    coloured = np.fft.irfft(np.fft.rfft(sound, size) * gain, size)[: len(sound)]
    return coloured.astype(np.float32)


def _gain_curve(effort: float, telephone: bool) -> NDArray[np.float64]:
    octaves = np.log2(np.clip(_GRID_HZ, 500.0, 4000.0) / 1000.0)
    gain = 10.0 ** (effort * BRIGHTER_DB_PER_OCTAVE * octaves / 20.0)
    if telephone:
        low, high = TELEPHONE_BAND_HZ
        below, above = (low / np.maximum(_GRID_HZ, 1.0)) ** 8, (_GRID_HZ / high) ** 16  # Butterworth slopes
        gain = gain / np.sqrt((1.0 + below) * (1.0 + above))
    return np.asarray(gain)


def _compressed(sound: Sound, effort: float) -> Sound:
    level_db = 10.0 * np.log10(np.maximum(frame_power(sound), 1e-10))
    smooth_db = np.convolve(np.pad(level_db, 4, mode="edge"), np.full(9, 1.0 / 9.0), mode="valid")
    above_db = np.maximum(0.0, smooth_db - (voiced_level_dbfs(sound) - 3.0))
    ratio = 1.0 + effort * (COMPRESSION_RATIO - 1.0)
    gain = 10.0 ** (-above_db * (1.0 - 1.0 / ratio) / 20.0)
    centres = (np.arange(len(gain)) + 0.5) * FRAME_SAMPLES
    return (sound * np.interp(np.arange(len(sound)), centres, gain)).astype(np.float32)


def _limited(sound: Sound) -> Sound:
    size = np.abs(sound)
    room = CEILING - KNEE
    bent = KNEE + room * np.tanh((size - KNEE) / room)
    return np.where(size > KNEE, np.sign(sound) * bent, sound).astype(np.float32)
