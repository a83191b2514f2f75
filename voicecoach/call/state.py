"""Everything a call remembers between two events.

Every field holds an immutable value, so ``copy.copy`` is a snapshot: for going back to a turn, and for answering ahead.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from voicecoach.call.promises import NO_PROMISES, Promises
from voicecoach.persona.anger import AngerState, TurnFacts
from voicecoach.persona.dialogue import Memory
from voicecoach.quick import quick
from voicecoach.techniques.timing import DEAD_AIR_SECONDS, FloorFacts
from voicecoach.values import Band, Detection, Heard, Line

NOBODY_ELSE = FloorFacts()


@quick
@dataclass(frozen=True, slots=True)
class MoodStep:
    """One thing that moved the mood, kept so that a coach's overruling can be worked out again from there.

    ``turn`` is 0 for what no trainee turn caused (silence, a hold, a nudge); ``nudge`` is added to the anger.
    ``found`` is what was heard in the turn before the order of things and the facts were judged.
    """

    at_seconds: float
    turn: int
    before: AngerState
    detections: tuple[Detection, ...]
    facts: TurnFacts
    nudge: float = 0.0
    found: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class MoodSteps:
    """What moved the mood so far, oldest first.

    A chain: every state of a call is kept (see ``CallState.before_turn``), and they share what they have in common.
    """

    newest: MoodStep | None = None
    earlier: MoodSteps | None = None
    count: int = 0

    @classmethod
    def of(cls, steps: Iterable[MoodStep]) -> MoodSteps:
        """These, oldest first."""
        return functools.reduce(cls.and_then, steps, cls())

    def and_then(self, step: MoodStep) -> MoodSteps:
        """With one more."""
        return MoodSteps(step, self, self.count + 1)

    def __iter__(self) -> Iterator[MoodStep]:
        found: list[MoodStep] = []
        here: MoodSteps | None = self
        while here is not None and here.newest is not None:
            found.append(here.newest)
            here = here.earlier
        return reversed(found)

    def __len__(self) -> int:
        return self.count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MoodSteps) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.count)


NO_STEPS = MoodSteps()


@dataclass(slots=True)
class CallState:
    """The call so far. Times are audio time; see the groups for who reads what."""

    anger: AngerState
    band: Band
    memory: Memory = field(default_factory=Memory)
    relaxed_at_seconds: float = 0.0
    steps: MoodSteps = NO_STEPS

    # The caller's side of the floor.
    line_number: int = 0
    speaking: Line | None = None
    speaking_since_seconds: float = 0.0
    pending: Line | None = None
    bursts: tuple[str, ...] = ()
    move: str = ""
    said: str = ""
    """What the caller said since the trainee last spoke: the context of the next turn."""
    venting: bool = False
    """The present reply is a vent: several bursts that deserve to be heard to their end."""

    # The trainee's side of the floor.
    trainee_since_seconds: float | None = None
    spoke_into_vent: bool = False
    cut_off: bool = False
    """The caller stopped because of what the trainee is saying now."""
    collided: bool = False
    """Both began to speak at once; see floor.COLLISION_SECONDS."""
    goes_on: bool = False
    """The trainee was not done with the last turn: what is being said belongs to it."""
    last_heard: Heard | None = None
    last_facts: FloorFacts = NOBODY_ELSE
    """The last turn as it was heard, and who had the floor around it."""
    overlap_seconds: float = 0.0
    interjection: int = 0
    """Number of the line with which the caller cut in on what the trainee is saying; 0: did not."""
    silence_since_seconds: float | None = None
    waited_seconds: float = 0.0
    """How long the caller had waited when the trainee began to speak; coughs do not end the wait."""
    bearable_silence_seconds: float = DEAD_AIR_SECONDS
    dead_airs: int = 0
    hold_since_seconds: float | None = None
    hold_was_asked: bool | None = None
    """Whether the last turn announced a hold, and politely; None when it did not."""

    # How it is going.
    turn: int = 0
    turns_without_progress: int = 0
    refusals: int = 0
    furious_turns: int = 0
    supervisor_demands: int = 0
    content_turns: int = 0
    """For how many turns everything has been settled; the next goodbye closes the call."""
    promises: Promises = NO_PROMISES
    satisfaction_checked: bool = False
    warned: bool = False
    abuse_after_warning: bool = False
    threatened: bool = False
    ending_explained: bool = False
    frozen: bool = False
    ended: bool = False

    before_turn: CallState | None = None
    """The call as it was before the last turn, which knows what was before that: a coach may go back."""

    def __copy__(self) -> CallState:
        """A snapshot; as ``copy.copy`` would make it, in a fifth of the time (once a turn, in every simulated call)."""
        return CallState(*_FIELDS(self))


_FIELDS = operator.attrgetter(*CallState.__slots__)
