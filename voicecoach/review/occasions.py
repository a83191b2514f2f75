"""Occasions: what happens in a call after which certain techniques fit into the trainee's next turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import SpokenTurn, Story

ANGRY_FROM = 5.0
HEARD_ENOUGH = 0.5
HEARD_A_LITTLE = 0.3
RESOLVED_FROM = 0.8
"""Borders of the mood (anger 0..10, heard and resolution 0..1) at which a step becomes due."""

VENTS = frozenset({"opening", "vent", "story", "complaint"})
ABUSE = "abuse"
ACTS = frozenset({"offer", "state_action", "counteroffer"})
OWN_LIFE = re.compile(
    r"\b(wedding|birthday|funeral|holiday|christmas|anniversary|baby|mother|mum|mom|father|dad|sister|brother|son|"
    r"daughter|wife|husband|kids|children|grand\w+|landlord|rent|job|work|hospital|doctor|ill|sick|school|exam)\b"
)
"""Words for somebody's life outside the matter itself, which a human reaction can tie to."""

OCCASIONS: dict[str, str] = {
    "told": "the caller told what went wrong",
    "angry": "the caller was angry",
    "own_life": "the caller spoke of more than the matter",
    "heard": "the caller felt heard: now act",
    "still_angry": "you had acted, and the caller was still angry",
    "acted": "you said what happens, not the rest",
    "asked_for_supervisor": "the caller asked for a supervisor",
    "asked_too_much": "the caller asked for more than you can give",
    "left_waiting": "the caller was left waiting",
    "settled": "the matter was settled",
    "abused": "the caller was abusive",
    "abused_on": "the abuse went on",
    "abused_again": "the abuse went on after your warning",
    "threatened": "the caller made a threat",
}
"""Every occasion, and how it is told to the trainee."""

DUE: dict[str, tuple[str, ...]] = {
    "listen": ("told",),
    "acknowledge": ("told",),
    "paraphrase": ("told",),
    "check_understanding": ("told",),
    "clarify": ("told",),
    "empathize": ("angry",),
    "validate": ("angry",),
    "relate": ("own_life",),
    "apologize": ("told",),
    "own": ("heard",),
    "state_action": ("heard",),
    "offer": ("heard",),
    "involve": ("heard",),
    "goodwill": ("still_angry",),
    "counteroffer": ("asked_too_much",),
    "refer": ("asked_for_supervisor",),
    "timeframe": ("acted",),
    "narrate": ("left_waiting",),
    "authority": ("asked_for_supervisor",),
    "document": ("acted",),
    "thank": ("settled",),
    "check_satisfaction": ("settled",),
    "set_boundary": ("abused_on",),
    "involve_supervisor": ("threatened",),
    "end_call": ("abused_again",),
}
"""When a technique is due. Those that are not here (``exception``, ``team_up``) are a matter of taste: never missed.

The first abuse is redirected (there is no id for that); a warning is due when it goes on, an end when it goes on after.
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A trainee turn with what led to it: the caller's lines since the turn before, and the mood at that time.

    ``ids`` were counted in this turn, ``done`` in the turns before it; ``abused_before``: there was abuse before this.
    """

    at_seconds: float
    caller: tuple[SpokenTurn, ...]
    anger: float
    heard: float
    resolution: float
    ids: frozenset[str]
    done: frozenset[str]
    abused_before: bool

    def after(self, occasion: str) -> str:
        """The caller's words that made this occasion; where no single line did, the last one before the turn."""
        lines = [line.text for line in self.caller if _makes(occasion, line)] or [line.text for line in self.caller]
        return lines[-1] if lines else ""


def moments(story: Story) -> Iterator[Moment]:
    """Every trainee turn, in order; the mood is the one before it."""
    moods = {moved.at_seconds: moved.before for moved in story.moods}
    callers = [turn for turn in story.turns if turn.who == "caller"]
    since = -1.0
    done: frozenset[str] = frozenset()
    abused = False
    for judged in story.judged:
        lines = tuple(line for line in callers if since <= line.start < judged.at_seconds)
        mood = moods.get(judged.at_seconds)
        ids = frozenset(d.id for d in judged.detections if d.confidence >= MINIMUM_CONFIDENCE)
        if mood is not None and (judged.text or ids):
            yield Moment(judged.at_seconds, lines, mood.anger, mood.heard, mood.resolution, ids, done, abused)
            done |= ids
            abused = abused or any(line.move == ABUSE for line in lines)
        since = judged.at_seconds


def occasions(moment: Moment) -> Iterator[str]:
    """What this moment was an occasion for, in the order of ``OCCASIONS``."""
    moves = {line.move for line in moment.caller}
    if "end_call" in moment.ids:  # who ends the call by the protocol owes this caller no more than the protocol
        happened = _asked(moves, moment)
        return (name for name in OCCASIONS if happened.get(name))
    angry = moment.anger >= ANGRY_FROM and bool(moment.caller)
    heard = moment.heard >= HEARD_ENOUGH
    happened = {
        "told": bool(moves & VENTS),
        "angry": angry,
        "own_life": angry and any(_makes("own_life", line) for line in moment.caller),
        "heard": heard,
        "still_angry": heard and angry and bool(moment.done & ACTS),
        "acted": bool(moment.ids & ACTS),
        "left_waiting": bool(moment.ids & {"hold", "dead_air"}),
        "settled": moment.resolution >= RESOLVED_FROM,
        **_asked(moves, moment),
    }
    return (name for name in OCCASIONS if happened[name])


def _asked(moves: Set[str], moment: Moment) -> dict[str, bool]:
    abused = ABUSE in moves
    return {
        "asked_for_supervisor": "supervisor" in moves,
        "asked_too_much": "unreasonable" in moves,
        "abused": abused,
        "abused_on": abused and moment.abused_before,
        "abused_again": abused and "set_boundary" in moment.done,
        "threatened": "threat" in moves,
    }


def _makes(occasion: str, line: SpokenTurn) -> bool:
    """Whether it was this line; what is yelled after the story is not the story."""
    if occasion == "own_life":
        return line.move != ABUSE and OWN_LIFE.search(line.text.lower()) is not None
    if occasion in ("abused", "abused_on", "abused_again"):
        return line.move == ABUSE
    return line.move != ABUSE
