"""The words of the domain: what goes into a call and what comes out of it (``values``: what they are made of).

Every ``*_seconds`` named ``at_seconds``, ``start_seconds`` or ``end_seconds`` is audio time: seconds since the call
began, counted in samples of the microphone stream, never the wall clock.

Three unions close the file: ``Input`` (what the engine takes), ``Action`` (what it asks the loop to do) and
``Note`` (what it tells the journal and whoever watches).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from voicecoach.quick import quick
from voicecoach.values import Band, Detection, Heard, LedgerEntry, Line, Mood, Outcome

# ------------------------------------------------------------------------------------------------------- into the call


@dataclass(frozen=True, slots=True)
class Connected:
    """The line is open; the caller may speak."""

    at_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Speech onset: the trainee began to make voiced sound."""

    at_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class SpeechSustained:
    """The trainee's voice has lasted longer than a key or a lip makes a noise; there may be no words yet."""

    at_seconds: float


@dataclass(frozen=True, slots=True)
class PartialHeard:
    """The words so far, while the trainee still speaks."""

    at_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class SpeechDropped:
    """The onset was not speech (a cough, a key): no words came of it."""

    at_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class TurnHeard:
    """Endpoint: the utterance is over. ``at_seconds`` is when that was decided, after ``heard.end_seconds``."""

    at_seconds: float
    heard: Heard


@quick
@dataclass(frozen=True, slots=True)
class LineStarted:
    """The first sample of the caller's line left for the loudspeaker."""

    at_seconds: float
    number: int


@quick
@dataclass(frozen=True, slots=True)
class LineEnded:
    """The caller's line is over: to its end (``completed``) or stopped."""

    at_seconds: float
    number: int
    completed: bool


@quick
@dataclass(frozen=True, slots=True)
class TimeReached:
    """The moment the engine asked to be woken at."""

    at_seconds: float


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """The trainee put the caller on hold (a button, or a script)."""

    at_seconds: float


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """The trainee came back."""

    at_seconds: float


@dataclass(frozen=True, slots=True)
class TraineeHungUp:
    """The trainee put the phone down."""

    at_seconds: float


CoachAct = Literal["nudge", "move", "say", "freeze", "resume", "mark", "overrule", "back"]


@dataclass(frozen=True, slots=True)
class CoachActed:
    """A coach steers the call.

    ``act``: ``nudge`` (``value`` is added to the anger), ``move`` (``text`` is the move the caller makes next),
    ``say`` (``text`` is the caller's next line), ``freeze`` / ``resume``, ``mark`` (``text`` is a remark),
    ``overrule`` (``text`` is the catalogue id taken out of turn number ``value``; ``+id`` adds it) and ``back``
    (``value`` is the turn to go back to).
    """

    at_seconds: float
    act: CoachAct
    value: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class CallStopped:
    """The program ends the call (Ctrl-C, end of the script, end of the recording); ``reason`` for people."""

    at_seconds: float
    reason: str


Input = (
    Connected
    | SpeechStarted
    | SpeechSustained
    | PartialHeard
    | SpeechDropped
    | TurnHeard
    | LineStarted
    | LineEnded
    | TimeReached
    | HoldStarted
    | HoldEnded
    | TraineeHungUp
    | CoachActed
    | CallStopped
)

# --------------------------------------------------------------------------------------------------- out of the call


@quick
@dataclass(frozen=True, slots=True)
class Say:
    """The caller speaks this line, ``after_seconds`` from now (a breath between two bursts of a vent)."""

    at_seconds: float
    line: Line
    after_seconds: float = 0.0


@quick
@dataclass(frozen=True, slots=True)
class Duck:
    """The caller gets quieter while it is not yet clear whether the trainee means to interrupt.

    ``holds``: falls silent in mid-word instead, and goes on from there at the next ``Duck`` or ``Unduck``.
    """

    at_seconds: float
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Unduck:
    """The caller goes on at full loudness."""

    at_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """The caller falls silent within a block, and says nothing that was asked for before."""

    at_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class WakeAt:
    """The engine wants ``TimeReached`` at ``deadline_seconds``, unless a later ``WakeAt`` replaces it."""

    at_seconds: float
    deadline_seconds: float


@quick
@dataclass(frozen=True, slots=True)
class EndCall:
    """The call is over, once the line being spoken is out."""

    at_seconds: float
    outcome: Outcome
    reason: str


Action = Say | Duck | Unduck | StopSpeaking | WakeAt | EndCall


@quick
@dataclass(frozen=True, slots=True)
class TurnJudged:
    """What the trainee did in turn number ``turn`` (from 1): techniques and mistakes, in spoken order.

    ``resumed``: the turn had been taken for over too soon; this takes the place of what it was judged as then.
    """

    at_seconds: float
    turn: int
    text: str
    detections: tuple[Detection, ...]
    resumed: bool = False


@quick
@dataclass(frozen=True, slots=True)
class MoodMoved:
    """The caller's mood before and after, and every reason for it."""

    at_seconds: float
    before: Mood
    after: Mood
    band: Band
    ledger: tuple[LedgerEntry, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Remarked:
    """Something worth a line to people that changes nothing (a coach's mark, a sentence spoken too soon)."""

    at_seconds: float
    text: str


Note = TurnJudged | MoodMoved | Remarked
Output = Action | Note
