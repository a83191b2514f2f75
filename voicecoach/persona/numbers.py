"""Numbers in what is said: which were named beside which words, so that another number in the same place is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SMALL = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_WORDS = frozenset(
    (
        *_SMALL,
        *"zero oh thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        *"twenty thirty forty fifty sixty seventy eighty ninety hundred thousand".split(),
    )
)
_DATES = frozenset(
    "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth".split()
)
NUMBER_WORDS = _WORDS | _DATES
"""Without one of these there is no number in what is said."""
_SINGLE_NEED_UNIT = _SMALL | {"oh", "zero", "hundred", "thousand"}
_NO_UNIT = frozenset("and or of in on at to the a that this is was it you i we for from so but then out came".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A run of number words, and the word that followed it ("" at the end)."""

    words: tuple[str, ...]
    unit: str

    @property
    def telling(self) -> bool:
        """Whether it means something without its unit: `one of them` does not."""
        return len(self.words) > 1 or self.words[0] not in _SINGLE_NEED_UNIT


def numbers_in(words: Sequence[str]) -> list[Number]:
    """The runs of number words in tokens (`two hundred and forty pounds` is one of pounds); days of a month alone."""
    found: list[Number] = []
    run: list[str] = []
    before = ""
    for index, word in enumerate(words):
        if word in _WORDS:
            run.append(word)
        elif (
            word == "and"
            and run[-1:] in (["hundred"], ["thousand"])
            and words[index + 1 : index + 2]
            and words[index + 1] in _WORDS
        ):
            continue
        else:
            if run:
                found.append(Number(tuple(run), _unit(before, word)))
                run = []
            before = word
            if word in _DATES:
                found.append(Number((word,), "of the month"))
    if run:
        found.append(Number(tuple(run), _unit(before, "")))
    return found


def _unit(before: str, after: str) -> str:
    """`number nineteen` is a house or a case, whatever comes after it."""
    if before == "number":
        return before
    return "" if after in _NO_UNIT else after


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """Every number of a caller's file: ``runs`` of words, and ``by_unit`` which stand before which word."""

    runs: frozenset[tuple[str, ...]]
    by_unit: dict[str, frozenset[tuple[str, ...]]]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> KnownNumbers:
        """From tokens of everything that the file says."""
        runs: set[tuple[str, ...]] = set()
        by_unit: dict[str, set[tuple[str, ...]]] = {}
        for words in texts:
            for number in numbers_in(words):
                runs.add(number.words)
                if number.unit:
                    by_unit.setdefault(number.unit, set()).add(number.words)
        return cls(frozenset(runs), {unit: frozenset(found) for unit, found in by_unit.items()})

    def strange(self, number: Number) -> bool:
        """Whether nobody in this matter has named such a number, or none before this word."""
        known = self.by_unit.get(number.unit)
        if number.unit and known is not None:
            return not any(_part_of(number.words, run) for run in known)
        return number.telling and not any(_part_of(number.words, run) for run in self.runs)


def _part_of(words: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """`sixty four` is as good as `sixty four ninety nine`."""
    return any(run[i : i + len(words)] == words for i in range(len(run) - len(words) + 1))
