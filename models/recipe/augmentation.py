"""What happens to a recording before the network hears it: level, room, noise, telephone band, silence around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import butter, sosfilt

from .background import Signal, Talk, knocks, noise, office
from .settings import FRAME_SHIFT_SAMPLES, SAMPLE_RATE_HZ

CLEAN_LEAD_FRAMES = 12
_FULL_SCALE = 32767.0
_TELEPHONE_BAND = butter(4, (300, 3400), "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
_OFFICE_SHARE = 0.45  # of what is noisy: the talk of others is what real rooms are full of


def clean(samples: NDArray[np.int16]) -> tuple[Signal, int]:
    """The recording as it is, in digital silence: the samples and how many frames of silence lead it."""
    lead = np.zeros(CLEAN_LEAD_FRAMES * FRAME_SHIFT_SAMPLES, np.float32)
    return np.concatenate([lead, samples.astype(np.float32), lead]), CLEAN_LEAD_FRAMES


def distort(samples: NDArray[np.int16], talk: Talk, random: np.random.Generator) -> tuple[Signal, int]:
    """The recording as a headset, a line or a room might carry it, and its leading silence in frames."""
    signal = samples.astype(np.float32) / max(1.0, float(np.abs(samples).max()))
    heavy = random.random() < 0.6
    if heavy and random.random() < 0.6:
        signal = _equalise(signal, random)
    if heavy and random.random() < 0.3:
        signal = _room(signal, random)
    if random.random() < 0.2:
        signal = sosfilt(_TELEPHONE_BAND, signal).astype(np.float32)
    if random.random() < 0.15:
        signal = np.tanh(signal * random.uniform(1.5, 4.0)).astype(np.float32)  # a limiter, a shout
    loudness = float(signal.std()) + 1e-6
    lead_frames = int(random.integers(0, 70)) if random.random() < 0.7 else 2
    lead = np.zeros(lead_frames * FRAME_SHIFT_SAMPLES, np.float32)
    tail = np.zeros(int(random.uniform(0.05, 0.9) * SAMPLE_RATE_HZ), np.float32)
    signal = np.concatenate([lead, signal, tail])
    if heavy or random.random() < 0.5:
        noise_db = -random.uniform(3, 30) if heavy else -random.uniform(25, 60)
        others_talk = heavy and random.random() < _OFFICE_SHARE
        behind = office(len(signal), talk, random) if others_talk else noise(len(signal), random)
        signal = signal + behind * loudness * 10 ** (noise_db / 20)
    peak_dbfs = random.uniform(-26, -0.5) if heavy else random.uniform(-14, -0.5)
    signal = signal / (np.abs(signal).max() + 1e-6) * 10 ** (peak_dbfs / 20) * _FULL_SCALE
    return np.round(signal).astype(np.float32), lead_frames


def noise_only(random: np.random.Generator, talk: Talk | None = None) -> Signal:
    """A clip without a near voice: digital silence, hiss, gusts, clicks; with `talk` now and then an office."""
    count = int(SAMPLE_RATE_HZ * random.uniform(0.6, 3.0))
    level = 10 ** random.uniform(0, 3.7) if random.random() < 0.85 else 0.0
    signal = noise(count, random) * level
    if random.random() < 0.5:
        gusts = random.uniform(0, 1, 8) ** 2
        signal = signal * np.interp(np.linspace(0, 1, count), np.linspace(0, 1, 8), gusts)
    if random.random() < 0.4:
        signal = signal + knocks(count, int(random.integers(1, 5)), random) * 10 ** random.uniform(1.5, 3.7)
    if talk is not None and random.random() < _OFFICE_SHARE:
        signal = office(count, talk, random) * 10 ** random.uniform(0.5, 3.2)
    return np.clip(np.round(signal), -_FULL_SCALE, _FULL_SCALE).astype(np.float32)


def _equalise(signal: Signal, random: np.random.Generator) -> Signal:
    size = next_fast_len(len(signal), real=True)
    spectrum = rfft(signal, size)
    frequency = np.linspace(0, 1, len(spectrum))
    gain_db = np.interp(frequency, np.linspace(0, 1, 6) ** 1.7, random.uniform(-7, 7, 6))
    spectrum *= 10 ** (gain_db / 20)
    if random.random() < 0.2:
        spectrum[frequency > random.uniform(0.42, 0.8)] *= 0.05
    return np.asarray(irfft(spectrum, size)[: len(signal)], np.float32)


def _room(signal: Signal, random: np.random.Generator) -> Signal:
    length = int(SAMPLE_RATE_HZ * random.uniform(0.08, 0.35))
    echo = random.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    echo[: int(SAMPLE_RATE_HZ * 0.002)] = 0
    echo *= random.uniform(0.15, 0.6) / np.sqrt((echo**2).sum())
    echo[0] = 1
    size = next_fast_len(len(signal) + length, real=True)
    return np.asarray(irfft(rfft(signal, size) * rfft(echo, size), size)[: len(signal)], np.float32)
