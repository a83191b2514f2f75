"""What a reply may depend on, what it is, and what the caller remembers having said: plain immutable values."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.persona.remedy import RemedyJudgement
from voicecoach.quick import quick
from voicecoach.values import Band, Detection, Mood


@quick
@dataclass(frozen=True, slots=True)
class Memory:
    """What the caller has said. ``said`` and ``told`` are bit sets: of line numbers, of facts already told.

    ``last`` is the number of the last line and ``last_said`` its words, ``replies`` how many there were, ``reacted``
    the catalogue id reacted to last, ``abused`` in how many replies there was abuse. ``settled``: something that will
    do was on the table already; ``timed``: and by when it will be done.
    """

    said: int = 0
    told: int = 0
    last: int = -1
    last_said: str = ""
    replies: int = 0
    reacted: str = ""
    abused: int = 0
    settled: bool = False
    timed: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller says next: one or more bursts with breaths between, and the ``move`` that it makes.

    ``abusive``: it swears at, or insults, somebody. ``threat``: it threatens somebody.
    """

    move: str
    bursts: tuple[str, ...]
    abusive: bool = False
    threat: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Situation:
    """All that the choice of a reply may depend on, after the mood has moved.

    ``text`` is what the trainee said, ``unsaid`` the bursts that the caller did not get to say because of it.
    ``gives_up``: the caller has had enough of the trainee, and wants somebody above.
    """

    mood: Mood
    band: Band
    text: str
    detections: tuple[Detection, ...] = ()
    turn: int = 1
    remedy: RemedyJudgement | None = None
    warned: bool = False
    interrupted: bool = False
    unsaid: tuple[str, ...] = ()
    turns_without_progress: int = 0
    gives_up: bool = False
