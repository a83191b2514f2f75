"""`voicecoach persona simulate`: how calls end, what is never said, and where the caller has nothing to say."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.commands.playing import ANYWHERE, Where, policies_of, progress
from voicecoach.commands.session import people_console
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import examine
from voicecoach.studio.coverage import Coverage, coverage
from voicecoach.studio.shares import Interval, percentiles, share_interval
from voicecoach.studio.simulate import Simulated, simulate_all

DEAD_ENDS_SHOWN = 5
LINES_SHOWN = 12
TEXT_SHOWN = 44


@dataclasses.dataclass(frozen=True, slots=True)
class SimulateOptions:
    """What was typed after `persona simulate`."""

    policies: tuple[str, ...] = ()
    calls: int = 200
    seed: int = 0
    errors: bool = False
    as_json: bool = False
    where: Where = ANYWHERE


def simulate_calls(persona_id: str, options: SimulateOptions) -> None:
    """Play many calls of each policy and tell what came of them."""
    policies = policies_of(options.policies)
    examined = examine(persona_id)
    if examined.persona is None:
        raise examined.errors[0]
    persona = examined.persona
    rounds = (False, True) if options.errors else (False,)
    calls = options.calls * len(policies) * len(rounds)
    workers = options.where.chosen(calls)
    with progress(calls, "Simulating") as told:
        found = [
            simulate_all(
                persona,
                policies,
                options.calls,
                first_seed=options.seed,
                misheard=misheard,
                workers=workers,
                told=told,
            )
            for misheard in rounds
        ]
    said = 0
    for results in found:
        for result in results.values():
            said |= result.tally.said
    covered = coverage(persona, examined.places, said)
    if options.as_json:
        sys.stdout.write(json.dumps(_object(persona, options, found, covered)) + "\n")
    else:
        _tell(people_console(), found, covered)


# -------------------------------------------------------------------------------------------------------- as an object


def _object(
    persona: Persona, options: SimulateOptions, found: list[dict[str, Simulated]], covered: Coverage
) -> dict[str, Any]:
    rows = {name: _row(result) for name, result in found[0].items()}
    if len(found) > 1:
        for name, result in found[1].items():
            rows[name]["misheard"] = _row(result)
    return {
        "policies": rows,
        "persona": persona.id,
        "seed": options.seed,
        "lines": {
            "all": covered.lines,
            "own": covered.own_lines,
            "never_said": [dataclasses.asdict(line) for line in covered.never_said],
        },
    }


def _row(result: Simulated) -> dict[str, Any]:
    tally = result.tally
    return {
        "calls": result.calls,
        "outcomes": result.outcomes,
        "calls_per_second": result.calls_per_second,
        "intervals": {
            outcome: dataclasses.astuple(share_interval(count, result.calls))
            for outcome, count in sorted(tally.outcomes.items())
        },
        "turns": tally.turns / result.calls,
        "calm": {
            "share": len(tally.calm_turns) / result.calls,
            "seconds": percentiles(tally.calm_seconds),
            "turns": percentiles(tally.calm_turns),
        },
        "dead_ends": {
            "turns": sum(tally.dead_ends.values()),
            "share": sum(tally.dead_ends.values()) / max(1, tally.turns),
            "most": [
                {"kind": end.kind, "move": end.move, "band": end.band.value, "after": list(end.ids), "turns": count}
                for end, count in _most(result)
            ],
        },
    }


def _most(result: Simulated) -> list[tuple[Any, int]]:
    ordered = sorted(result.tally.dead_ends.items(), key=lambda pair: (-pair[1], dataclasses.astuple(pair[0])))
    return ordered[:DEAD_ENDS_SHOWN]


# ----------------------------------------------------------------------------------------------------------- for people


def _tell(console: Console, found: list[dict[str, Simulated]], covered: Coverage) -> None:
    for number, results in enumerate(found):
        if len(found) > 1:
            heard = "with what the detector misses and hears wrongly" if number else "heard without a mistake"
            console.print(Text(f"{'' if number == 0 else chr(10)}Every call {heard}", style="bold"))
        for name, result in results.items():
            console.print(_line(name, result), soft_wrap=True)
    _tell_dead_ends(console, found[-1])
    _tell_lines(console, covered)


def _line(name: str, result: Simulated) -> Text:
    ordered = sorted(result.tally.outcomes.items(), key=lambda pair: (-pair[1], pair[0]))
    shares = "  ".join(f"{outcome.replace('_', ' ')} {_with_interval(n, result.calls)}" for outcome, n in ordered)
    line = Text(f"{name:<16}", style="bold")
    line.append(f" {shares}", style="not bold")
    tally = result.tally
    if tally.calm_turns:
        seconds, turns = percentiles(tally.calm_seconds), percentiles(tally.calm_turns)
        share = len(tally.calm_turns) / result.calls
        told = f"calm in {share:.0%} of the calls, after {turns['p50']:.0f} turns, {seconds['p50']:.0f} s (medians)"
        line.append(f"\n{'':<17}{told}", style="not bold dim")
    return line


def _with_interval(count: int, calls: int) -> str:
    interval: Interval = share_interval(count, calls)
    return f"{count / calls:.0%} ({100 * interval.low:.0f}-{100 * interval.high:.0f})"


def _tell_dead_ends(console: Console, results: Mapping[str, Simulated]) -> None:
    rows = [(name, end, count) for name, result in results.items() for end, count in _most(result)]
    rows.sort(key=lambda row: -row[2])
    if not rows:
        console.print(Text("\nThe caller always had something fitting to say."))
        return
    console.print(Text("\nTurns without anything fitting to say", style="bold"))
    table = Table.grid(padding=(0, 2))
    for name, end, count in rows[:DEAD_ENDS_SHOWN]:
        after = ", ".join(end.ids).replace("_", " ") or "silence"
        table.add_row(f"{count}x", name, Text(f"{end.kind}: {end.move}, {end.band.value}"), Text(f"after {after}"))
    console.print(table)


def _tell_lines(console: Console, covered: Coverage) -> None:
    never = [line for line in covered.never_said if line.own]
    inherited = len(covered.never_said) - len(never)
    told = f"\n{len(never)} of {covered.own_lines} own lines were never said"
    console.print(Text(f"{told}, and {inherited} of {covered.lines - covered.own_lines} inherited ones", style="bold"))
    for line in never[:LINES_SHOWN]:
        text = line.text if len(line.text) <= TEXT_SHOWN else f"{line.text[: TEXT_SHOWN - 3]}..."
        console.print(Text(f'{line.where}: {line.move} "{text}"'), soft_wrap=True)
    if len(never) > LINES_SHOWN:
        console.print(Text(f"... and {len(never) - LINES_SHOWN} more; --json lists them all", style="dim"))
