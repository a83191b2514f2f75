"""For every technique: present, missed (there was an opportunity, and here it was), or no opportunity.

It is judged from the story alone, so that the same call always gets the same standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import Story
from voicecoach.review.occasions import DUE, HEARD_A_LITTLE, OCCASIONS, Moment, moments, occasions
from voicecoach.techniques.ids import TECHNIQUES

State = Literal["present", "missed", "no opportunity"]

INSTEAD = {
    "offer": frozenset({"state_action", "counteroffer", "goodwill", "refer"}),
    "state_action": frozenset({"offer", "refer", "goodwill", "document"}),
    "refer": frozenset({"authority", "involve_supervisor"}),
    "authority": frozenset({"refer", "involve_supervisor"}),
    "empathize": frozenset({"validate"}),
    "validate": frozenset({"empathize"}),
    "involve": frozenset({"offer", "state_action", "counteroffer"}),
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


def standings(story: Story, own: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Standing, ...]:
    """The standing of every technique of the catalogue, in its order, then of the ``own`` ids.

    ``own`` says of a coach's ids on which occasions each is due (none: it cannot be missed), and may change the
    catalogue's.
    """
    due_on = {**DUE, **(own or {})}
    done = {d.id for turn in story.judged for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE}
    due: dict[str, tuple[Moment, str]] = {}
    for moment in moments(story):
        happened = set(occasions(moment))
        for cause, names in due_on.items():
            name = next((name for name in names if name in happened), None)
            if name is not None and (cause not in due or _better(cause, due[cause][0])):
                due[cause] = (moment, name)
    ids = (*TECHNIQUES, *(cause for cause in own or () if cause not in TECHNIQUES))
    return tuple(_standing(cause, done, due) for cause in ids)


def _better(cause: str, before: Moment) -> bool:
    """The first moment counts; but an apology had better wait until the caller felt heard a little."""
    return cause == "apologize" and before.heard < HEARD_A_LITTLE


def _standing(cause: str, done: set[str], due: dict[str, tuple[Moment, str]]) -> Standing:
    if cause in done:
        return Standing(cause, "present")
    if cause not in due:
        return Standing(cause, "no opportunity")
    if another_way := done & INSTEAD.get(cause, frozenset()):
        return Standing(cause, "no opportunity", why=f"another way was taken: {_plain(min(another_way))}")
    moment, occasion = due[cause]
    return Standing(cause, "missed", moment.at_seconds, moment.after(occasion), OCCASIONS[occasion])


def _plain(name: str) -> str:
    return name.replace("_", " ")
