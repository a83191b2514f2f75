"""The anger of many calls, looked at every two seconds of audio time: medians and envelopes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicecoach.events import Input, MoodMoved, Output
from voicecoach.persona.anger import AngerState, Temper, relax
from voicecoach.studio.sheet import Series
from voicecoach.values import Mood

STEP_SECONDS = 2.0
LOW_PERCENT = 10
HIGH_PERCENT = 90

Samples = list[float]
"""The anger at 0, 2, 4 ... seconds of one call, and at its end."""


class Sampler:
    """Watches a call and keeps its anger curve, with the slow drift between two turns; ``mood`` is where it begins."""

    def __init__(self, temper: Temper, mood: Mood | None = None) -> None:
        self._temper = temper
        self._state = AngerState(mood) if mood is not None else AngerState.at_start(temper)
        self._since_seconds = 0.0
        self._samples: Samples = []

    def begin(self, at_seconds: float) -> None:
        """The call is connected only now: until then nothing drifts."""
        self._since_seconds = at_seconds

    def watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """To be given to whatever plays the call."""
        for output in outputs:
            if isinstance(output, MoodMoved):
                self._up_to(output.at_seconds)
                self._state = AngerState(output.after)
                self._since_seconds = output.at_seconds

    def so_far(self, at_seconds: float) -> Samples:
        """The samples up to this moment, and the anger after the last thing that moved it."""
        self._up_to(at_seconds)
        return [*self._samples, self._state.mood.anger]

    def _up_to(self, at_seconds: float) -> None:
        """Everything before this moment; what happens at it belongs to it."""
        while (at := len(self._samples) * STEP_SECONDS) < at_seconds:
            self._samples.append(relax(self._state, self._temper, max(0.0, at - self._since_seconds)).mood.anger)


def envelope(name: str, calls: Sequence[Samples]) -> Series:
    """Median and 10th to 90th percentile at every step; a call that has ended keeps the anger that it ended with."""
    longest = max(map(len, calls))
    table = np.empty((len(calls), longest))
    for row, samples in enumerate(calls):
        table[row, : len(samples)] = samples
        table[row, len(samples) :] = samples[-1]
    low, middle, high = np.percentile(table, [LOW_PERCENT, 50, HIGH_PERCENT], axis=0)
    at_seconds = np.arange(longest) * STEP_SECONDS
    return Series(name, *(tuple(row.tolist()) for row in (at_seconds, low, middle, high)))
