"""Plays calls against a persona for its check, and keeps what was seen: bands, outcomes, lines, every step of the mood.

What a policy says it did is taken for heard, as in a simulation; but only what the words of a turn can show. What
timing and order show (listening, cutting in, silence, rushing, stalling ...) the call finds by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from voicecoach.call.engine import Engine
from voicecoach.call.script import HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.events import Input, MoodMoved, Output
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import ACTION_IDS
from voicecoach.studio.policies import POLICIES, Policy, Progress
from voicecoach.values import Band, Detection, Mood, Outcome

TURNS_LIMIT = 30
DEAD_AIR_SECONDS = 10.0
HOLD_SECONDS = 40.0
NOTHING = "well"
"""A word that says nothing: for turns that are only their ids."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a played call: what the words showed, and the turn itself."""

    ids: tuple[str, ...] = ()
    turn: Turn = SayTurn(NOTHING)  # noqa: RUF009  # an immutable value


Player = Callable[[Persona, Progress, random.Random], Step | None]
"""What a trainee of the check does next; None puts an end to it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One step of the mood: the ids that the ledger names, and what they did to the anger without the passing time."""

    causes: tuple[str, ...]
    delta: float
    before: Mood
    after: Mood


@dataclass(frozen=True, slots=True)
class Trace:
    """A played call; two personas that give the same traces cannot be told apart by it."""

    outcome: Outcome
    moved: tuple[Moved, ...]
    bands: frozenset[Band]
    said: int
    start: float

    @property
    def anger(self) -> float:
        """At the end."""
        return self.moved[-1].after.anger if self.moved else self.start


@dataclass(slots=True)
class Seen:
    """All that was seen in the calls so far; ``said`` are the bits of the line numbers that were said."""

    calls: int = 0
    bands: set[Band] = field(default_factory=set)
    outcomes: set[Outcome] = field(default_factory=set)
    causes: set[str] = field(default_factory=set)
    said: int = 0
    lowest: float = 10.0
    highest: float = 0.0

    def add(self, trace: Trace) -> Trace:
        """One call more; the trace itself."""
        self.calls += 1
        self.bands |= trace.bands
        self.outcomes.add(trace.outcome)
        self.said |= trace.said
        for moved in trace.moved:
            self.causes.update(moved.causes)
            self.lowest = min(self.lowest, moved.after.anger)
            self.highest = max(self.highest, moved.after.anger)
        return trace


class ShownDetector:
    """Detects what the step says that its words show; it is shown by the first of them."""

    def __init__(self) -> None:
        self.ids: tuple[str, ...] = ()

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        return tuple(Detection(cause, text.partition(" ")[0], (0, 1), 1.0) for cause in self.ids)


def play(persona: Persona, player: Player, seed: int, turns: int = TURNS_LIMIT) -> Trace:
    """One call with this seed, of so many turns at most."""
    detector = ShownDetector()
    engine = Engine(persona, seed, detector, UNVOICED_CALM)
    moved: list[Moved] = []
    bands = {engine.state.band}

    def watch(_: Input, outputs: tuple[Output, ...]) -> None:
        for output in outputs:
            if isinstance(output, MoodMoved):
                moved.append(_step_of(output))
                bands.add(output.band)

    call = TextCall(engine, watch)
    chance = random.Random(seed)
    so_far = Progress(engine.state.anger.mood)
    call.begin()
    said = engine.state.memory.said
    while call.ended is None and so_far.turn < turns:
        so_far.mood = engine.state.anger.mood
        so_far.abuses = engine.state.memory.abused
        so_far.goes_on = engine.state.abuse_after_warning
        so_far.threatened = engine.state.threatened
        step = player(persona, so_far, chance)
        if step is None:
            break
        so_far.turn += 1
        so_far.done.update(step.ids)
        detector.ids = step.ids
        call.turn(step.turn)
        said |= engine.state.memory.said
    ended = call.ended or call.stop("that is all")
    return Trace(ended.outcome, tuple(moved), frozenset(bands), said | engine.state.memory.said, persona.temper.start)


def _step_of(note: MoodMoved) -> Moved:
    causes = tuple(entry.cause for entry in note.ledger if entry.cause != "time")
    delta = sum(entry.delta for entry in note.ledger if entry.cause != "time")
    return Moved(causes, delta, note.before, note.after)


# ------------------------------------------------------------------------------------------------------------- players


def named(policy: Policy) -> Player:
    """One of the policies of a simulation."""

    def player(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
        act = policy(persona, so_far, chance)
        if act.silent_seconds:
            return Step((), SilenceTurn(act.silent_seconds))
        return Step(act.ids, SayTurn(act.remedy or NOTHING, 0.6, act.interrupt))

    return player


def scripted(*steps: Step) -> Player:
    """These steps, and then no more."""
    return lambda persona, so_far, chance: steps[so_far.turn] if so_far.turn < len(steps) else None


def says(persona: Persona, *ids: str, interrupt: bool = False) -> Step:
    """A turn of these ids; where one of them acts, the remedy that this caller wants is named."""
    remedy = _wanted(persona) if ACTION_IDS & set(ids) else ""
    return Step(ids, SayTurn(remedy or NOTHING, 0.6, interrupt))


def all_policies() -> Iterable[Player]:
    """Every policy of a simulation, as a player."""
    return [named(policy) for policy in POLICIES.values()]


def explorer(ids: Sequence[str]) -> Player:
    """Anything at all, in no order: one or two ids a turn, and now and then a silence, a hold or a raised voice."""

    def player(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
        kind = chance.random()
        if kind < 0.04:
            return Step((), SilenceTurn(DEAD_AIR_SECONDS))
        if kind < 0.07:
            return Step((), HoldTurn(HOLD_SECONDS))
        chosen = chance.sample(ids, 1 + (chance.random() < 0.5))
        step = says(persona, *chosen, interrupt=chance.random() < 0.1)
        if kind < 0.12 and isinstance(step.turn, SayTurn):
            return Step(step.ids, SayTurn(step.turn.text, raised=True))
        return step

    return player


def hangs_up(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """Puts the phone down at once."""
    return Step((), HangUpTurn())


def stays_away(persona: Persona, so_far: Progress, chance: random.Random) -> Step | None:
    """Breaks the call off."""
    return None


def soother(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """Everything that calms, all at once, and the very thing that is wanted: if anybody wins this caller, it is so."""
    if so_far.abuses > 1 and "set_boundary" not in so_far.done:
        return Step(("set_boundary",))
    if so_far.mood.resolution >= 1.0 and so_far.mood.anger <= persona.temper.resolved_below:
        return Step(("check_satisfaction",))
    hearing = ("paraphrase", "check_understanding", "empathize", "validate", "relate", "involve")
    acting = ("own", "state_action", "timeframe", "document", "goodwill", "team_up", "narrate")
    if so_far.mood.heard < 0.7:
        return Step(hearing)
    return says(persona, *(acting if so_far.turn % 2 else (*hearing, "thank")))


def cold_helper(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """Helps at once and hears nobody: what is settled so is not won."""
    calm = so_far.mood.anger <= persona.temper.lukewarm_below and so_far.mood.resolution >= 0.8
    if calm and not persona.temper.walker:
        return Step(("check_satisfaction",))
    if calm:
        return Step((), SayTurn("thank you for calling, goodbye"))
    cool = ("state_action", "timeframe", "document", "thank", "authority")
    return says(persona, *(cool if so_far.turn % 2 == 0 else ("thank", "document", "authority", "narrate")))


def refuser(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """Refuses, with a kind word where the caller would hang up otherwise; fetches nobody."""
    near_the_end = so_far.mood.anger >= min(9.0, persona.temper.hang_up_at - 0.4)
    if near_the_end:
        return Step(("empathize", "acknowledge"))
    if so_far.mood.anger < persona.temper.supervisor_at:
        return Step((chance.choice(("cannot", "doubt")),))
    return Step((chance.choice(("cannot", "pass_the_buck", "acknowledge")),))


def provoker(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """The worst there is, every turn."""
    return Step(("hostile", "blame_customer"), SayTurn(NOTHING, 0.6, interrupt=True))


def by_the_protocol(persona: Persona, so_far: Progress, chance: random.Random) -> Step:
    """Draws abuse out, warns of it once, and ends the call where it goes on."""
    if so_far.goes_on or so_far.threatened:
        return Step(("involve_supervisor", "end_call"))
    if so_far.abuses > 1 and "set_boundary" not in so_far.done:
        return Step(("set_boundary",))
    return Step(("acknowledge",)) if so_far.mood.anger > 8.5 else Step((chance.choice(("cannot", "defensive")),))


def _wanted(persona: Persona) -> str:
    wants = persona.wants
    for remedy in (*wants.wanted, *wants.accepted):
        if remedy.words:
            return remedy.words[0]
    return ""
