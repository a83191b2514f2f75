"""The same policies and the same seeds against two callers: what changes in how calls end, and in their curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicecoach.persona.file import Persona
from voicecoach.studio.curve import Curve, curves, outcomes_told, title_of
from voicecoach.studio.shares import Interval, change_interval, mean_interval
from voicecoach.studio.sheet import Panel, Series, Sheet
from voicecoach.studio.workers import HERE, Workers


@dataclass(frozen=True, slots=True)
class Change:
    """Of one outcome: its share before and after (0..1), and where the change lies (95 %)."""

    outcome: str
    before: float
    after: float
    interval: Interval

    @property
    def is_real(self) -> bool:
        """Whether it is more than chance may do."""
        return not self.interval.has_zero


@dataclass(frozen=True, slots=True)
class Compared:
    """One policy against both; ``anger`` is the mean change of the anger at the end, and where it lies (95 %)."""

    before: Curve
    after: Curve
    changes: tuple[Change, ...]
    anger: float
    anger_interval: Interval


def compare(
    before: Persona,
    after: Persona,
    policies: Sequence[str],
    seeds: int,
    *,
    first_seed: int = 0,
    workers: Workers = HERE,
    told: Callable[[int], None] | None = None,
) -> tuple[Compared, ...]:
    """Each policy against both, seed by seed."""
    both = [
        curves(persona, policies, seeds, first_seed=first_seed, workers=workers, told=told)
        for persona in (before, after)
    ]
    return tuple(compared(one, other) for one, other in zip(*both, strict=True))


def compared(before: Curve, after: Curve, sure: float = 0.95) -> Compared:
    """Two curves of the same policy over the same seeds."""
    changes = []
    for outcome in sorted({*before.outcomes, *after.outcomes}):
        then, now = ([ended == outcome for ended, _ in curve.by_seed] for curve in (before, after))
        interval = change_interval(then, now, sure)
        changes.append(Change(outcome, before.outcomes.get(outcome, 0.0), after.outcomes.get(outcome, 0.0), interval))
    moved = [now - then for (_, then), (_, now) in zip(before.by_seed, after.by_seed, strict=True)]
    return Compared(before, after, tuple(changes), sum(moved) / len(moved), mean_interval(moved, sure))


def as_sheet(found: Sequence[Compared], names: tuple[str, str]) -> Sheet:
    """One panel for each policy, both curves in it."""
    panels = []
    for pair in found:
        series = tuple(_named(curve.series, name) for curve, name in zip((pair.before, pair.after), names, strict=True))
        told = " -> ".join(outcomes_told(curve.outcomes, 2) for curve in (pair.before, pair.after))
        panels.append(Panel(title_of(pair.before.policy), series, told))
    calls = found[0].before.calls
    title = f"{names[0]} and {names[1]}"
    return Sheet(title, f"anger over audio time, median and 10-90 % of {calls} calls each", tuple(panels))


def _named(series: Series, name: str) -> Series:
    return Series(name, series.at_seconds, series.low, series.middle, series.high)
