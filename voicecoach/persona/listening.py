"""A persona's facts and remedies with their phrases ready to be matched: made once for a persona."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.numbers import Number, numbers_in
from voicecoach.persona.wording import STOP_WORDS, Phrases, stem, tokens

RemedyKind = Literal["wanted", "accepted", "refused", "unknown"]

CONTEXT_WEIGHT = 0.5
"""What a word in the answer counts beside one in the phrases that ask for it (start)."""

_TELL_NOTHING = frozenset(
    map(
        stem,
        (
            *STOP_WORDS,
            *"how what when where which who whose why got get know tell give say need want right speak".split(),
            *"call help please".split(),
        ),
    )
)
"""Words that any question may have."""

_PLACES = """
london manchester birmingham leeds bradford sheffield liverpool bristol newcastle nottingham leicester york hull whitby
oldham norwich cardiff swansea belfast dublin cork galway limerick edinburgh glasgow aberdeen faro lisbon madrid paris
chicago boston cleveland columbus denver dallas houston atlanta seattle portland phoenix miami detroit toronto calgary
edmonton winnipeg vancouver montreal ottawa sydney melbourne brisbane perth adelaide darwin hobart mumbai delhi
bangalore bengaluru chennai kolkata hyderabad pune jayanagar malleswaram
"""
"""Towns that a detail may be mistaken for, where the fact itself is one of them."""

_TOWNS = frozenset(_PLACES.split())
_CLOSED_CLASSES = (
    frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
    frozenset("january february march april may june july august september october november december".split()),
)


@dataclass(frozen=True, slots=True)
class ListenedFact:
    """A fact with its phrases ready to be matched."""

    name: str
    number: int
    asked_by: Phrases
    heard_as: Phrases
    wrong: Phrases
    units: frozenset[str]
    rivals: frozenset[str]
    own_days: frozenset[str]
    numbers: tuple[Number, ...]
    context: frozenset[str]

    @classmethod
    def of(
        cls,
        name: str,
        number: int,
        other_words: frozenset[str],
        value: str,
        asked_by: Sequence[str],
        heard_as: Sequence[str],
        wrong: Sequence[str],
        units: Sequence[str],
        said: Sequence[str] = (),
        mentioned: frozenset[str] = frozenset(),
    ) -> ListenedFact:
        """``number`` counts the facts, ``other_words`` are those of the other facts' values.

        ``rivals`` are the other days or months, where the fact is about one, but no other fact's, and other towns than
        are ``mentioned`` anywhere; ``own_days`` are its own.
        ``numbers`` are those of the value and of what is heard as it, ``context`` stems of all that is said about it.
        """
        own = frozenset(tokens(value))
        known = own | other_words
        rivals = {stem(w) for group in _CLOSED_CLASSES if own & group for w in group - known}
        if own & _TOWNS:
            rivals |= {stem(w) for w in _TOWNS - known - mentioned}
        own_days = frozenset(stem(word) for group in (*_CLOSED_CLASSES, _TOWNS) for word in own & group)
        unit_stems = frozenset(stem(word) for text in units for word in tokens(text))
        about = frozenset(
            stem(w) for text in (*asked_by, *heard_as, *said, value) for w in tokens(text) if w not in STOP_WORDS
        )
        return cls(
            name,
            number,
            Phrases.of(asked_by),
            Phrases.of(heard_as),
            Phrases.of(wrong, bound=True),
            unit_stems,
            frozenset(rivals),
            own_days,
            tuple(n for text in (value, *heard_as, *said[:1]) for n in numbers_in(tokens(text)) if n.telling or n.unit),
            about,
        )


@dataclass(frozen=True, slots=True)
class ListenedRemedy:
    """A remedy with its phrases ready to be matched."""

    kind: RemedyKind
    name: str
    words: Phrases

    @classmethod
    def of(cls, kind: RemedyKind, name: str, words: Sequence[str]) -> ListenedRemedy:
        """``kind`` is the list it stands in."""
        return cls(kind, name, Phrases.of(words))


def weights_of(facts: Sequence[ListenedFact]) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each stem, the numbers of the facts that speak of it with its weight: the rarer among them, the more.

    What a fact is asked by counts fully, what else is said about it by ``CONTEXT_WEIGHT``.
    """
    telling = {fact.number: (fact.asked_by.stems | fact.context) - _TELL_NOTHING for fact in facts}
    spread: dict[str, int] = {}
    for stems in telling.values():
        for each in stems:
            spread[each] = spread.get(each, 0) + 1
    found: dict[str, list[tuple[int, float]]] = {}
    for fact in facts:
        for each in telling[fact.number]:
            rarity = math.log((1 + len(facts)) / spread[each])
            weight = rarity if each in fact.asked_by.stems else CONTEXT_WEIGHT * rarity
            found.setdefault(each, []).append((fact.number, weight))
    return {each: tuple(weights) for each, weights in found.items()}
