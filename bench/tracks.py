"""How far the two tracks of a recording have moved against each other, by a capture of both on one clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.captured import Captured, Track, position_seconds

CHUNK_SECONDS = 12.0
EVERY_SECONDS = 15.0
MARGIN_SECONDS = 1.0
FIRST_SECONDS = 90.0
AUDIBLE_RMS = 100.0
ALIKE = 0.5
"""Correlation at least, between a stretch of the recording and what it was found to be in the capture."""


@dataclass(frozen=True, slots=True)
class TracksMoved:
    """For each marker its time in the recording, and how much later the caller lies there than in truth."""

    at_seconds: tuple[float, ...]
    offsets_seconds: tuple[float, ...]

    @property
    def drift_seconds(self) -> float:
        """The most that the offset ever differed from the first one; NaN without two markers."""
        if len(self.offsets_seconds) < 2:
            return float("nan")
        return max(abs(offset - self.offsets_seconds[0]) for offset in self.offsets_seconds)

    @property
    def offset_seconds(self) -> float:
        """What it is as a rule; NaN without markers."""
        return float(np.median(self.offsets_seconds)) if self.offsets_seconds else float("nan")


def tracks_moved(recording: Captured, truth: Captured) -> TracksMoved:
    """Find each stretch of the recording again in the truth; both at the same rate, begun at any time."""
    rate_hz = recording.rate_hz
    first = round(FIRST_SECONDS * rate_hz)
    begins_seconds = position_seconds(truth.trainee[: 2 * first], rate_hz, recording.trainee[:first])
    times, offsets = [], []
    at_seconds = 0.0
    while at_seconds + CHUNK_SECONDS <= recording.seconds:
        found = [
            _found(ours, theirs, rate_hz, at_seconds, begins_seconds)
            for ours, theirs in ((recording.trainee, truth.trainee), (recording.caller, truth.caller))
        ]
        trainee_at, caller_at = found
        if trainee_at is not None and caller_at is not None:
            times.append(at_seconds)
            offsets.append(trainee_at - caller_at)
        at_seconds += EVERY_SECONDS
    return TracksMoved(tuple(times), tuple(offsets))


def _found(ours: Track, theirs: Track, rate_hz: int, at_seconds: float, begins_seconds: float) -> float | None:
    """Where (seconds, in the truth's time) the stretch that begins at ``at_seconds`` lies; None where it is silent."""
    start = round(at_seconds * rate_hz)
    chunk = ours[start : start + round(CHUNK_SECONDS * rate_hz)]
    low = max(0, round((at_seconds + begins_seconds - MARGIN_SECONDS) * rate_hz))
    high = low + len(chunk) + 2 * round(MARGIN_SECONDS * rate_hz)
    if np.sqrt(np.mean(np.square(chunk.astype(np.float64)))) < AUDIBLE_RMS:
        return None
    window = theirs[low:high]
    at = round(position_seconds(window, rate_hz, chunk) * rate_hz)
    there = window[max(0, at) : at + len(chunk)]
    here = chunk[max(0, -at) : max(0, -at) + len(there)]
    if not there.any() or np.corrcoef(there, here)[0, 1] < ALIKE:
        return None
    return (low + at) / rate_hz
