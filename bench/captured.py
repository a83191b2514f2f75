"""Reading a recording of both sides of a call: what sounded when, to the millisecond."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from voicecoach.values import SAMPLE_RATE_HZ

AUDIBLE_DBFS = -45.0
"""What is weaker is taken for silence: 30 dB under speech at a usual level, far above what conversions leave behind."""

Track = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something audible, from its first to its last audible sample."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Captured:
    """Both sides on one clock; shape (n,) each, at ``rate_hz``."""

    trainee: Track
    caller: Track
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.trainee) / self.rate_hz

    def trainee_stretches(self, joined_seconds: float = 0.2) -> list[Stretch]:
        """When the trainee was audible; pauses shorter than ``joined_seconds`` are part of a stretch."""
        return stretches(self.trainee, self.rate_hz, joined_seconds)

    def caller_stretches(self, joined_seconds: float = 0.2) -> list[Stretch]:
        """When the caller was audible; pauses shorter than ``joined_seconds`` are part of a stretch."""
        return stretches(self.caller, self.rate_hz, joined_seconds)

    def said_at_seconds(self, pcm: Track) -> float:
        """Where ``pcm`` (16 kHz), which was fed, begins in the trainee's track."""
        return position_seconds(self.trainee, self.rate_hz, pcm)

    def played_at_seconds(self, pcm: Track) -> float:
        """Where ``pcm`` (16 kHz), which was played, begins in the caller's track."""
        return position_seconds(self.caller, self.rate_hz, pcm)

    def answer_after_seconds(self, at_seconds: float) -> float | None:
        """How long after this moment the caller first becomes audible; None when that never happens."""
        later = [stretch.start_seconds for stretch in self.caller_stretches() if stretch.start_seconds >= at_seconds]
        return later[0] - at_seconds if later else None


def stretches(track: Track, rate_hz: int, joined_seconds: float, threshold_dbfs: float = AUDIBLE_DBFS) -> list[Stretch]:
    """When a track is audible: some sample of each ``joined_seconds`` is louder than the threshold."""
    loud = np.flatnonzero(np.abs(track.astype(np.int32)) > 32768.0 * 10.0 ** (threshold_dbfs / 20.0))
    if not loud.size:
        return []
    breaks = np.flatnonzero(np.diff(loud) > joined_seconds * rate_hz)
    starts = loud[np.concatenate(([0], breaks + 1))]
    ends = loud[np.concatenate((breaks, [loud.size - 1]))]
    return [
        Stretch(float(start / rate_hz), float((end + 1) / rate_hz)) for start, end in zip(starts, ends, strict=True)
    ]


def position_seconds(track: Track, rate_hz: int, pcm: Track) -> float:
    """Where ``pcm`` (16 kHz) lies in a track, by the peak of their cross-correlation; below 0 when its start is cut."""
    wanted = soxr.resample(pcm.astype(np.float32), SAMPLE_RATE_HZ, rate_hz)
    size = 1 << int(np.ceil(np.log2(len(track) + len(wanted))))
    product = np.fft.rfft(track.astype(np.float32), size) * np.conj(np.fft.rfft(wanted, size))
    at = int(np.argmax(np.fft.irfft(product, size)))
    return (at if at < len(track) else at - size) / rate_hz
