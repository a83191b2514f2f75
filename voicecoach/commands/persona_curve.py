"""`voicecoach persona curve`: the anger over time, for the named policies or for a script."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from voicecoach.call.script import load_script
from voicecoach.commands.drawing import NO_DRAWINGS, Drawings, series_object, show
from voicecoach.commands.playing import ANYWHERE, Where, policies_of, progress
from voicecoach.commands.session import people_console
from voicecoach.errors import UsageError
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.curve import Curve, as_sheet, curves, play_script, script_curve
from voicecoach.studio.ledger import Ledger, Step, factors_told
from voicecoach.studio.playing import play
from voicecoach.studio.policies import POLICIES
from voicecoach.values import LedgerEntry


@dataclasses.dataclass(frozen=True, slots=True)
class CurveOptions:
    """What was typed after `persona curve`."""

    policies: tuple[str, ...] = ()
    script: Path | None = None
    seeds: int = 100
    seed: int = 0
    explain: bool = False
    drawings: Drawings = NO_DRAWINGS
    as_json: bool = False
    where: Where = ANYWHERE


def draw_curves(persona_id: str, options: CurveOptions) -> None:
    """Play, and draw."""
    if options.script is not None and options.policies:
        raise UsageError("--policy and --script exclude each other", remedy="take one of them")
    options.drawings.check()
    persona = load(persona_id)
    policies = () if options.script is not None else policies_of(options.policies)
    if options.explain:
        _explain(persona, options, policies)
        return
    found = _curves(persona, options, policies)
    sheet = as_sheet(persona, found)
    if options.as_json:
        options.drawings.write(sheet)
        rows = {curve.policy: _object(curve) for curve in found}
        sys.stdout.write(json.dumps({"persona": persona.id, "policies": rows}) + "\n")
        return
    show(sheet, options.drawings)


def _curves(persona: Persona, options: CurveOptions, policies: Sequence[str]) -> Sequence[Curve]:
    if options.script is not None:
        return [script_curve(persona, load_script(options.script), options.seeds, options.seed)]
    calls = options.seeds * len(policies)
    with progress(calls, "Playing") as told:
        workers = options.where.chosen(calls)
        return curves(persona, policies, options.seeds, first_seed=options.seed, workers=workers, told=told)


def _object(curve: Curve) -> dict[str, Any]:
    return {"calls": curve.calls, "outcomes": curve.outcomes, "curve": series_object(curve.series)}


# ---------------------------------------------------------------------------------------------------------- explaining


def _explain(persona: Persona, options: CurveOptions, policies: Sequence[str]) -> None:
    """The ledger of one call: of the script, or of the first policy that was named (the expert if none was)."""
    ledger = Ledger(words=options.script is not None)
    if options.script is not None:
        ended = play_script(persona, load_script(options.script), options.seed, ledger.watch).ended
        outcome = ended.outcome.value if ended is not None else ""
        title = options.script.name
    else:
        title = policies[0]
        outcome = play(persona, POLICIES[title], options.seed, watch=ledger.watch).outcome.value
    if options.as_json:
        steps = [dataclasses.asdict(step) for step in ledger.steps]
        told = {"persona": persona.id, "played": title, "seed": options.seed, "outcome": outcome, "steps": steps}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    console = people_console()
    console.print(Text(f"{persona.name}, {title.replace('_', ' ')}, seed {options.seed}", style="bold"))
    for step in ledger.steps:
        console.print()
        console.print(_head(step), soft_wrap=not console.is_terminal)
        for entry in step.ledger:
            console.print(_line(entry), soft_wrap=True)
    console.print(Text(f"\nEnds: {outcome.replace('_', ' ')}", style="bold"))


def _head(step: Step) -> Text:
    before, after = step.before, step.after
    head = Text(f"{step.at_seconds:7.1f} s  turn {step.turn}  ", style="dim")
    head.append(f"anger {before.anger:.2f} -> {after.anger:.2f} {step.band.value}", style="bold")
    head.append(f"  heard {before.heard:.2f} -> {after.heard:.2f}  solved {before.resolution:.2f} -> ")
    head.append(f"{after.resolution:.2f}")
    if step.text:
        head.append(f'\n           "{step.text}"', style="italic")
    return head


def _line(entry: LedgerEntry) -> Text:
    line = Text(f"{'':<11}{entry.cause.replace('_', ' '):<20}")
    line.append(f"{entry.delta:+.3f}", style="green" if entry.delta < 0 else "red")
    line.append(f"  = {factors_told(entry)}", style="dim")
    return line
