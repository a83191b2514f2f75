"""Language that calls for a boundary, and what becomes of it when one is set.

Level 1 swears when provoked, level 2 insults and stops when warned, level 3 goes on. Only a persona with ``threat``
lines threatens. All of it is bleeped.
"""

from __future__ import annotations

from voicecoach.persona.draft import Draft
from voicecoach.persona.turn import Turn

GOES_ON = 3
INSULTS = 2
PROVOKED_PERCENT = 60
UNPROVOKED_PERCENT = 40
AFTER_WARNING_PERCENT = 60
ABUSES_BEFORE_THREAT = 2


def open_with_abuse(draft: Draft, level: int) -> None:
    """From level 2 the first words already have it."""
    if level >= INSULTS:
        _swear(draft, level)


def follow_with_abuse(draft: Draft, turn: Turn) -> bool:
    """Whether the caller loses all restraint this time."""
    level = turn.persona.temper.abuse_level
    if not level or not turn.hot:
        return False
    if turn.situation.warned:
        due = level >= GOES_ON and draft.chance("abuse", AFTER_WARNING_PERCENT)
    elif turn.furious:
        percent = PROVOKED_PERCENT if turn.mistakes else UNPROVOKED_PERCENT if level >= INSULTS else 0
        due = draft.chance("abuse", percent)
    else:
        due = level >= GOES_ON and bool(turn.mistakes)
    return due and abuse(draft, level)


def answer_to_boundary(draft: Draft, turn: Turn) -> bool:
    """Most take the warning; level 3 does not, until it is calmer."""
    level = turn.persona.temper.abuse_level
    if level >= GOES_ON and turn.hot and abuse(draft, level):
        return True
    return draft.say("warned")


def abuse(draft: Draft, level: int) -> bool:
    """One line of it; after some, a threat, where the persona has any."""
    threatens = draft.abused >= ABUSES_BEFORE_THREAT or level < 1
    if threatens and draft.say("threat", again=False):
        draft.threat = draft.abusive = True
        return True
    return _swear(draft, level)


def _swear(draft: Draft, level: int) -> bool:
    if not draft.say(f"abuse.{level}", "abuse", again=False):
        return False
    draft.abusive = True
    return True
