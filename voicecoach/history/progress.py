"""Each technique over time: how often it was used of the times it was due, and whether that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicecoach.history.uncertainty import Change, Share, change, share_of

Counted = tuple[str, int, int]
"""A day (YYYY-MM-DD), the opportunities of a technique on it, and how many of them were used."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month (YYYY-MM), and the share in it."""

    month: str
    share: Share


@dataclass(frozen=True, slots=True)
class Progress:
    """A technique: in all, in the first half of its opportunities and in the second, and by month."""

    id: str
    whole: Share
    earlier: Share
    later: Share
    change: Change
    months: tuple[Period, ...]


def progress(id_: str, counted: Iterable[Counted]) -> Progress:
    """The progress that these days show, in whatever order they come."""
    days = sorted(counted)
    earlier, later = _halves(days)
    months: dict[str, list[Counted]] = {}
    for day in days:
        months.setdefault(day[0][:7], []).append(day)
    return Progress(
        id=id_,
        whole=_sum(days),
        earlier=earlier,
        later=later,
        change=change(earlier, later),
        months=tuple(Period(month, _sum(inside)) for month, inside in months.items()),
    )


def _halves(days: Sequence[Counted]) -> tuple[Share, Share]:
    """Cut between two days, as near to the middle of the opportunities as that goes."""
    whole = sum(due for _, due, _ in days)
    best, passed, cut = whole, 0, 0
    for number, (_, due, _) in enumerate(days[:-1], 1):
        passed += due
        off = abs(whole - 2 * passed)
        if off < best:
            best, cut = off, number
    return _sum(days[:cut]), _sum(days[cut:])


def _sum(days: Sequence[Counted]) -> Share:
    return share_of(sum(done for _, _, done in days), sum(due for _, due, _ in days))
