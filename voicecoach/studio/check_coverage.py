"""Which of a caller's lines can be said at all: every kind of trainee turn, tried in every state of the call.

From each state (a band, heard or not, helped or not, warned, a supervisor asked for) the call is forked, and one thing
is said to it: each technique and mistake, each question about a fact, each remedy, a nod, silence, a hold ... A coach's
nudge sets the anger of the state; that the band can be reached without one is found by ``check_reach``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicecoach.call.engine import Engine
from voicecoach.call.script import CoachTurn, HoldTurn, SayTurn, SilenceTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.events import PartialHeard, SpeechStarted
from voicecoach.persona.file import Persona
from voicecoach.persona.repertoire import Repertoire, chains_of, waiting
from voicecoach.studio.check_play import (
    DEAD_AIR_SECONDS,
    HOLD_SECONDS,
    ShownDetector,
    Step,
    says,
)
from voicecoach.techniques.early import EarlyEar
from voicecoach.values import Band

SEEDS = (1, 2)
MIDDLE = {Band.CALM: 1.2, Band.ANNOYED: 3.7, Band.ANGRY: 6.2, Band.FURIOUS: 9.0}

_HEARING = ("paraphrase", "empathize", "validate", "check_understanding")


@dataclass(frozen=True, slots=True)
class State:
    """A point of a call at which nobody speaks."""

    engine: Engine
    detector: ShownDetector
    at_seconds: float


def never_said(persona: Persona, bands: Iterable[Band], ids: tuple[str, ...], said: int) -> list[str]:
    """The moves of the file's own lines, facts and remedies of which no line is ever said; ``said`` are those already.

    ``bands`` are those the caller comes to, ``ids`` those that words can show.
    """
    missing = {move: bits for move, bits in _own_moves(persona).items() if not bits & said}
    things = [(moves, steps) for moves, steps in _things(persona, ids) if moves is None or moves & missing.keys()]
    for seed, band in itertools.product(SEEDS, list(bands)):
        if not missing:
            break
        for state in _states(persona, band, seed):
            said |= _said_cutting_in(state)
            for moves, steps in things:
                if missing and (moves is None or moves & missing.keys()):
                    said |= _said_after(state, steps)
                    missing = {move: bits for move, bits in missing.items() if not bits & said}
    return list(missing)


def _own_moves(persona: Persona) -> dict[str, int]:
    """The bits of the lines of every move that the file has lines of its own for."""
    repertoire = persona.repertoire
    own = {move for move, _, chains in chains_of(persona.lines) if chains}
    own |= {f"fact.{name}" for name in persona.facts}
    wants = persona.wants
    own |= {f"remedy.{each.name}" for each in (*wants.wanted, *wants.accepted, *wants.refused) if each.says}
    own |= {"unreasonable"} if wants.unreasonable is not None else set()
    return {move: bits_of(repertoire, move) | bits_of(repertoire, waiting(move)) for move in sorted(own)}


def bits_of(repertoire: Repertoire, move: str) -> int:
    """The lines of the nearest tier of a move, whatever the band."""
    bits = 0
    for (name, _), pool in repertoire.pools.items():
        if name == move:
            bits |= sum(1 << number for number in pool.tiers[0])
    return bits


def _said_after(state: State, steps: tuple[Step, ...]) -> int:
    twin = state.engine.fork()
    call = TextCall(twin)
    call.at_seconds = state.at_seconds
    said = 0
    for step in steps:
        if call.ended is None:
            state.detector.ids = step.ids
            call.turn(step.turn)
            said |= twin.state.memory.said
    call.settle()
    return said | twin.state.memory.said


def _said_cutting_in(state: State) -> int:
    """What the caller says into a provocation while it is being spoken (a typed turn has no such while)."""
    twin, state.detector.ids = state.engine.fork(), ("calm_down",)
    twin.take(SpeechStarted(state.at_seconds))
    for number, words in enumerate(("calm down", "calm down and listen", "calm down and listen to me"), 1):
        twin.take(PartialHeard(state.at_seconds + number / 2, words))
    return twin.state.memory.said


def _states(persona: Persona, band: Band, seed: int) -> Iterator[State]:
    """Calls of this band that have come to different points."""
    heard = says(persona, *_HEARING)
    acted = says(persona, "state_action", "timeframe", "own")
    refused = Step(("cannot",))
    warned = Step(("set_boundary",))
    plans: tuple[tuple[Step, ...], ...] = (
        (),
        (heard, heard),
        (acted,),
        (heard, heard, acted),
        (heard, heard, Step(("acknowledge",)), Step(("acknowledge",)), Step(("acknowledge",))),
        (refused, refused, refused),
    )
    if persona.temper.abuse_level:
        plans += ((refused, refused, warned), (refused, refused, warned, refused))
    for plan in plans:
        state = _played(persona, band, seed, plan)
        if state is not None:
            yield state


def _played(persona: Persona, band: Band, seed: int, plan: tuple[Step, ...]) -> State | None:
    """The state after this plan, nudged into the band before each step; None when the call ended."""
    detector = ShownDetector()
    engine = Engine(persona, seed, detector, UNVOICED_CALM, EarlyEar(detector))
    call = TextCall(engine)
    call.begin()
    call.settle()
    for step in (*plan, None):
        nudge = MIDDLE[band] - engine.state.anger.mood.anger
        call.turn(CoachTurn("nudge", nudge))
        if step is not None:
            detector.ids = step.ids
            call.turn(step.turn)
            call.settle()
        if call.ended is not None:
            return None
    return State(engine, detector, call.at_seconds)


# ------------------------------------------------------------------------------------------ what is said to a caller


Thing = tuple[frozenset[str] | None, tuple[Step, ...]]
"""Turns, and the moves that they are meant to call for; None: any."""


def _things(persona: Persona, ids: tuple[str, ...]) -> Iterator[Thing]:
    for cause in ids:
        moves = frozenset({f"react.{cause}"})
        yield moves, (Step((cause,)), Step((cause,)))
        yield moves, (says(persona, cause, "timeframe"), Step((cause,)))
    yield from _about_facts(persona)
    yield from _about_remedies(persona)
    yield from _in_passing()


def _about_facts(persona: Persona) -> Iterator[Thing]:
    for name, fact in persona.facts.items():
        moves = frozenset({f"fact.{name}", "answer", "answer_again"})
        for phrase in fact.asked_by:
            yield moves, (_spoken(phrase, "clarify"), _spoken(phrase, "clarify"))
        for phrase, named in itertools.product(fact.asked_by[:1], fact.heard_as[:1]):
            yield frozenset({"confirm_fact"}), (_spoken(f"{phrase} {named}", "clarify"),)
            yield frozenset({"confirm_fact"}), (_spoken(f"is it {named} {phrase}", "clarify"),)
        for phrase in fact.wrong:
            yield frozenset({f"fact.{name}", "correct"}), (_spoken(phrase, "paraphrase"),)
        for phrase in fact.heard_as[:1]:
            yield frozenset({"confirm"}), (_spoken(phrase, "paraphrase", "check_understanding"),)


def _about_remedies(persona: Persona) -> Iterator[Thing]:
    wants = persona.wants
    general = ("accept", "ask_when", "bonus", "refuse_offer", "weigh_offer", "sorry", "thanks")
    for remedy in (*wants.wanted, *wants.accepted, *wants.refused):
        moves = frozenset({f"remedy.{remedy.name}", *general})
        for phrase in remedy.words:
            yield moves, (_spoken(phrase, "empathize", "offer", "timeframe"), _spoken(phrase, "offer"))
            yield moves, (_spoken(phrase, "offer"), _spoken(phrase, "offer"), _spoken(phrase, "offer"))
    unknown = _spoken("a balloon", "offer")
    yield frozenset(general), (unknown, unknown)


def _in_passing() -> Iterator[Thing]:
    for words in (
        "mm hm",
        "how can i help you",
        "thank you goodbye",
        "the weather is fine",
        "what is the moon made of",
    ):
        yield None, (_spoken(words), _spoken(words))
    for words in ("can i ask you a question", "what colour is it", "sorry could you say that again please"):
        yield None, (_spoken(words, "clarify"), _spoken(words, "clarify"))
    interrupting = Step((), SayTurn("let me just say", interrupt=True))
    nod = Step((), SayTurn("mm hm", interrupt=True))
    for nods in range(4):  # into the first burst of what the caller says, or into a later one
        yield None, (_spoken("mm hm"), *([nod] * nods), interrupting)
    yield None, (_spoken("what colour is it", "clarify"), interrupting)
    yield None, (Step((), SayTurn("listen to me now please", raised=True)),)
    yield None, (Step((), SilenceTurn(DEAD_AIR_SECONDS)), Step((), SilenceTurn(DEAD_AIR_SECONDS)))
    yield None, (Step((), HoldTurn(HOLD_SECONDS)),)
    yield None, (_spoken("one moment please", "hold"), Step((), HoldTurn(HOLD_SECONDS)), _spoken("i am back", "thank"))
    yield None, (_spoken("calm down and listen to me", "calm_down"),)
    yield None, (_spoken("is there anything else", "check_satisfaction"), _spoken("thank you goodbye"))
    yield None, (_spoken("is there anything else i can do"),)
    mistake = _spoken("you are an idiot", "hostile")
    yield None, (mistake, mistake, mistake)
    refused = Step(("cannot",))
    yield None, (refused, refused, refused, Step(("refer", "involve_supervisor")))


def _spoken(words: str, *ids: str) -> Step:
    return Step(ids, SayTurn(words))
