"""What is heard behind a voice: hiss and hum, knocks, and an office in which others talk."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from .settings import SAMPLE_RATE_HZ

Signal = NDArray[np.float32]
Talk = Callable[[np.random.Generator], NDArray[np.int16]]
"""Draws what somebody else says: a recording."""

_NOISE_TILTS = (0.0, 0.25, 0.5, 1.0)  # amplitude falls with frequency to this power: white to brown
_TALKERS = (2, 7)
_KNOCK_SAMPLES = 800
_KNOCKS_A_SECOND = 6.0
_SILENT = 1e-6


def noise(count: int, random: np.random.Generator) -> Signal:
    """`count` samples of coloured noise of unit power, sometimes with mains hum."""
    spectrum = rfft(random.standard_normal(next_fast_len(count, real=True)))
    frequency = np.maximum(np.arange(len(spectrum)), 3) / len(spectrum)
    signal = irfft(spectrum * frequency ** -random.choice(_NOISE_TILTS), 2 * len(spectrum))[:count]
    if random.random() < 0.2:
        hum_hz = random.choice([50, 60, 100, 120])
        signal = signal / signal.std() + 0.7 * np.sin(2 * np.pi * hum_hz * np.arange(count) / SAMPLE_RATE_HZ)
    return _at_unit_power(signal)


def office(count: int, talk: Talk, random: np.random.Generator) -> Signal:
    """`count` samples of people talking at once some way off, often over noise and knocks, of unit power."""
    signal = sum(_far_off(talk(random), count, random) for _ in range(int(random.integers(*_TALKERS))))
    if random.random() < 0.7:
        signal = signal + noise(count, random) * np.sqrt(np.mean(np.square(signal))) * 10 ** random.uniform(-0.8, 0.2)
    if random.random() < 0.4:
        strength = float(np.sqrt(np.mean(np.square(signal)))) * 10 ** random.uniform(0.0, 1.2)
        signal = signal + knocks(count, round(_KNOCKS_A_SECOND * count / SAMPLE_RATE_HZ), random) * strength
    return _at_unit_power(signal)


def knocks(count: int, number: int, random: np.random.Generator) -> Signal:
    """`count` samples, silent but for so many clicks and knocks of peaks near one."""
    signal = np.zeros(count + _KNOCK_SAMPLES, np.float32)
    for _ in range(number):
        start = int(random.integers(0, count))
        decay = np.exp(-np.arange(_KNOCK_SAMPLES) / random.uniform(30, 200))
        signal[start : start + _KNOCK_SAMPLES] += random.standard_normal(_KNOCK_SAMPLES) * decay
    return signal[:count]


def _far_off(recording: NDArray[np.int16], count: int, random: np.random.Generator) -> Signal:
    """The recording over and over from anywhere in it, heard by its echoes, each talker louder or softer by some dB."""
    length = int(SAMPLE_RATE_HZ * random.uniform(0.02, 0.25))
    echo = random.standard_normal(length) * np.exp(-random.uniform(3.0, 7.0) * np.arange(length) / length)
    size = next_fast_len(len(recording) + length, real=True)
    heard = irfft(rfft(recording.astype(np.float32), size) * rfft(echo, size), size)[: len(recording) + length]
    looped = np.roll(np.resize(heard, max(count, len(heard))), int(random.integers(0, len(heard))))[:count]
    return _at_unit_power(looped) * np.float32(10 ** random.uniform(-0.3, 0.3))


def _at_unit_power(signal: NDArray[np.floating]) -> Signal:
    return np.asarray(signal / (np.sqrt(np.mean(np.square(signal))) + _SILENT), np.float32)
