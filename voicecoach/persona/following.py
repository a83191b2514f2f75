"""What follows on the head of a reply: the next complaint, a demand, abuse, or nothing when things go well."""

from __future__ import annotations

from voicecoach.persona.abuse import follow_with_abuse
from voicecoach.persona.draft import Draft
from voicecoach.persona.turn import Turn
from voicecoach.values import Band

VENT_BELOW_HEARD = 0.6
"""A caller who feels heard stops telling the story."""

VENT_BURSTS = 2
VENT_PERCENT = 60
COMPLAINT_PERCENT = 50
SORRY_FROM_START = 6.5
"""Only somebody who was this angry at the start has anything to apologise for."""

_COMPLETE = frozenset(
    "interrupted vent warned stall not_known go_ahead ask_when abuse threat confirm_fact said_again bonus".split()
)
_FACTUAL = frozenset("answer answer_again correct".split())


def follow(draft: Draft, turn: Turn) -> None:
    """Add to the draft what moves the call on."""
    if draft.abusive or draft.move in _COMPLETE:
        return
    if follow_with_abuse(draft, turn):
        return
    if "stall" in turn.ids and draft.move != "accept" and draft.say("react.stall", again=False):
        return
    if draft.move == "accept":
        _pin_down(draft, turn)
    if draft.move in ("accept", "thanks"):
        make_up(draft, turn.persona.temper.start)
    elif draft.move in _FACTUAL:
        _grumble(draft, turn)
    elif turn.hot or not turn.settled:
        _go_on(draft, turn)


def make_up(draft: Draft, start: float) -> None:
    """A caller who was very angry and is calm again says sorry, once."""
    if draft.band is Band.CALM and start >= SORRY_FROM_START and not draft.was_said("sorry"):
        draft.say("sorry", again=False)


def _pin_down(draft: Draft, turn: Turn) -> None:
    """The right remedy, but by when?"""
    if not (draft.timed or turn.timed or draft.was_said("ask_when")):
        draft.say("ask_when", again=False)


def _grumble(draft: Draft, turn: Turn) -> None:
    if turn.furious and draft.chance("furious", COMPLAINT_PERCENT):
        draft.say("complaint", again=False)


def _go_on(draft: Draft, turn: Turn) -> None:
    """An angry caller has more to tell, a calmer one gets to the point."""
    if turn.promised and not draft.timed and draft.say("ask_when", again=False):
        return
    if turn.hot and turn.situation.mood.heard < VENT_BELOW_HEARD:
        if turn.furious and draft.chance("furious", VENT_PERCENT) and draft.say("vent", again=False, limit=VENT_BURSTS):
            return
        if draft.chance("follow", COMPLAINT_PERCENT) and draft.say("complaint", again=False):
            return
    if not turn.settled:
        _demand(draft, turn)


def _demand(draft: Draft, turn: Turn) -> None:
    unreasonable = turn.persona.wants.unreasonable
    demanding = unreasonable is not None and turn.situation.mood.heard < unreasonable.until_heard
    if not (demanding and draft.say("unreasonable", "demand", again=False)):
        draft.say("demand", again=False)
