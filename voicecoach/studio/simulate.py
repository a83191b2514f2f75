"""Many calls of a policy against a persona, without words or sound: which outcomes, how often, and how fast it went."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn, SilenceTurn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Detection, Outcome
from voicecoach.persona.file import Persona
from voicecoach.studio.policies import POLICIES, Policy, Progress

TURNS_LIMIT = 30
"""A call that has not ended by then is broken off."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of ``calls`` calls: the share of each outcome, and how many calls a second one core played."""

    calls: int
    outcomes: dict[str, float]
    calls_per_second: float


class CannedDetector:
    """Detects what the policy says it did; stands in for the text detector, whose errors are not the question here."""

    def __init__(self) -> None:
        self.ids: tuple[str, ...] = ()

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """The ids of the act being played."""
        return tuple(Detection(cause, text, (0, 1), 1.0) for cause in self.ids)


def simulate(persona: Persona, policy: str, calls: int, first_seed: int = 0) -> Simulated:
    """Play ``calls`` calls with the seeds from ``first_seed`` on. The shares are the same every time."""
    chosen = POLICIES[policy]
    start = time.perf_counter()
    outcomes = Counter(play(persona, chosen, first_seed + number) for number in range(calls))
    seconds = time.perf_counter() - start
    shares = {outcome.value: count / calls for outcome, count in sorted(outcomes.items())}
    return Simulated(calls, shares, calls / seconds if seconds else 0.0)


def play(persona: Persona, policy: Policy, seed: int) -> Outcome:
    """One call with this seed for the caller's words and the policy's chance."""
    detector = CannedDetector()
    engine = Engine(persona, seed, detector)
    call = TextCall(engine)
    chance = random.Random(seed)
    so_far = Progress(engine.state.anger.mood)
    call.begin()
    while call.ended is None and so_far.turn < TURNS_LIMIT:
        so_far.mood = engine.state.anger.mood
        so_far.abuses = engine.state.memory.abused
        so_far.goes_on = engine.state.abuse_after_warning
        so_far.threatened = engine.state.threatened
        act = policy(persona, so_far, chance)
        so_far.turn += 1
        so_far.done.update(act.ids)
        detector.ids = act.ids
        if act.silent_seconds:
            call.turn(SilenceTurn(act.silent_seconds))
        else:
            call.turn(SayTurn(act.remedy or "words", 0.6, act.interrupt))
    return (call.ended or call.stop("went on too long")).outcome
