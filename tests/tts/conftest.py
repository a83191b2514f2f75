"""The real voice, and ears that measure it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

RATE_HZ = 16_000


@pytest.fixture(scope="session")
def voice() -> Iterator[Pyttsx3Voice]:
    """pyttsx3 in its child process, shared by every test that does not harm it."""
    real = Pyttsx3Voice()
    yield real
    real.close()


@pytest.fixture(scope="session")
def level_dbfs() -> Callable[[Pcm], float]:
    """RMS over voiced 10 ms frames (within 30 dB of the loudest), independent of the code under test."""

    def measured(pcm: Pcm) -> float:
        frames = pcm[: len(pcm) // 160 * 160].reshape(-1, 160).astype(np.float64) / 32768.0
        power = (frames**2).mean(axis=1)
        return float(10.0 * np.log10(power[power > power.max() * 1e-3].mean()))

    return measured


@pytest.fixture(scope="session")
def median_f0_hz() -> Callable[[Pcm], float]:
    """Median F0 by autocorrelation of 40 ms windows, over frames that are clearly periodic."""

    def of_frame(frame: NDArray[np.float64], window: NDArray[np.float64]) -> float:
        size = 2 * len(frame)

        def correlation(signal: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(np.fft.irfft(np.abs(np.fft.rfft(signal, size)) ** 2)[: len(frame)])

        shortest, longest = RATE_HZ // 400, RATE_HZ // 60
        lags = correlation((frame - frame.mean()) * window)[:longest] / correlation(window)[:longest]
        lags = lags / lags[0]
        best = lags[shortest:].max()
        peaks = [
            lag
            for lag in range(shortest, longest - 1)
            if lags[lag] > 0.9 * best and lags[lag - 1] <= lags[lag] >= lags[lag + 1]
        ]
        return RATE_HZ / peaks[0] if best > 0.6 and peaks else 0.0

    def measured(pcm: Pcm) -> float:
        window = np.hanning(640)
        frames = np.lib.stride_tricks.sliding_window_view(pcm.astype(np.float64) / 32768.0, 640)[::160]
        power = (frames**2).mean(axis=1)
        found = [of_frame(frame, window) for frame in frames[power > power.max() * 10**-2.5]]
        return float(np.median([f0 for f0 in found if f0]))

    return measured
