"""For every technique: present, missed (there was an opportunity, and here it was), or no opportunity.

An opportunity is something the caller said or felt, or a step of the call, after which the technique would have fitted
into the trainee's next turn. It is judged from the story alone, so that the same call always gets the same standing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.techniques.ids import TECHNIQUES

State = Literal["present", "missed", "no opportunity"]

ANGRY_FROM = 5.0
HEARD_ENOUGH = 0.5
RESOLVED_FROM = 0.8
"""Borders of the mood (anger 0..10, heard and resolution 0..1) at which a step becomes due."""

VENTS = frozenset({"opening", "vent", "story", "complaint"})
ASKS_FOR_SUPERVISOR = frozenset({"supervisor"})
ABUSES = frozenset({"abuse"})
THREATENS = frozenset({"threat"})
OWN_LIFE = re.compile(
    r"\b(wedding|birthday|funeral|holiday|christmas|anniversary|baby|mother|mum|mom|father|dad|sister|brother|son|"
    r"daughter|wife|husband|kids|children|grand\w+|landlord|rent|job|work|hospital|doctor|ill|sick|school|exam)\b"
)
"""Words for somebody's life outside the matter itself, which a human reaction can tie to."""

INSTEAD = {
    "offer": frozenset({"state_action", "counteroffer", "goodwill", "refer"}),
    "state_action": frozenset({"offer", "refer", "goodwill", "document"}),
    "refer": frozenset({"authority", "involve_supervisor"}),
    "authority": frozenset({"refer", "involve_supervisor"}),
    "empathize": frozenset({"validate"}),
    "validate": frozenset({"empathize"}),
    "involve": frozenset({"offer", "state_action"}),
    "clarify": frozenset({"check_understanding"}),
    "check_understanding": frozenset({"clarify"}),
}
"""Who took the second way did not miss the first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one technique. For a missed one: when it was due, and the caller's words before."""

    id: str
    state: State
    at_seconds: float | None = None
    after: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A trainee turn with what led to it: the caller's lines since the turn before, and the mood at that time."""

    at_seconds: float
    caller: tuple[SpokenTurn, ...]
    anger: float
    heard: float
    resolution: float
    ids: frozenset[str]

    @property
    def moves(self) -> frozenset[str]:
        return frozenset(line.move for line in self.caller)

    @property
    def words(self) -> str:
        return " ".join(line.text for line in self.caller)


def standings(story: Story) -> tuple[Standing, ...]:
    """The standing of every technique of the catalogue, in its order."""
    done = {d.id for turn in story.judged for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE}
    due: dict[str, tuple[_Moment, str]] = {}
    for moment in _moments(story):
        for cause, why in _due_in(moment, done):
            due.setdefault(cause, (moment, why))
    return tuple(_standing(cause, done, due) for cause in TECHNIQUES)


def _standing(cause: str, done: set[str], due: dict[str, tuple[_Moment, str]]) -> Standing:
    if cause in done:
        return Standing(cause, "present")
    if cause not in due or done & INSTEAD.get(cause, frozenset()):
        return Standing(cause, "no opportunity")
    moment, why = due[cause]
    after = moment.caller[-1].text if moment.caller else ""
    return Standing(cause, "missed", moment.at_seconds, after, why)


def _due_in(moment: _Moment, done: set[str]) -> Iterator[tuple[str, str]]:
    if moment.moves & VENTS:
        yield from ((cause, "the caller told what went wrong") for cause in ("listen", "acknowledge", "paraphrase"))
        yield from ((cause, "the story was new to you") for cause in ("clarify", "check_understanding", "apologize"))
    if moment.anger >= ANGRY_FROM and moment.caller:
        yield from ((cause, "the caller was angry") for cause in ("empathize", "validate"))
        if OWN_LIFE.search(moment.words.lower()):
            yield "relate", "the caller spoke of more than the matter"
    if moment.heard >= HEARD_ENOUGH:
        yield from ((cause, "the caller felt heard: now act") for cause in ("own", "state_action", "offer", "involve"))
        if moment.anger >= ANGRY_FROM:
            yield "goodwill", "heard, and still angry"
    if moment.ids & {"offer", "state_action", "counteroffer"}:
        yield from ((cause, "you said what happens, not the rest") for cause in ("timeframe", "document"))
    if moment.moves & ASKS_FOR_SUPERVISOR:
        yield from ((cause, "the caller asked for a supervisor") for cause in ("refer", "authority"))
    if moment.ids & {"hold", "dead_air"}:
        yield "narrate", "the caller was left waiting"
    if moment.resolution >= RESOLVED_FROM:
        yield from ((cause, "the matter was settled") for cause in ("check_satisfaction", "thank"))
    yield from _protocol_due(moment, done)


def _protocol_due(moment: _Moment, done: set[str]) -> Iterator[tuple[str, str]]:
    if moment.moves & ABUSES:
        yield "set_boundary", "the caller was abusive"
        if "set_boundary" in done:
            yield "end_call", "the abuse went on after your warning"
    if moment.moves & THREATENS:
        yield "involve_supervisor", "the caller made a threat"


def _moments(story: Story) -> Iterator[_Moment]:
    """Every spoken trainee turn; the mood is the one before it."""
    moods = {moved.at_seconds: moved.before for moved in story.moods}
    callers = [turn for turn in story.turns if turn.who == "caller"]
    since = -1.0
    for judged in story.judged:
        lines = tuple(line for line in callers if since <= line.start < judged.at_seconds)
        mood = moods.get(judged.at_seconds)
        ids = frozenset(d.id for d in judged.detections if d.confidence >= MINIMUM_CONFIDENCE)
        if mood is not None and (judged.text or ids):
            yield _Moment(judged.at_seconds, lines, mood.anger, mood.heard, mood.resolution, ids)
        since = judged.at_seconds
