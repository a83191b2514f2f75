"""What a recogniser does to a line, roughly: no punctuation, homophones mixed up, short words lost or put in."""

from __future__ import annotations

import random
import re
import zlib

from training.lines_data import Line

MIX_UP = 0.1
"""Share of the homophones that come out as their twin."""

LOST = 0.03
PUT_IN = 0.02
SMALL = frozenset("a the to of and is it i in on for that will have at be are you your".split())
FILL = ("uh", "um", "the", "a", "and")

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
    """The line as a recogniser writes it on a bad day; always the same for the same line."""
    chance = random.Random(zlib.crc32(line.text.encode()))
    words: list[str] = []
    for word in plain(line.text).split():
        if word in SMALL and chance.random() < LOST:
            continue
        words.append(chance.choice(TWINS[word]) if word in TWINS and chance.random() < MIX_UP else word)
        if chance.random() < PUT_IN:
            words.append(chance.choice(FILL))
    return Line(line.writer, " ".join(words) or plain(line.text), plain(line.context), line.labels)
