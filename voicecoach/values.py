"""What events carry and everybody speaks of: units of sound, words, detections, moods, lines, voices.

Times are audio time, as in ``events``; ``confidence`` is always 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
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
