"""Language that calls for a boundary, and what becomes of it when one is set.

Level 1 swears when provoked, level 2 insults and stops when warned, level 3 goes on. Only a persona with ``threat``
lines threatens, from the second time on. All of it is bleeped.
"""

from __future__ import annotations

from voicecoach.persona.draft import Draft
from voicecoach.persona.turn import Turn

GOES_ON = 3
INSULTS = 2
PROVOKED_PERCENT = 60
UNPROVOKED_PERCENT = 40
AFTER_WARNING_PERCENT = 60
ABUSES_BEFORE_THREAT = 1


def open_with_abuse(draft: Draft, level: int) -> None:
    """From level 2 the first words already have it."""
    if level >= INSULTS:
        _swear(draft, level)


def follow_with_abuse(draft: Draft, turn: Turn) -> bool:
    """Whether the caller loses all restraint this time."""
    level = turn.persona.temper.abuse_level
    if not level or not turn.hot:
        return False
    percent = _warned_percent(level) if turn.situation.warned else _percent(draft, turn, level)
    return draft.chance("abuse", percent) and abuse(draft, level)


def _warned_percent(level: int) -> int:
    return AFTER_WARNING_PERCENT if level >= GOES_ON else 0


def _percent(draft: Draft, turn: Turn, level: int) -> int:
    """How likely an angry caller is to swear now, in percent: the more so the higher the level."""
    if level >= GOES_ON:
        return PROVOKED_PERCENT if turn.furious or turn.mistakes else UNPROVOKED_PERCENT
    if not turn.furious:
        return 0
    threatens = draft.abused >= ABUSES_BEFORE_THREAT and turn.persona.repertoire.has("threat", draft.band)
    if turn.mistakes or threatens:
        return PROVOKED_PERCENT
    return UNPROVOKED_PERCENT if level >= INSULTS else 0


def answer_to_boundary(draft: Draft, turn: Turn) -> bool:
    """Most take the warning; level 3 does not, until it is calmer."""
    level = turn.persona.temper.abuse_level
    if level >= GOES_ON and turn.hot:
        if draft.say("abuse.warned", "abuse", again=False):
            draft.abusive = True
            return True
        if abuse(draft, level):
            return True
    return draft.say("warned")


def abuse(draft: Draft, level: int) -> bool:
    """One line of it; after some, a threat, where the persona has any."""
    if draft.abused >= ABUSES_BEFORE_THREAT and draft.say("threat", again=False):
        draft.threat = draft.abusive = True
        return True
    return _swear(draft, level)


def _swear(draft: Draft, level: int) -> bool:
    if not draft.say(f"abuse.{level}", "abuse", again=False):
        return False
    draft.abusive = True
    return True
