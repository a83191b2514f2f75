"""Named ways of handling a call: what a trainee of this kind does next, as catalogue ids with a few words.

A policy sees the caller's mood and what it has done so far, and answers with an ``Act``. Chance comes from the seeded
generator it is given, so that a simulation is the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voicecoach.events import Mood
from voicecoach.persona.file import Persona


@dataclass(frozen=True, slots=True)
class Act:
    """One turn: its ids, in spoken order, the remedy it names ("" for none), and how it is timed."""

    ids: tuple[str, ...]
    remedy: str = ""
    interrupt: bool = False
    silent_seconds: float = 0.0


@dataclass(slots=True)
class Progress:
    """What a policy may look at: the caller's mood (a good trainee hears it in the voice) and its own turns so far.

    ``abuses``: in how many replies there was abuse; ``goes_on``: also after a warning; ``threatened``: somebody was.
    """

    mood: Mood
    turn: int = 0
    done: set[str] = field(default_factory=set)
    abuses: int = 0
    goes_on: bool = False
    threatened: bool = False


Policy = Callable[[Persona, Progress, random.Random], Act]

ABUSES_REDIRECTED = 1


def expert(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Hears, empathizes, apologizes once, then acts; goes back to hearing when the caller is still hot.

    Abuse is redirected once, then warned of, then a reason to end the call; a threat is one at once.
    """
    if step := _protocol(so_far):
        return Act(step)
    mood, done = so_far.mood, so_far.done
    if mood.heard < 0.5:
        hearing = [("empathize",), ("paraphrase", "check_understanding"), ("acknowledge", "clarify"), ("validate",)]
        return Act(hearing[min(so_far.turn, len(hearing) - 1)])
    if "apologize" not in done:
        return Act(("apologize", "own"))
    if mood.resolution < 0.8:
        return Act(("state_action", "timeframe"), _remedy(persona, wanted=True))
    if mood.anger > persona.temper.resolved_below:
        warm = [("goodwill",), ("empathize", "thank"), ("document",), ("involve",), ("relate",), ("validate",)]
        return Act(warm[so_far.turn % len(warm)])
    return Act(("check_satisfaction",))


def average(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Means well: right things in a loose order, with a slip now and then."""
    if chance.random() < 0.15:
        return Act((chance.choice(("hold", "cannot", "admit_fault", "overpromise", "authorized_wording")),))
    if so_far.mood.resolution >= 0.8 and chance.random() < 0.6:
        return Act(("check_satisfaction",))
    if so_far.turn >= 2 and chance.random() < 0.4:
        return Act(("offer", "timeframe"), _remedy(persona, wanted=chance.random() < 0.6))
    return Act((chance.choice(("apologize", "empathize", "clarify", "acknowledge", "paraphrase", "own")),))


def novice(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Apologizes, explains the rules, and gets nervous."""
    if chance.random() < 0.45:
        mistakes = ("cannot", "hold", "calm_down", "pass_the_buck", "defensive", "dismiss", "doubt")
        return Act((chance.choice(mistakes),), interrupt=chance.random() < 0.2)
    if so_far.turn >= 2 and chance.random() < 0.3:
        return Act(("offer",), _remedy(persona, wanted=chance.random() < 0.3))
    return Act((chance.choice(("apologize", "clarify", "acknowledge", "narrate")),))


def hostile(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Answers anger with anger."""
    return Act((chance.choice(("hostile", "defensive", "blame_customer", "calm_down", "patronize")),), interrupt=True)


def silent(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Says nothing."""
    return Act((), silent_seconds=10.0)


def apologizes_only(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Sorry, and sorry again."""
    return Act(("apologize",))


def solves_first(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Has the answer before the caller has finished."""
    steps = (("offer", "timeframe"), ("state_action",), ("apologize",), ("check_satisfaction",))
    step = steps[so_far.turn % len(steps)]
    return Act(step, _remedy(persona, wanted=True) if step[0] in ("offer", "state_action") else "", so_far.turn == 0)


def robot(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Ticks the boxes in order, over and over, whatever the caller says."""
    boxes = ("acknowledge", "paraphrase", "empathize", "apologize", "own", "offer", "thank", "check_satisfaction")
    box = boxes[so_far.turn % len(boxes)]
    return Act((box,), _remedy(persona, wanted=False) if box == "offer" else "")


POLICIES: dict[str, Policy] = {
    "expert": expert,
    "average": average,
    "novice": novice,
    "hostile": hostile,
    "silent": silent,
    "apologizes_only": apologizes_only,
    "solves_first": solves_first,
    "robot": robot,
}


def _protocol(so_far: Progress) -> tuple[str, ...]:
    if so_far.threatened:
        return ("involve_supervisor", "end_call")
    if so_far.goes_on:
        return ("end_call",)
    return ("set_boundary",) if so_far.abuses > ABUSES_REDIRECTED and "set_boundary" not in so_far.done else ()


def _remedy(persona: Persona, *, wanted: bool) -> str:
    remedies: Sequence[object] = persona.wants.wanted if wanted else (persona.wants.accepted or persona.wants.wanted)
    return str(remedies[0].words[0]) if remedies else ""  # type: ignore[attr-defined]
