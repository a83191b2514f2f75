"""Sounds for the tests of sound."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.base import Pcm


@pytest.fixture(scope="session")
def speechlike() -> Pcm:
    """Two seconds of band-limited noise in syllables, as loud as a voice."""
    random = np.random.default_rng(7)
    noise = np.convolve(random.standard_normal(32_000), np.hanning(9) / 4.0, mode="same")
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4.0 * np.arange(32_000) / 16_000)
    return (noise * syllables * 2000).clip(-30_000, 30_000).astype(np.int16)
