"""Words as a recogniser gives them: tokens, stems, and phrases that are matched by content, not to the letter.

Text may be misheard, lower-case and without punctuation, or typed with both; ``tokens`` makes the two alike.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.persona.synonyms import gives_back, widened
from voicecoach.quick import quick

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[0-9]+(?:st|nd|rd|th)?")

_DIGITS = frozenset("0123456789")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = frozenset((*_ONES, *_TENS, "oh", "hundred", "thousand"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}

STOP_WORDS = frozenset(
    "a an and are as at be been but by can could did do does for from had has have i i'd i'll i'm i've if in is it "
    "it's its just like may me might my of on or our out over please shall should so some such than that that's the "
    "their them then there these they this those to too up us was we we'd we'll we're we've were what what's "
    "who's will with would you you'd you'll you're you've your yours here her him his she he any about into".split()
)
"""Words that carry no content of their own in a phrase."""

_QUESTION_WORDS = frozenset("when where who why how which".split())
_SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")
_SHORTEST_STEM = 3

NEGATIONS = frozenset(
    "not no never cannot can't won't don't doesn't didn't couldn't wouldn't shouldn't isn't aren't unable nor nobody "
    "nothing without cant dont wont".split()
)
_CONTRASTS = frozenset("but however instead although though rather only otherwise".split())
_HARMLESS_AFTER_NEGATION = frozenset("worry problem doubt trouble hesitate only".split())
_HARMLESS_BEFORE_NEGATION = frozenset({"why"})
"""``don't worry``, ``no problem``, ``why don't I ...`` deny nothing."""

_NEGATION_REACH = 12
"""Words after a negation that it still denies, unless a contrast ends it."""

_ALL_NEEDED_UP_TO = 3

TURNS_KEPT = 512
"""Words whose tokens and stems are kept: every rule of a turn asks for them again, and nothing older is needed."""


def tokens(text: str) -> list[str]:
    """Lower-case words; digits become the words they are spoken as (``54.99`` is fifty four ninety nine)."""
    return list(_tokens(text))


@functools.lru_cache(maxsize=TURNS_KEPT)
def _tokens(text: str) -> tuple[str, ...]:
    found = _TOKEN.findall(text.lower().replace("’", "'"))
    if not any(token[0] in _DIGITS for token in found):
        return tuple(found)
    spoken: list[str] = []
    for token in found:
        spoken.extend(_number_words(token) if token[0] in _DIGITS else (token,))
    return tuple(spoken)


def located(text: str) -> list[tuple[str, int]]:
    """``tokens(text)``, each with the position in ``text.split()`` of the word it came from."""
    words = text.split()
    found = tokens(text)
    if len(found) == len(words):
        return list(zip(found, range(len(words)), strict=True))
    return [(token, position) for position, word in enumerate(words) for token in tokens(word)]


@functools.lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its ending, so that refund, refunded and refunding are one."""
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word


_WIDENED = widened(stem)
_REFUND = stem("refund")


@quick
@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that were said, ready to be searched: their stems, and all of them in order between blanks."""

    stems: frozenset[str]
    joined: str

    @classmethod
    def of(cls, words: Sequence[str]) -> Spoken:
        """``words`` as ``tokens`` gives them; their stems, and those of words that mean the same."""
        return _spoken(tuple(words))


@functools.lru_cache(maxsize=TURNS_KEPT)
def _spoken(words: tuple[str, ...]) -> Spoken:
    stems = set(map(stem, words))
    for each in stems & _WIDENED.keys():
        stems |= _WIDENED[each]
    if gives_back(words):
        stems.add(_REFUND)
    return Spoken(frozenset(stems), f" {' '.join(words)} ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words to listen for, in any order and form, but numbers in theirs.

    ``needed`` of the ``content`` stems must be there, and every one of the ``runs`` of number words.
    """

    content: frozenset[str]
    needed: int
    runs: tuple[str, ...]

    @classmethod
    def of(cls, text: str, *, bound: bool = False) -> Phrase:
        """Up to three content words must all be heard; of four and more, one may be missing.

        ``your`` counts where it has only one other word to lean on (``your name`` is not any name), and with nothing
        but a question word (``by when``) the phrase is taken to the letter. ``bound``: a number and one word after it
        are taken so too (``two times`` is not heard in ``three times, by two of them``).
        """
        words = tokens(text)
        kept = [word for word in words if word not in STOP_WORDS]
        if not kept:
            return cls(frozenset(map(stem, words)), len(set(map(stem, words))), (f" {' '.join(words)} ",))
        if len(kept) == 1 and "your" in words:
            kept = ["your", *kept]
        content = frozenset(map(stem, kept))
        if bound and len(words) == 2 and words[0] in _NUMBER_WORDS:
            return cls(content, len(content), (f" {words[0]} {words[1]} ",))
        numbers = [[*run] for is_number, run in itertools.groupby(words, _NUMBER_WORDS.__contains__) if is_number]
        exact = (
            [run for run in numbers if len(run) > 1] if _QUESTION_WORDS.isdisjoint(kept) or len(kept) > 1 else [words]
        )
        runs = tuple(f" {' '.join(run)} " for run in exact)
        return cls(content, len(content) if len(content) <= _ALL_NEEDED_UP_TO else len(content) - 1, runs)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several ways to say one thing; ``stems`` are those of all of them."""

    each: tuple[Phrase, ...]
    stems: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], *, bound: bool = False) -> Phrases:
        """Each text is a phrase."""
        each = tuple(Phrase.of(text, bound=bound) for text in texts)
        return cls(each, frozenset(stem for phrase in each for stem in phrase.content))

    def heard_in(self, spoken: Spoken) -> frozenset[str]:
        """Of the phrases that were heard, the stems of the one with most of them; empty when none was."""
        best: frozenset[str] = frozenset()
        if self.stems.isdisjoint(spoken.stems):
            return best
        for phrase in self.each:
            both = phrase.content & spoken.stems
            if (
                len(both) >= phrase.needed
                and len(both) > len(best)
                and all(run in spoken.joined for run in phrase.runs)
            ):
                best = both
        return best


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Many things, each with its phrases; only those that share a stem with what was said are looked at.

    ``places`` are, for every stem of any phrase, the places in ``each`` that have it.
    """

    each: tuple[Phrases, ...]
    places: Mapping[str, tuple[int, ...]]
    stems: frozenset[str]

    @classmethod
    def of(cls, each: Iterable[Phrases]) -> PhraseIndex:
        """In this order."""
        listened = tuple(each)
        places: dict[str, tuple[int, ...]] = {}
        for place, phrases in enumerate(listened):
            for each_stem in phrases.stems:
                places[each_stem] = (*places.get(each_stem, ()), place)
        return cls(listened, places, frozenset(places))

    def heard_in(self, spoken: Spoken) -> dict[int, frozenset[str]]:
        """The places of what was heard, in order, with the stems that ``Phrases.heard_in`` gives for it."""
        if self.stems.isdisjoint(spoken.stems):
            return {}
        near = {place for shared in self.stems & spoken.stems for place in self.places[shared]}
        return {place: heard for place in sorted(near) if (heard := self.each[place].heard_in(spoken))}


def affirmed(words: list[str]) -> list[bool]:
    """For each word, whether it stands outside a negation (``I can't refund it but I can credit it``)."""
    return [not is_denied for is_denied in denied(words, _NEGATION_REACH)]


def denied(words: list[str], reach: int) -> list[bool]:
    """For each word, whether it is a negation or one of the ``reach - 1`` words after it, up to a contrast."""
    within: list[bool] = []
    left = 0
    for index, word in enumerate(words):
        if word in _CONTRASTS:
            left = 0
        elif word in NEGATIONS and not _harmless(words, index):
            left = reach
        within.append(left > 0)
        left = max(0, left - 1)
    return within


def _harmless(words: list[str], index: int) -> bool:
    following = words[index + 1] if index + 1 < len(words) else ""
    before = words[index - 1] if index else ""
    return following in _HARMLESS_AFTER_NEGATION or before in _HARMLESS_BEFORE_NEGATION


def _number_words(token: str) -> list[str]:
    """Up to 99 as a number (``3rd`` is third), three digits and more one by one (an account, a flight)."""
    digits = token.rstrip("strdnh")
    if len(digits) > 2:
        return [_ONES[int(digit)] for digit in digits]
    number = int(digits)
    if number < len(_ONES):
        words = [_ONES[number]]
    else:
        tens, ones = divmod(number, 10)
        words = [_TENS[tens - 2], _ONES[ones]] if ones else [_TENS[tens - 2]]
    if digits != token:
        words[-1] = _ordinal(words[-1])
    return words


def _ordinal(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word.replace('ve', 'f')}th"
