"""The words of the domain: what goes into a call, what comes out of it, and what they are made of.

Every ``*_seconds`` named ``at_seconds``, ``start_seconds`` or ``end_seconds`` is audio time: seconds since the call
began, counted in samples of the microphone stream, never the wall clock. ``confidence`` is always 0..1.

Three unions close the file: ``Input`` (what the engine takes), ``Action`` (what it asks the loop to do) and
``Note`` (what it tells the journal and whoever watches).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from voicecoach.quick import quick

SAMPLE_RATE_HZ = 16_000
"""All sound inside the program is 16 kHz mono signed 16-bit; adapters convert at the edge."""

BLOCK_SECONDS = 0.01
"""One block of sound."""

BLOCK_SAMPLES = 160
"""Samples in a block: 10 ms at 16 kHz."""

SPEECH_RATE_WORDS_PER_SECOND = 2.7
"""How fast unvoiced (typed or scripted) speech is taken to be spoken; 160 words a minute."""


class Band(StrEnum):
    """How angry the caller sounds, from the anger 0..10."""

    CALM = "calm"
    ANNOYED = "annoyed"
    ANGRY = "angry"
    FURIOUS = "furious"


class Outcome(StrEnum):
    """How a call ended."""

    RESOLVED = "resolved"
    LUKEWARM = "lukewarm"
    CALLER_HANGS_UP = "caller_hangs_up"
    SUPERVISOR = "supervisor"
    ENDED_BY_PROTOCOL = "ended_by_protocol"
    HUNG_UP_ON_CALLER = "hung_up_on_caller"
    ABANDONED = "abandoned"


# ---------------------------------------------------------------------------------------------- what they are made of


@quick
@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; lower case, no punctuation."""

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float = 1.0


@quick
@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance of the trainee as recognised.

    ``start_seconds`` is the speech onset and ``end_seconds`` the last voiced sample. ``level_dbfs`` (RMS over voiced
    blocks) and ``pitch_hz`` (median) are None where there was no sound (typed or scripted without a voice).
    """

    words: tuple[Word, ...]
    start_seconds: float
    end_seconds: float
    level_dbfs: float | None = None
    pitch_hz: float | None = None

    @property
    def text(self) -> str:
        """The transcript: the words joined by single blanks."""
        return " ".join([word.text for word in self.words])

    @classmethod
    def from_text(
        cls,
        text: str,
        start_seconds: float,
        end_seconds: float | None = None,
        *,
        level_dbfs: float | None = None,
        pitch_hz: float | None = None,
    ) -> Heard:
        """Words given as text, laid out evenly; without an end they last words / 2.7 seconds."""
        tokens = text.split()
        if end_seconds is None:
            end_seconds = start_seconds + len(tokens) / SPEECH_RATE_WORDS_PER_SECOND
        step = (end_seconds - start_seconds) / max(1, len(tokens))
        words = tuple(
            [Word(token, start_seconds + i * step, start_seconds + (i + 1) * step) for i, token in enumerate(tokens)]
        )
        return cls(words, start_seconds, end_seconds, level_dbfs, pitch_hz)


@quick
@dataclass(frozen=True, slots=True)
class Detection:
    """A technique or mistake (``id`` of the catalogue) heard in a turn, and what says so.

    ``words`` are the words that did it, as spoken (empty for pure timing); ``span`` is their half-open range of word
    positions in the utterance ((0, 0) for pure timing). ``evidence`` is text, time, voice, order or facts. ``why`` is
    the rule or feature, in a few words for people.
    """

    id: str
    words: str
    span: tuple[int, int]
    confidence: float
    evidence: Literal["text", "time", "voice", "order", "facts"] = "text"
    why: str = ""


@quick
@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One reason why the anger moved.

    ``delta`` = ``base`` times every factor (relief is negative). ``cause`` is a catalogue id, or ``time`` (creeping
    back towards the base) or ``coach``.
    """

    cause: str
    words: str
    base: float
    factors: tuple[tuple[str, float], ...]
    delta: float


@quick
@dataclass(frozen=True, slots=True)
class Mood:
    """What the caller feels: ``anger`` 0..10, ``heard`` 0..1, ``resolution`` 0..1."""

    anger: float
    heard: float
    resolution: float


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """Something the caller says: the ``number``th line of this call (from 1), the ``move`` it makes, at this anger."""

    number: int
    move: str
    text: str
    anger: float
    band: Band


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """A synthetic voice and how anger scales on it.

    ``name`` is an engine's voice id or a name it knows ("en-us+m3" for espeak-ng; unknown names are an error that
    lists some known ones). ``rate_wpm`` words a minute when calm, ``pitch`` and ``pitch_range`` 0..100 (50 is the
    voice's own), ``anger_scale`` 1 = the built-in table, 0 = never changes. ``telephone`` limits the band to
    300-3400 Hz.
    """

    name: str = "en-us"
    rate_wpm: int = 165
    pitch: int = 50
    pitch_range: int = 50
    anger_scale: float = 1.0
    telephone: bool = True


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
