"""Words as a recogniser gives them: tokens, stems, and phrases that are matched by content, not to the letter.

Text may be misheard, lower-case and without punctuation, or typed with both; ``tokens`` makes the two alike.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

STOP_WORDS = frozenset(
    "a an and are as at be been but by can could did do does for from had has have i i'd i'll i'm i've if in is it "
    "it's its just like may me might my of on or our out over please shall should so some such than that that's the "
    "their them then there these they this those to too up us was we we'd we'll we're we've were what when where which "
    "who why will with would you you'd you'll you're you've your yours here her him his she he how any about "
    "into".split()
)
"""Words that carry no content of their own in a phrase."""

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


def tokens(text: str) -> list[str]:
    """Lower-case words; digits become the words they are spoken as (``54.99`` is fifty four ninety nine)."""
    found = _TOKEN.findall(text.lower().replace("’", "'"))
    if not any(token[0].isdigit() for token in found):
        return found
    spoken: list[str] = []
    for token in found:
        spoken.extend(_number_words(token) if token[0].isdigit() else (token,))
    return spoken


@functools.lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its ending, so that refund, refunded and refunding are one."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of every word of the text."""
    return frozenset(map(stem, tokens(text)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words to listen for, in any order and form. ``needed`` of the ``content`` stems must be there."""

    content: frozenset[str]
    needed: int

    @classmethod
    def of(cls, text: str) -> Phrase:
        """Up to three content words must all be heard; of four and more, one may be missing."""
        words = tokens(text)
        content = frozenset(stem(word) for word in words if word not in STOP_WORDS) or frozenset(map(stem, words))
        return cls(content, len(content) if len(content) < 4 else len(content) - 1)

    def heard_in(self, spoken: frozenset[str] | set[str]) -> frozenset[str]:
        """The stems that were heard, or nothing when they are too few."""
        both = self.content & spoken
        return both if len(both) >= self.needed else frozenset()


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Each text as a phrase."""
    return tuple(Phrase.of(text) for text in texts)


def longest_heard(wanted: Iterable[Phrase], spoken: frozenset[str] | set[str]) -> frozenset[str]:
    """Of the phrases that were heard, the stems of the one with most of them."""
    best: frozenset[str] = frozenset()
    for phrase in wanted:
        both = phrase.content & spoken
        if len(both) >= phrase.needed and len(both) > len(best):
            best = both
    return best


def affirmed(words: list[str]) -> list[bool]:
    """For each word, whether it stands outside a negation (``I can't refund it but I can credit it``)."""
    free: list[bool] = []
    reach = 0
    for index, word in enumerate(words):
        if word in _CONTRASTS:
            reach = 0
        elif word in NEGATIONS and not _harmless(words, index):
            reach = _NEGATION_REACH
        free.append(reach == 0)
        reach = max(0, reach - 1)
    return free


def _harmless(words: list[str], index: int) -> bool:
    following = words[index + 1] if index + 1 < len(words) else ""
    before = words[index - 1] if index else ""
    return following in _HARMLESS_AFTER_NEGATION or before in _HARMLESS_BEFORE_NEGATION


def _number_words(digits: str) -> tuple[str, ...]:
    """Up to 99 as a number, three digits and more one by one (an account, a flight)."""
    if len(digits) > 2:
        return tuple(_ONES[int(digit)] for digit in digits)
    number = int(digits)
    if number < 20:
        return (_ONES[number],)
    tens, ones = divmod(number, 10)
    return (_TENS[tens - 2], _ONES[ones]) if ones else (_TENS[tens - 2],)
