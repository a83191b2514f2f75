"""What a recogniser does to a line: no punctuation, and the mistakes counted in ``confusions.json``.

Where the count says nothing about a word, homophones made up by hand are mixed up.
"""

from __future__ import annotations

import random
import re
import zlib
from bisect import bisect
from collections.abc import Mapping
from functools import cache
from itertools import accumulate

from models.recipe.words import spoken_words
from training.confusions import LONGEST, Confusions, read
from training.lines_data import Line

SPHINX_SHARE = 0.1
"""Share of the lines that PocketSphinx hears. It is what a call falls back on, and mistakes nearly every second word:
too many such lines would teach what no line says."""

MIX_UP = 0.1
"""Share of the homophones not counted that come out as their twin."""

TWINS = {
    word: [other for other in group.split() if other != word]
    for group in (
        "there their they're|your you're|to two too|for four|i'll all i'd|we'll will|hear here|know no|right write|"
        "it's its is|can't can|wait weight|hour our|hours ours|by buy bye|sorry sari|whole hole|one won|sent cent|"
        "passed past|were we're where|your yore|mail male|fair fare|write right|new knew|week weak|see sea|be bee|"
        "would wood|piece peace|break brake|check czech|it is|a the|an and|in and|that's that|i've i|he's his|"
        "what's what|let's lets|don't don|didn't did|won't want|isn't is|line lying|hold old|calm come|note no"
    ).split("|")
    for word in group.split()
}


def plain(text: str) -> str:
    """Lower case, no punctuation."""
    return " ".join(re.sub(r"[^\w' ]+", " ", text.lower().replace("’", "'")).split())


def as_recognised(line: Line) -> Line:
    """The line as a clean recogniser writes it."""
    return Line(line.writer, plain(line.text), plain(line.context), line.labels)


def misheard(line: Line) -> Line:
    """The line as a recogniser writes it on a usual day; always the same for the same line."""
    chance = random.Random(zlib.crc32(line.text.encode()))
    confusions = read()["sphinx" if chance.random() < SPHINX_SHARE else "vosk"]
    words = mistaken(spoken_words(line.text), confusions, chance)
    return Line(line.writer, " ".join(words) or plain(line.text), plain(line.context), line.labels)


def mistaken(said: list[str], confusions: Confusions, chance: random.Random) -> list[str]:
    """The words as this recogniser hears them, each mistake as often as it was counted."""
    known = _known(tuple(confusions.known))
    heard: list[str] = []
    at = 0
    while at < len(said):
        for size in range(min(LONGEST, len(said) - at), 0, -1):
            phrase = " ".join(said[at : at + size])
            other = _other(confusions.pairs.get(phrase, {}), chance)
            if other is not None:
                heard += other.split()
                at += size
                break
        else:
            heard += _otherwise(said[at], said[at] in known, confusions, chance)
            at += 1
        if confusions.put_in and chance.random() < confusions.rest["put_in"]:
            heard.append(_drawn(confusions.put_in, chance))
    return heard


def _otherwise(word: str, known: bool, confusions: Confusions, chance: random.Random) -> list[str]:
    """A word that no counted pair has changed: lost, another word, its homophone, or as it was said."""
    if not known and word in TWINS and chance.random() < MIX_UP:
        return [chance.choice(TWINS[word])]
    throw = chance.random() - confusions.rest["lost"]
    if throw < 0:
        return []
    if throw < confusions.rest["substituted"] and confusions.instead:
        return [_drawn(confusions.instead, chance)]
    return [word]


def _other(shares: Mapping[str, float], chance: random.Random) -> str | None:
    """What is heard for the words ("" when they are lost); None when no pair is drawn."""
    if not shares:
        return None
    place = bisect(list(accumulate(shares.values())), chance.random())
    return [*shares, None][place]


def _drawn(shares: Mapping[str, float], chance: random.Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


@cache
def _known(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
