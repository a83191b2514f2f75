"""A persona's facts and remedies with their phrases ready to be matched: made once for a persona."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.wording import Phrase, phrases, stem, tokens

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
    asked_by: tuple[Phrase, ...]
    heard_as: tuple[Phrase, ...]
    wrong: tuple[Phrase, ...]
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
        return cls(name, number, phrases(asked_by), phrases(heard_as), phrases(wrong), unit_stems, rivals)


@dataclass(frozen=True, slots=True)
class ListenedRemedy:
    """A remedy with its phrases ready to be matched."""

    kind: RemedyKind
    name: str
    phrases: tuple[Phrase, ...]

    @classmethod
    def of(cls, kind: RemedyKind, name: str, words: Sequence[str]) -> ListenedRemedy:
        """``kind`` is the list it stands in."""
        return cls(kind, name, phrases(words))
