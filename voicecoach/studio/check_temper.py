"""Whether the temper teaches what it should: no trick wins a call, no mistake calms, every parameter does something."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.call.script import HoldTurn, SayTurn, SilenceTurn
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona
from voicecoach.persona.yaml_tree import Path
from voicecoach.studio.check_findings import Finder
from voicecoach.studio.check_play import (
    DEAD_AIR_SECONDS,
    HOLD_SECONDS,
    NOTHING,
    Player,
    Step,
    Trace,
    play,
    says,
)
from voicecoach.values import Outcome

REPEATS = 20
"""So often in a row a single technique is tried; whom it has not won by then it bores."""

MISTAKES_IN_A_ROW = 5
STRONG_GAIN = 0.8
"""Mistakes that weigh this much by themselves; after a row of them nobody should be calmer than at the start."""

SEEDS = (1, 2)


def check_temper(persona: Persona, finder: Finder, ids: tuple[str, ...]) -> None:
    """One technique repeated, one mistake repeated; ``ids`` are those that words can show."""
    for cause in ids:
        if cause in RELIEFS:
            _winning(persona, finder, cause)
    for cause in PROVOCATIONS:
        step = mistaken_step(persona, cause)
        if step is not None:
            _calming(persona, finder, cause, step)
    _ends_out_of_order(persona, finder)


def _winning(persona: Persona, finder: Finder, cause: str) -> None:
    """A caller who is won by one thing said again and again teaches only to say it."""
    player = repeated(says(persona, cause))
    for seed in SEEDS:
        trace = play(persona, player, seed, REPEATS)
        if trace.outcome is Outcome.RESOLVED:
            said = f"`{cause}` alone wins the call: {trace.start:.1f} to {trace.anger:.1f} by saying it again and again"
            fix = "lower its `gain` and `heard`, or its `decay` so that repeating is worth less"
            finder.warn("winning", _relief_path(persona, cause), said, fix, _steps_of(trace))
            return


def _calming(persona: Persona, finder: Finder, cause: str, step: Step) -> None:
    trace = play(persona, repeated(step), SEEDS[0], MISTAKES_IN_A_ROW)
    own = [moved for moved in trace.moved if cause in moved.causes]
    path = _provocation_path(persona, cause)
    if not own:
        return  # this call never made it: a caller too calm for it
    # What let the caller finish first is no mistake, and near the top of the scale nothing rises any more.
    felt = [moved for moved in own if moved.before.anger < 10.0 and RELIEFS.keys().isdisjoint(moved.causes)]
    calmed = [moved for moved in felt if moved.delta < 0]
    if calmed:
        what = f"the mistake `{cause}` calms: {calmed[0].delta:+.2f} at anger {calmed[0].before.anger:.1f}"
        finder.warn("calming", path, what, "raise its `gain`", _steps_of(trace))
    elif felt and all(moved.delta == 0 for moved in felt):
        what = f"the mistake `{cause}` costs nothing"
        finder.warn("calming", path, what, "raise its `gain` or `provocation_scale` above 0", _steps_of(trace))
    elif PROVOCATIONS[cause].gain >= STRONG_GAIN and len(own) == MISTAKES_IN_A_ROW and trace.anger < trace.start:
        what = f"calmer after {len(own)} times `{cause}`: {trace.start:.1f} to {trace.anger:.1f}"
        fix = "raise its `gain`, `base` or `half_life_seconds`: time calms faster than this angers"
        finder.warn("calming", path, what, fix, _steps_of(trace))


def mistaken_step(persona: Persona, cause: str) -> Step | None:
    """A turn that is this mistake and nothing else; None for what only the course of a call makes."""
    match cause:
        case "interrupt":
            return Step((), SayTurn(NOTHING, interrupt=True))
        case "dead_air":
            return Step((), SilenceTurn(DEAD_AIR_SECONDS))
        case "hold":
            return Step((), HoldTurn(HOLD_SECONDS))
        case "raised_voice":
            return Step((), SayTurn("listen to me now please", raised=True))
        case "rush" | "apologize_too_soon" | "over_apologize" | "stall" | "stonewall" | "broken_promise":
            return None
    return Step((cause,))


def repeated(step: Step) -> Player:
    """The same turn again and again."""
    return lambda persona, so_far, chance: step


def _ends_out_of_order(persona: Persona, finder: Finder) -> None:
    temper = persona.temper
    if temper.resolved_below > temper.lukewarm_below:
        what = f"`resolved_below` {temper.resolved_below:g} is above `lukewarm_below` {temper.lukewarm_below:g}"
        fix = f"only up to {temper.lukewarm_below:g} can a call end settled; write the smaller one as `resolved_below`"
        finder.warn("parameter", ("temper", "resolved_below"), what, fix)


def _relief_path(persona: Persona, cause: str) -> Path:
    return ("temper", "reliefs", cause) if cause in persona.temper.reliefs else ("temper", "relief_scale")


def _provocation_path(persona: Persona, cause: str) -> Path:
    changed = cause in persona.temper.provocations
    return ("temper", "provocations", cause) if changed else ("temper", "provocation_scale")


def _steps_of(trace: Trace) -> Iterator[str]:
    for number, moved in enumerate(trace.moved[:6], 1):
        causes = ", ".join(moved.causes) or "time"
        yield f"{number}. {causes}: anger {moved.before.anger:.2f} -> {moved.after.anger:.2f}"
