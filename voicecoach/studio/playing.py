"""One call of a policy against a persona, without sound: how it ended, and what an author wants to know of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn, SilenceTurn
from voicecoach.call.textplay import TextCall, Watcher
from voicecoach.persona.file import Persona
from voicecoach.studio.mishearing import DetectorErrors
from voicecoach.studio.policies import Act, Policy, Progress
from voicecoach.values import Band, Detection, Outcome

TURNS_LIMIT = 30
"""A call that has not ended by then is broken off."""

FALLBACKS = frozenset({"repeat", "not_known"})
"""Moves of a caller who has nothing that fits what was just said."""

_NO_WORDS = "words"
"""What a policy says where the words do not matter."""


class CannedDetector:
    """Detects what the policy says it did, surely; or so surely as ``confidences`` say, one for each of the ``ids``."""

    __slots__ = ("confidences", "ids")

    def __init__(self) -> None:
        self.ids: tuple[str, ...] = ()
        self.confidences: tuple[float, ...] | None = None

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """The ids of the act being played."""
        if self.confidences is None:
            return tuple([Detection(cause, text, (0, 1), 1.0) for cause in self.ids])
        pairs = zip(self.ids, self.confidences, strict=True)
        return tuple([Detection(cause, text, (0, 1), confidence) for cause, confidence in pairs])


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A turn that the caller had nothing fitting for.

    ``kind`` is ``fallback`` (such a ``move``) or ``said again`` (every line that fits was said before); ``ids`` is what
    the trainee had done.
    """

    kind: str
    move: str
    band: Band
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """How a call went.

    ``seconds`` of audio time and ``turns`` of the trainee until it ended, and until the anger was first at or below
    what this caller can leave resolved with (None: never). ``said`` are the bits of the lines that were said.
    """

    outcome: Outcome
    seconds: float
    turns: int
    calm_seconds: float | None
    calm_turns: int | None
    said: int
    dead_ends: tuple[DeadEnd, ...]


def play(
    persona: Persona,
    policy: Policy,
    seed: int,
    errors: DetectorErrors | None = None,
    watch: Watcher | None = None,
    wording: Wording | None = None,
) -> Played:
    """One call with this seed for the caller's words and the policy's chance; ``errors`` are what is misheard in it."""
    wording = wording or Wording(persona)
    detector = CannedDetector()
    engine = Engine(persona, seed, detector)
    call = TextCall(engine, watch)
    chance = random.Random(seed)
    mishearing = random.Random(~seed) if errors is not None else None
    so_far = Progress(engine.state.anger.mood)
    following = _Following(engine, persona.temper.resolved_below)
    call.begin()
    while call.ended is None and so_far.turn < TURNS_LIMIT:
        state = engine.state
        so_far.mood = state.anger.mood
        so_far.abuses = state.memory.abused
        so_far.goes_on = state.abuse_after_warning
        so_far.threatened = state.threatened
        act = policy(persona, so_far, chance)
        so_far.turn += 1
        so_far.done.update(act.ids)
        detector.ids = act.ids
        if errors is not None and mishearing is not None and act.ids:
            detector.ids, detector.confidences = errors.misheard(act.ids, mishearing)
        if act.silent_seconds:
            call.turn(SilenceTurn(act.silent_seconds))
        else:
            call.turn(SayTurn(wording.of(act, seed + so_far.turn), 0.6, act.interrupt))
        following.after_turn(so_far.turn, call.at_seconds, act.ids)
    ended = call.ended or call.stop("went on too long")
    return following.played(ended.outcome, call.at_seconds, so_far.turn)


class _Following:
    """What is counted while a call goes on."""

    __slots__ = ("_calm_below", "_calm_seconds", "_calm_turns", "_dead_ends", "_engine", "_said")

    def __init__(self, engine: Engine, calm_below: float) -> None:
        self._engine = engine
        self._calm_below = calm_below
        self._calm_seconds: float | None = None
        self._calm_turns: int | None = None
        self._dead_ends: list[DeadEnd] = []
        self._said = 0

    def after_turn(self, turn: int, at_seconds: float, ids: tuple[str, ...]) -> None:
        state = self._engine.state
        if self._calm_turns is None and state.anger.mood.anger <= self._calm_below:
            self._calm_seconds, self._calm_turns = at_seconds, turn
        said = state.memory.said
        if self._said & ~said:  # what counts as said was cleared: all that fits was said before
            self._dead_ends.append(DeadEnd("said again", state.move, state.band, ids))
        elif state.move in FALLBACKS and ids and not state.ended:
            self._dead_ends.append(DeadEnd("fallback", state.move, state.band, ids))
        self._said |= said

    def played(self, outcome: Outcome, seconds: float, turns: int) -> Played:
        calm = self._calm_seconds, self._calm_turns
        return Played(
            outcome, seconds, turns, *calm, self._said | self._engine.state.memory.said, tuple(self._dead_ends)
        )


class Wording:
    """What a policy says in words: for one persona, made once for many calls."""

    __slots__ = ("_questions", "_retellings")

    def __init__(self, persona: Persona) -> None:
        facts = persona.facts.values()
        self._questions = [f"what is your {fact.asked_by[0]} please" for fact in facts if fact.asked_by]
        self._retellings = [f"so {fact.heard_as[0]}" for fact in facts if fact.heard_as]

    def of(self, act: Act, number: int) -> str:
        """The remedy; else, where facts matter, a question for one or a retelling of one, another for each number."""
        if act.remedy:
            return act.remedy
        texts = self._questions if "clarify" in act.ids else self._retellings if "paraphrase" in act.ids else []
        return texts[number % len(texts)] if texts else _NO_WORDS
