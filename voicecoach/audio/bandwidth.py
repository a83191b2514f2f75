"""Whether a microphone delivers a telephone's band only: a Bluetooth headset in its 8 kHz mode."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.values import SAMPLE_RATE_HZ

NARROW_HZ = 4000.0
"""What is sampled at 8 kHz has nothing above this."""

WINDOW_SAMPLES = 1024
LOUD_SHARE = 0.3
"""Looked at are the loudest windows: there the voice has its hissing sounds, far above any noise."""

LEAST_ABOVE_DB = -55.0
"""Of a voice in full band more than this lies between 4.5 and 7.5 kHz in some window, against the loudest one (fifteen
synthetic lines: -36 at the least; brought down to 8 kHz, -82 at the most)."""

LEAST_DBFS = -50.0
"""Quieter than this, nothing can be told."""


def is_narrow_band(speech: Pcm) -> bool | None:
    """Whether this sound (a sentence, 16 kHz) has no upper band; None when it is too short or too soft to tell."""
    count = len(speech) // WINDOW_SAMPLES
    if count < 10:
        return None
    windows = speech[: count * WINDOW_SAMPLES].reshape(count, WINDOW_SAMPLES).astype(np.float64) / 32768.0
    loudness = np.mean(windows**2, axis=1)
    if 10.0 * np.log10(loudness.max() + 1e-12) < LEAST_DBFS:
        return None
    power = np.abs(np.fft.rfft(windows * np.hanning(WINDOW_SAMPLES), axis=1)) ** 2
    frequencies = np.fft.rfftfreq(WINDOW_SAMPLES, 1.0 / SAMPLE_RATE_HZ)
    above = power[:, (frequencies > NARROW_HZ + 500.0) & (frequencies < 7500.0)].sum(axis=1)
    # Against the loudest of all windows, so that a pause with nothing but noise says nothing.
    share_db = 10.0 * np.log10(above.max() / power.sum(axis=1).max() + 1e-12)
    return bool(share_db < LEAST_ABOVE_DB)
