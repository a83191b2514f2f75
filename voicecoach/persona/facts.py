"""What the trainee asked for, and whether the trainee restated what happened rightly."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedFact
from voicecoach.persona.wording import longest_heard, stem, tokens

_QUESTION_STARTS = frozenset("what what's which when where who whose how why".split())
_REQUESTS = (
    "can i",
    "could i",
    "may i",
    "can you",
    "could you",
    "would you",
    "will you",
    "do you",
    "did you",
    "have you",
    "are you",
    "were you",
    "is it",
    "is that",
    "is there",
    "was it",
    "was there",
    "tell me",
    "give me",
    "let me have",
    "let me get",
    "let me know",
    "i need your",
    "i'll need your",
    "i just need",
    "confirm",
    "remind me",
    "walk me",
    "describe",
    "spell",
    "mind",
    "your",
)
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve once twice double triple".split(),
)


@dataclass(frozen=True, slots=True)
class Restated:
    """What became of the caller's details in the trainee's words; ``fact`` is the one it hangs on."""

    kind: Literal["right", "wrong", "none"]
    fact: str | None = None


NOTHING_RESTATED = Restated("none")


def asks(words: list[str]) -> bool:
    """Whether these words ask or request something."""
    if not _QUESTION_STARTS.isdisjoint(words):
        return True
    padded = f" {' '.join(words)} "
    return any(f" {request} " in padded for request in _REQUESTS)


def asked_facts(persona: Persona, text: str) -> tuple[str, ...]:
    """Every fact that this text asks for, the best match first."""
    words = tokens(text)
    if not asks(words):
        return ()
    spoken = frozenset(map(stem, words))
    found = [(len(longest_heard(fact.asked_by, spoken)), fact.name) for fact in persona.listened_facts]
    best = max((length for length, _ in found), default=0)
    return tuple(name for length, name in sorted(found, key=lambda pair: -pair[0]) if length and length >= best - 1)


def asked_fact(persona: Persona, text: str) -> str | None:
    """The fact that this text asks for; None when it asks for none."""
    return next(iter(asked_facts(persona, text)), None)


def restated(persona: Persona, text: str) -> Restated:
    """Whether the caller's details come back rightly in these words; a wrong one outweighs right ones."""
    words = tokens(text)
    spoken = frozenset(map(stem, words))
    right: str | None = None
    most = 0
    for fact in persona.listened_facts:
        heard = len(longest_heard(fact.heard_as, spoken))
        if longest_heard(fact.wrong, spoken) or (not heard and _rival_said(fact, words)):
            return Restated("wrong", fact.name)
        if heard > most:
            right, most = fact.name, heard
    return Restated("right", right) if right else NOTHING_RESTATED


def _rival_said(fact: ListenedFact, words: list[str]) -> bool:
    """Another number before one of the fact's units, or another day or month than the fact's."""
    if not fact.rivals.isdisjoint(words):
        return True
    return bool(fact.units) and any(
        word in _NUMBERS and stem(following) in fact.units for word, following in itertools.pairwise(words)
    )
