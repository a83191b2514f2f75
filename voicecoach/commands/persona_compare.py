"""`voicecoach persona compare` and `sensitivity`: what a change of a caller does to the calls."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from voicecoach.commands.drawing import NO_DRAWINGS, Drawings, series_object, show
from voicecoach.commands.playing import ANYWHERE, Where, policies_of, progress
from voicecoach.commands.session import people_console
from voicecoach.errors import UsageError
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.compare import Change, Compared, as_sheet, compare
from voicecoach.studio.overrides import overridden
from voicecoach.studio.sensitivity import Effect, sensitivity, steps_of

MOST_TELLING = ("expert", "average", "novice")
"""Whose calls are looked at when no policy is named: the others end alike whatever the temper is."""


@dataclasses.dataclass(frozen=True, slots=True)
class CompareOptions:
    """What was typed after `persona compare` or `persona sensitivity`."""

    policies: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    by: float = 0.2
    seeds: int = 200
    seed: int = 0
    drawings: Drawings = NO_DRAWINGS
    as_json: bool = False
    where: Where = ANYWHERE


def compare_personas(first: str, second: str | None, options: CompareOptions) -> None:
    """Two callers, or one with changed values, against the same policies."""
    if second is None and not options.changes:
        raise UsageError("there is nothing to compare with", remedy="name a second persona, or --set FIELD=VALUE")
    options.drawings.check()
    policies = policies_of(options.policies or MOST_TELLING)
    before = load(first)
    after = overridden(load(second) if second is not None else before, options.changes)
    calls = 2 * options.seeds * len(policies)
    workers = options.where.chosen(calls)
    with progress(calls, "Playing") as told:
        found = compare(before, after, policies, options.seeds, first_seed=options.seed, workers=workers, told=told)
    names = _names(before, after, first, second, options.changes)
    if options.as_json:
        options.drawings.write(as_sheet(found, names))
        rows = {pair.before.policy: _object(pair) for pair in found}
        sys.stdout.write(json.dumps({"before": names[0], "after": names[1], "policies": rows}) + "\n")
        return
    show(as_sheet(found, names), options.drawings)
    _tell(people_console(), found)


def rank_parameters(persona_id: str, options: CompareOptions) -> None:
    """Which parameter moves the outcome most."""
    policies = policies_of(options.policies or MOST_TELLING)
    persona = load(persona_id)
    calls = (1 + len(steps_of(persona, options.by))) * options.seeds * len(policies)
    workers = options.where.chosen(calls)
    with progress(calls, "Playing") as told:
        effects = sensitivity(
            persona,
            policies,
            options.seeds,
            by=options.by,
            first_seed=options.seed,
            workers=workers,
            told=told,
        )
    if options.as_json:
        rows = [_effect_object(effect) for effect in effects]
        told_object = {"persona": persona.id, "calls": options.seeds, "by": options.by, "effects": rows}
        sys.stdout.write(json.dumps(told_object) + "\n")
        return
    _tell_effects(people_console(), persona, effects, options)


def _names(before: Persona, after: Persona, first: str, second: str | None, changes: Sequence[str]) -> tuple[str, str]:
    other = second if second is not None else first
    same_id = before.id == after.id
    names = (first if same_id else before.id), (other if same_id else after.id)
    return names[0], ", ".join([names[1], *changes]) if changes else names[1]


# ------------------------------------------------------------------------------------------------------------- telling


def _tell(console: Console, found: Sequence[Compared]) -> None:
    console.print(Text("\nWhat changes, with 95 % intervals; ~ may be chance", style="bold"))
    for pair in found:
        console.print(Text(pair.before.policy.replace("_", " "), style="bold"))
        for change in pair.changes:
            console.print(_change(change), soft_wrap=True)
        low, high = pair.anger_interval.low, pair.anger_interval.high
        mark = "~" if pair.anger_interval.has_zero else " "
        console.print(Text(f"  {mark} {'anger at the end':<20} {pair.anger:+.2f} ({low:+.2f} to {high:+.2f})"))


def _change(change: Change) -> Text:
    low, high = 100 * change.interval.low, 100 * change.interval.high
    moved = 100 * (change.after - change.before)
    mark = " " if change.is_real else "~"
    name = change.outcome.replace("_", " ")
    shares = f"{change.before:>4.0%} -> {change.after:>4.0%}"
    line = Text(f"  {mark} {name:<20} {shares}   {moved:+.0f} points ({low:+.0f} to {high:+.0f})")
    if not change.is_real:
        line.stylize("dim")
    return line


def _tell_effects(console: Console, persona: Persona, effects: Sequence[Effect], options: CompareOptions) -> None:
    real = [effect for effect in effects if effect.change.is_real]
    told = f"{persona.name}: what moves the outcome most ({options.seeds} calls each, steps of {options.by:.0%} or 0.5)"
    console.print(Text(told, style="bold"), soft_wrap=True)
    if not real:
        console.print(Text("Nothing that may not be chance; try more --seeds or a larger --by."))
    for effect in real:
        step, change = effect.step, effect.change
        low, high = 100 * change.interval.low, 100 * change.interval.high
        moved = 100 * (change.after - change.before)
        line = Text(f"{step.parameter.removeprefix('temper.'):<34}", style="bold")
        line.append(f" {step.before:>5} -> {step.after:<6}", style="not bold")
        line.append(f"{effect.policy:<12}{change.outcome.replace('_', ' ')} {moved:+.0f} points", style="not bold")
        line.append(f" ({low:+.0f} to {high:+.0f})", style="not bold dim")
        console.print(line, soft_wrap=True)
    rest = len(effects) - len(real)
    console.print(Text(f"{rest} other steps change nothing that may not be chance.", style="dim"), soft_wrap=True)


def _object(pair: Compared) -> dict[str, Any]:
    return {
        "calls": pair.before.calls,
        "before": {"outcomes": pair.before.outcomes, "curve": series_object(pair.before.series)},
        "after": {"outcomes": pair.after.outcomes, "curve": series_object(pair.after.series)},
        "changes": [_change_object(change) for change in pair.changes],
        "anger": {"change": pair.anger, "interval": dataclasses.astuple(pair.anger_interval)},
    }


def _change_object(change: Change) -> dict[str, Any]:
    return {
        "outcome": change.outcome,
        "before": change.before,
        "after": change.after,
        "change": change.after - change.before,
        "interval": dataclasses.astuple(change.interval),
        "real": change.is_real,
    }


def _effect_object(effect: Effect) -> dict[str, Any]:
    step = effect.step
    return {
        "parameter": step.parameter,
        "from": step.before,
        "to": step.after,
        "policy": effect.policy,
        **_change_object(effect.change),
        "anger": effect.anger,
    }
