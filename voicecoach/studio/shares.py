"""How sure a share of simulated calls is, and a difference between two: intervals of 95 %, and percentiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

SURE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``."""

    low: float
    high: float

    @property
    def has_zero(self) -> bool:
        """Whether it may as well be nothing."""
        return self.low <= 0.0 <= self.high


def share_interval(count: int, calls: int, sure: float = SURE) -> Interval:
    """Wilson's interval for a share: right for few calls and for shares near 0 and 1 too."""
    z = _deviations(sure)
    share = count / calls
    middle = share + z * z / (2 * calls)
    spread = z * math.sqrt(share * (1 - share) / calls + z * z / (4 * calls * calls))
    whole = 1 + z * z / calls
    return Interval(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def change_interval(before: Sequence[bool], after: Sequence[bool], sure: float = SURE) -> Interval:
    """For the change of a share between the same calls (seed by seed) played twice: Agresti and Min's interval.

    Calls that end alike both times say nothing against the change, so that it is much narrower than for two samples.
    """
    calls = len(before) + 2.0
    came = sum(now and not then for then, now in zip(before, after, strict=True)) + 0.5
    went = sum(then and not now for then, now in zip(before, after, strict=True)) + 0.5
    middle = (came - went) / calls
    spread = _deviations(sure) * math.sqrt(max(0.0, came + went - (came - went) ** 2 / calls)) / calls
    return Interval(max(-1.0, middle - spread), min(1.0, middle + spread))


def mean_interval(changes: Sequence[float], sure: float = SURE) -> Interval:
    """For the mean of paired differences, by the normal distribution; of one alone nothing is known."""
    calls = len(changes)
    mean = sum(changes) / calls
    if calls == 1:
        return Interval(-math.inf, math.inf)
    variance = sum((value - mean) ** 2 for value in changes) / (calls - 1)
    spread = _deviations(sure) * math.sqrt(variance / calls)
    return Interval(mean - spread, mean + spread)


def percentiles(values: Sequence[float]) -> dict[str, float | None]:
    """p10, p50 and p90 by nearest rank; None where there is no value."""
    ordered = sorted(values)
    ranks = {f"p{percent}": math.ceil(percent / 100 * len(ordered)) - 1 for percent in (10, 50, 90)}
    return {name: ordered[max(0, rank)] if ordered else None for name, rank in ranks.items()}


def _deviations(sure: float) -> float:
    return NormalDist().inv_cdf(0.5 + sure / 2)
