"""Sentences that were said again, in this call or in calls before: a caller hears when something is recited.

A score counts a technique once, however often it comes; so reciting gains nothing, and here it is seen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicecoach.review.curve import Story

ALIKE_FROM = 0.8
"""The share of words in common, in order, from which two sentences are the same one (start)."""

SHORTEST_WORDS = 4
"""Shorter ones ("thank you", "go on please") are manners."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_WORDS = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A sentence with the times (seconds of the call) at which it was said; ``before``: in how many earlier calls."""

    text: str
    at_seconds: tuple[float, ...]
    before: int = 0


def repeats(story: Story, earlier_calls: Sequence[Iterable[str]] = ()) -> tuple[Repeat, ...]:
    """What was said twice or more in this call, or in earlier calls too, the most repeated first.

    ``earlier_calls`` are the trainee's turns of each call before.
    """
    groups: list[tuple[str, list[str], list[float]]] = []
    for turn in story.turns:
        if turn.who != "trainee":
            continue
        for sentence in sentences(turn.text):
            words = _words(sentence)
            group = next((g for g in groups if alike(g[1], words)), None)
            if group is None:
                groups.append((sentence, words, [turn.start]))
            else:
                group[2].append(turn.start)
    before = [[_words(s) for text in call for s in sentences(text)] for call in earlier_calls]
    found = [
        Repeat(text, tuple(times), sum(any(alike(words, other) for other in call) for call in before))
        for text, words, times in groups
    ]
    worth = [each for each in found if len(each.at_seconds) > 1 or each.before > 1]
    return tuple(sorted(worth, key=lambda each: (-len(each.at_seconds) - each.before, each.at_seconds)))


def sentences(text: str) -> list[str]:
    """The sentences of a turn that are long enough to be recited; recognised text has no full stops and is one."""
    return [part for part in _SENTENCE_END.split(text) if len(_words(part)) >= SHORTEST_WORDS]


def alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether these are the same sentence."""
    shorter, longer = sorted((len(words), len(others)))
    if 2 * shorter < ALIKE_FROM * (shorter + longer):
        return False
    return difflib.SequenceMatcher(None, words, others, autojunk=False).ratio() >= ALIKE_FROM


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.lower())
