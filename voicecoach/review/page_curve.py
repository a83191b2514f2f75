"""The curve of a call and its steps, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.events import TurnJudged
from voicecoach.persona.anger import BAND_STARTS
from voicecoach.review.curve import CurveStep, Story
from voicecoach.review.naming import Names
from voicecoach.values import LedgerEntry

APART_SECONDS = 0.01
"""The mood moves at one moment; on a page the two ends of such a step stand this far apart."""

LOCAL_NAMES = {"time": "time passed", "coach": "the coach"}

Curve = tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One reason: ``factors`` is the whole multiplication in words, ``why`` the rule that found it.

    ``css``: up for what angered, down for what calmed, none for what the trainee did not do (time, a coach).
    """

    title: str
    css: str
    words: str
    why: str
    factors: str
    delta: float


@dataclass(frozen=True, slots=True)
class PageStep:
    """A step of the curve; ``reasons`` are those rows that moved something."""

    t: float
    start: float
    before: float
    after: float
    text: str
    heard: float
    resolution: float
    ledger: tuple[LedgerRow, ...]

    @property
    def reasons(self) -> tuple[LedgerRow, ...]:
        """The strongest first."""
        return tuple(sorted((r for r in self.ledger if abs(r.delta) >= 0.05), key=lambda r: -abs(r.delta)))

    @property
    def own(self) -> float:
        """What the trainee moved, without what time or a coach did."""
        return sum(row.delta for row in self.ledger if row.css)


def curve_of(story: Story, until_seconds: float) -> Curve:
    """Times and angers: a line for what time did, and a leap for what was said."""
    times, angers = [story.points[0].t], [story.points[0].anger]
    for moved in story.moods:
        drift = sum(entry.delta for entry in moved.ledger if entry.cause == "time")
        for t, anger in (
            (moved.at_seconds, moved.before.anger + drift),
            (moved.at_seconds + APART_SECONDS, moved.after.anger),
        ):
            times.append(round(max(t, times[-1] + APART_SECONDS / 10), 4))
            angers.append(round(anger, 4))
    if until_seconds > times[-1]:
        times.append(round(until_seconds, 4))
        angers.append(angers[-1])
    return times, angers


def steps_of(story: Story, names: Names) -> tuple[PageStep, ...]:
    """Every step of the curve with its ledger."""
    return tuple(_step(change, names) for change in story.changes)


def bands() -> list[dict[str, object]]:
    """Where each band begins."""
    return [{"name": band.value, "from": start} for band, start in ((None, 0.0), *BAND_STARTS) if band is not None]


def _step(change: CurveStep, names: Names) -> PageStep:
    moved, judged = change.moved, change.judged
    whys = _whys(judged)
    rows = tuple(_row(entry, names, whys) for entry in moved.ledger)
    return PageStep(
        t=moved.at_seconds,
        start=change.start_seconds,
        before=moved.before.anger,
        after=moved.after.anger,
        text=judged.text if judged else "",
        heard=moved.after.heard,
        resolution=moved.after.resolution,
        ledger=rows,
    )


def _whys(judged: TurnJudged | None) -> Mapping[tuple[str, str], str]:
    return {(d.id, d.words): d.why for d in judged.detections} if judged else {}


def _row(entry: LedgerEntry, names: Names, whys: Mapping[tuple[str, str], str]) -> LedgerRow:
    title = LOCAL_NAMES.get(entry.cause) or names.title(entry.cause)
    why = whys.get((entry.cause, entry.words), "")
    css = "" if entry.cause in LOCAL_NAMES else "down" if entry.delta < 0 else "up"
    return LedgerRow(title, css, entry.words, why, _factors(entry), entry.delta)


def _factors(entry: LedgerEntry) -> str:
    if entry.cause == "time":
        return ", ".join(f"{value:.0f} {name}" for name, value in entry.factors)
    told = [f"{entry.base:+.2f}"]
    told += [f"{name} {value:.2f}" for name, value in entry.factors if round(value, 2) != 1.0]
    return " × ".join(told)
