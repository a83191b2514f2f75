"""What follows on the head of a reply: the next complaint, a demand, abuse, or nothing when things are going well."""

from __future__ import annotations

from voicecoach.events import Band
from voicecoach.persona.draft import Draft
from voicecoach.persona.heads import Turn, abuse

VENT_BELOW_HEARD = 0.6

_COMPLETE = frozenset("interrupted vent warned thanks accept stall not_known go_ahead ask_when abuse threat".split())
"""Moves that need nothing after them."""


def follow(draft: Draft, turn: Turn) -> None:
    """Add to the draft what moves the call on."""
    if draft.move in ("accept", "thanks"):
        _make_up(draft, turn)
    elif draft.move in ("refuse_offer", "weigh_offer"):
        _demand(draft, turn)
    elif draft.move in _COMPLETE or turn.settled:
        return
    elif draft.move in ("answer", "answer_again", "correct", "confirm"):
        if turn.situation.band is Band.FURIOUS:
            draft.say("complaint", again=False)
    elif turn.gains and turn.situation.band is Band.FURIOUS and not turn.situation.warned and abuse(draft, turn):
        return
    else:
        _go_on(draft, turn)


def _make_up(draft: Draft, turn: Turn) -> None:
    """A caller who was very angry and is calm again may say sorry, once."""
    if turn.settled and turn.situation.band is Band.CALM and turn.persona.temper.start >= 6:
        draft.say("sorry", again=False)


def _go_on(draft: Draft, turn: Turn) -> None:
    heard = turn.situation.mood.heard
    if heard < VENT_BELOW_HEARD and turn.situation.band is Band.FURIOUS and draft.say("vent", again=False, limit=2):
        return
    if heard < VENT_BELOW_HEARD and turn.hot and draft.chance(1, 50) and draft.say("complaint", again=False):
        return
    _demand(draft, turn)


def _demand(draft: Draft, turn: Turn) -> None:
    unreasonable = turn.persona.wants.unreasonable
    demanding = unreasonable is not None and turn.situation.mood.heard < unreasonable.until_heard
    if not (demanding and draft.say("unreasonable", "demand", again=False)):
        draft.say("demand", again=False)
