"""The phrase lists of the catalogue, read from the ``*.phrases`` files beside this module.

A list has an id, what it says (the ``why`` of a detection), phrases, and exceptions: a hit of the list that touches an
exception of the same paragraph does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from voicecoach.techniques.ids import TEXT_IDS
from voicecoach.techniques.kin import kin_digest
from voicecoach.techniques.lexicon import CLASSES, LIGHT
from voicecoach.techniques.normalise import Tokens
from voicecoach.techniques.phrases import Automaton

FILES = ("hear", "empathize", "action", "protocol", "mistakes")
"""One file per step of taking the HEAT, the abuse protocol and the mistakes."""


@dataclass(frozen=True, slots=True)
class PhraseList:
    """Phrases that say the same thing, and the exceptions that undo them. ``name`` is unique: the id and a number."""

    id: str
    why: str
    name: str
    phrases: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a list, found in the tokens ``start`` to ``end`` (half-open)."""

    list: PhraseList
    phrase: str
    start: int
    end: int


class RuleError(ValueError):
    """A phrase file that does not follow its form; names file and line."""


def read_lists(text: str, where: str) -> list[PhraseList]:
    """The lists in the text of one phrase file; ``where`` names it in errors."""
    lists: list[PhraseList] = []
    header: tuple[str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("= "):
            id_, _, why = line[2:].partition(": ")
            if id_ not in TEXT_IDS or not why:
                raise RuleError(f"{where}:{number}: needs '= id: what it says' with an id of the catalogue")
            header = (id_, why)
        elif header is None:
            raise RuleError(f"{where}:{number}: phrases before the first '= id: what it says'")
        elif line.startswith("! "):
            last = lists.pop()
            lists.append(PhraseList(last.id, last.why, last.name, last.phrases, _split(line[2:])))
        else:
            lists.append(PhraseList(*header, f"{header[0]}.{len(lists)}", _split(line)))
    return lists


def _split(line: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in line.split(" ; ") if phrase.strip())


@cache
def shipped_lists() -> tuple[PhraseList, ...]:
    """Every list that comes with the program."""
    lists: list[PhraseList] = []
    for name in FILES:
        text = resources.files(__package__).joinpath(f"{name}.phrases").read_text(encoding="utf-8")
        lists += read_lists(text, f"{name}.phrases")
    return tuple(lists)


@cache
def fingerprint() -> str:
    """Changes whenever a phrase, an exception, a word class or a grouping does: learned weights belong to one of it."""
    digest = hashlib.sha256(repr((shipped_lists(), sorted(CLASSES.items()), sorted(LIGHT), kin_digest())).encode())
    return digest.hexdigest()[:16]


class RuleBook:
    """Finds the phrases of many lists at once."""

    def __init__(self, lists: Iterable[PhraseList]) -> None:
        phrases: list[tuple[str, ...]] = []
        self._meaning: list[tuple[PhraseList, str]] = []
        for each in lists:
            for phrase in each.phrases:
                phrases.append((phrase,))
                self._meaning.append((each, phrase))
            if each.exceptions:
                phrases.append(each.exceptions)
                self._meaning.append((each, ""))
        self._automaton = Automaton(phrases, CLASSES, LIGHT)

    def find(self, tokens: Tokens) -> list[Hit]:
        """Every phrase said, without those that an exception undoes, in spoken order."""
        found = self._automaton.find(tokens.texts)
        exceptions = [(self._meaning[f.rule][0].name, f.start, f.end) for f in found if not self._meaning[f.rule][1]]
        hits: list[Hit] = []
        for each in found:
            phrase_list, phrase = self._meaning[each.rule]
            undone = any(
                name == phrase_list.name and start < each.end and each.start < end for name, start, end in exceptions
            )
            if phrase and not undone:
                hits.append(Hit(phrase_list, phrase, each.start, each.end))
        return hits


@cache
def shipped_book() -> RuleBook:
    """The rule book of every list that comes with the program; built once."""
    return RuleBook(shipped_lists())
