"""How sure one can be of a share that was counted a few times, and of a change in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

ENOUGH = 10
"""Below this many opportunities nothing is said: the interval of a share would be more than 50 points wide."""
Z_95 = 1.959964
"""The standard normal's 97.5 % point: intervals hold the true share in 95 cases of 100."""

Change = Literal["better", "worse", "no clear change", "too few to tell"]


@dataclass(frozen=True, slots=True)
class Share:
    """``done`` out of ``due``; ``low`` and ``high`` (0..1) are the 95 % interval, 0 and 1 when nothing was due."""

    done: int
    due: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share itself; None when nothing was due."""
        return self.done / self.due if self.due else None

    @property
    def enough(self) -> bool:
        """Whether there were opportunities enough to speak of it."""
        return self.due >= ENOUGH


def share_of(done: int, due: int) -> Share:
    """Wilson's score interval: right for small counts and shares near 0 and 1, where the usual one is not.

    E. B. Wilson 1927; Brown, Cai & DasGupta 2001 recommend it for counts below 40.
    """
    if not due:
        return Share(0, 0, 0.0, 1.0)
    share = done / due
    square = Z_95 * Z_95
    middle = (share + square / (2 * due)) / (1 + square / due)
    half = Z_95 * math.sqrt(share * (1 - share) / due + square / (4 * due * due)) / (1 + square / due)
    # At 0 and 1 the borders are the share itself, but for rounding.
    return Share(done, due, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def difference(earlier: Share, later: Share) -> tuple[float, float]:
    """The 95 % interval of how much the share rose, -1..1 (Newcombe 1998, method 10). Something was due in both."""
    then, now = earlier.done / earlier.due, later.done / later.due
    rise = now - then
    return (
        rise - math.hypot(now - later.low, earlier.high - then),
        rise + math.hypot(later.high - now, then - earlier.low),
    )


def change(earlier: Share, later: Share) -> Change:
    """What can be said: only a change that the interval leaves no doubt about is called one."""
    if not (earlier.enough and later.enough):
        return "too few to tell"
    low, high = difference(earlier, later)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "no clear change"
