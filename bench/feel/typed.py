"""Turns as others typed them, with pauses where they have marks and some in mid-phrase.

Nothing is fitted to them, but the rules of ``training.turn_ends`` were chosen with a look at what they show.

The lines are those that the detector is measured on (``bench.detect_lines``), where they lie beside the project.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Iterator

from bench.detect_lines import labelled_lines
from bench.feel.spoken import Script

TURNS = 125
MOST_SEGMENTS = 5
AT_A_MARK, IN_MID_PHRASE = 0.6, 0.25
"""How often somebody pauses at a mark that is no question's, and once within six words or more."""

LEAST_WORDS_BEFORE_A_PAUSE = 2
_MARKS = re.compile(r"([.!?,;:]+\s+)")


def typed_scripts(seed: int = 7) -> list[Script]:
    """The scripts; none where the lines do not lie beside the project."""
    lines = labelled_lines()
    if lines.prefix:
        return []
    return scripts_of((line.text for line in lines.lines), TURNS, seed)


def scripts_of(texts: Iterable[str], turns: int, seed: int) -> list[Script]:
    """So many of these texts, drawn by lot, as they would be said."""
    chance = random.Random(seed)
    drawn = sorted(texts)
    chance.shuffle(drawn)
    said = (script for script in (_with_pauses(text, chance) for text in drawn) if _can_be_said(script))
    return list(itertools.islice(said, turns))


def _with_pauses(text: str, chance: random.Random) -> Script:
    segments: list[str] = []
    kinds: list[str] = []
    so_far = ""
    for clause, mark in _clauses(text):
        words = clause.split()
        if len(words) >= 3 * LEAST_WORDS_BEFORE_A_PAUSE and chance.random() < IN_MID_PHRASE:
            at = chance.randrange(LEAST_WORDS_BEFORE_A_PAUSE, len(words) - LEAST_WORDS_BEFORE_A_PAUSE)
            segments.append(f"{so_far} {' '.join(words[:at])}".strip())
            kinds.append("o")
            so_far = " ".join(words[at:])
        else:
            so_far = f"{so_far} {clause}".strip()
        if not mark:
            break
        if "?" not in mark and chance.random() < AT_A_MARK:  # who asks and falls silent waits for an answer
            segments.append(so_far)
            kinds.append("s" if mark[0] in ".!" else "c")
            so_far = ""
        else:
            so_far += mark[0]
    return Script((*segments, so_far), tuple(kinds))


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each with the mark after it, "" after the last."""
    parts = _MARKS.split(text.strip())
    yield from zip(parts[::2], [*parts[1::2], ""], strict=True)


def _can_be_said(script: Script) -> bool:
    spoken = all(re.search("[A-Za-z]", segment) for segment in script.segments)
    return spoken and len(script.segments) <= MOST_SEGMENTS
