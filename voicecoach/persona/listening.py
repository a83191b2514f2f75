"""A persona's facts and remedies with their phrases ready to be matched: made once for a persona."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.wording import Phrases, stem, tokens

RemedyKind = Literal["wanted", "accepted", "refused", "unknown"]

_CLOSED_CLASSES = (
    frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
    frozenset("january february march april june july august september october november december".split()),
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
    ) -> ListenedFact:
        """``number`` counts the facts, ``other_words`` are those of the other facts' values.

        ``rivals`` are the other days or months, where the fact is about one, but no other fact's.
        """
        own = frozenset(tokens(value))
        rivals = frozenset(stem(w) for group in _CLOSED_CLASSES if own & group for w in group - own - other_words)
        unit_stems = frozenset(stem(word) for text in units for word in tokens(text))
        return cls(name, number, Phrases.of(asked_by), Phrases.of(heard_as), Phrases.of(wrong), unit_stems, rivals)


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
