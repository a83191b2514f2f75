"""Curves ready to be drawn, whoever draws them: the terminal, a picture, a page."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.persona.anger import BAND_STARTS

HIGHEST = 10.0
"""Anger goes from 0 to here on every drawing."""

BORDERS = tuple(start for _, start in BAND_STARTS)
"""Where one band of anger ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Series:
    """One curve of the anger (0..10) over audio time; of a single call ``low``, ``middle`` and ``high`` are the same.

    ``low`` and ``high`` are the 10th and the 90th percentile over the calls, ``middle`` is the median.
    """

    name: str
    at_seconds: tuple[float, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def is_spread(self) -> bool:
        """Whether there is an envelope to draw."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Panel:
    """One or two curves on one pair of axes; ``told`` is a line below them."""

    title: str
    series: tuple[Series, ...]
    told: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on one drawing."""

    title: str
    subtitle: str
    panels: tuple[Panel, ...]

    @property
    def seconds(self) -> float:
        """The last moment of any curve; at least 1, so that there is an axis."""
        ends = [series.at_seconds[-1] for panel in self.panels for series in panel.series if series.at_seconds]
        return max([1.0, *ends])
