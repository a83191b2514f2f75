"""Named ways of handling a call: what a trainee of this kind does next, as catalogue ids with a few words.

A policy sees the caller's mood and what it has done so far, and answers with an ``Act``. Chance comes from the seeded
generator it is given, so that a simulation is the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voicecoach.persona.file import Persona
from voicecoach.quick import quick
from voicecoach.values import Mood


@quick
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
SETTLED = 0.8

ANGER_MISJUDGED_BY = 1.0
HEARD_MISJUDGED_BY = 0.15
"""Standard deviations of what an average agent makes of the voice, on the scales of the mood."""

LISTENS_FOR_TURNS = 2
AVERAGE_HEARS_UNTIL = 0.4
AVERAGE_SLIPS = 0.12
AVERAGE_NAMES_TIME = 0.75
AVERAGE_FINDS_WANTED = 0.65
AVERAGE_CLOSES_EARLY = 0.15
AVERAGE_PROTOCOL = 0.15
NOVICE_SLIPS = 0.25
NOVICE_CUTS_IN = 0.2
NOVICE_CLOSES = 0.6
NOVICE_OFFERS = 0.3
NOVICE_NAMES_TIME = 0.4
NOVICE_FINDS_WANTED = 0.4
NOVICE_PROTOCOL = 0.02
TWO_IN_ONE_TURN = 0.6
"""How often each of them does so (start values): the same for every caller, chosen for what kind of agent it is."""

_HEAR = ("empathize", "paraphrase", "clarify", "acknowledge", "apologize", "own", "validate")
_WARM = ("empathize", "thank", "goodwill", "document", "own", "apologize", "involve")
_KIND = ("apologize", "clarify", "acknowledge", "narrate", "empathize", "thank")


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
    """Has read the briefing and means well: hears the mood only roughly, slips now and then, and recovers.

    Listens while the caller seems unheard, mostly names a time with the remedy, and mostly warms before closing a call
    that still sounds annoyed. Knows the protocol for abuse, and hesitates to use it.
    """
    if (step := _protocol(so_far)) and chance.random() < AVERAGE_PROTOCOL:
        return Act(step)
    if chance.random() < AVERAGE_SLIPS:
        return Act((chance.choice(("hold", "cannot", "admit_fault", "overpromise", "authorized_wording")),))
    sounds_angry = so_far.mood.anger + chance.gauss(0.0, ANGER_MISJUDGED_BY)
    if so_far.mood.resolution >= SETTLED:
        if sounds_angry < persona.temper.resolved_below or chance.random() < AVERAGE_CLOSES_EARLY:
            return Act(("check_satisfaction",))
        return Act(_one_or_two(_WARM, chance))
    seems_heard = so_far.mood.heard + chance.gauss(0.0, HEARD_MISJUDGED_BY)
    if so_far.turn < LISTENS_FOR_TURNS or seems_heard < AVERAGE_HEARS_UNTIL:
        return Act(_one_or_two(_HEAR, chance))
    offer = ("offer", "timeframe") if chance.random() < AVERAGE_NAMES_TIME else ("offer",)
    return Act(offer, _remedy(persona, wanted=chance.random() < AVERAGE_FINDS_WANTED))


def novice(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Friendly, nervous and hasty: one mistake in four turns, a solution at any moment, and closes as soon as it may.

    Has read the protocol and hardly dares to use it.
    """
    if (step := _protocol(so_far)) and chance.random() < NOVICE_PROTOCOL:
        return Act(step)
    if chance.random() < NOVICE_SLIPS:
        mistakes = ("cannot", "hold", "calm_down", "pass_the_buck", "defensive", "dismiss", "doubt")
        return Act((chance.choice(mistakes),), interrupt=chance.random() < NOVICE_CUTS_IN)
    if so_far.mood.resolution >= SETTLED and chance.random() < NOVICE_CLOSES:
        return Act(("check_satisfaction",))
    if chance.random() < NOVICE_OFFERS:
        offer = ("offer", "timeframe") if chance.random() < NOVICE_NAMES_TIME else ("offer",)
        return Act(offer, _remedy(persona, wanted=chance.random() < NOVICE_FINDS_WANTED))
    return Act(_one_or_two(_KIND, chance))


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


def _one_or_two(ids: Sequence[str], chance: random.Random) -> tuple[str, ...]:
    """One of them, or two different ones in one turn."""
    first, second = chance.choice(ids), chance.choice(ids)
    return (first, second) if chance.random() < TWO_IN_ONE_TURN and second != first else (first,)


def _remedy(persona: Persona, *, wanted: bool) -> str:
    remedies: Sequence[object] = persona.wants.wanted if wanted else (persona.wants.accepted or persona.wants.wanted)
    return str(remedies[0].words[0]) if remedies else ""  # type: ignore[attr-defined]
