"""The sentences the language model learns from, and the vocabulary.

Three sources: `text/sentences.txt` (written for this model), `text/templates.txt` (sentences with slots), and the
repository's labelled agent lines. The held-out sentences are never among them.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from .settings import AGENT_LINES_DIR, EXTRA_WORDS_FILE, HELD_OUT_FILE, TEXT_DIR, VOCABULARY_FILE
from .words import spoken_pieces, spoken_words

_SEED = 11
_FILLINGS_PER_TEMPLATE = 40
_TEMPLATE_WEIGHT = 0.06  # a filled template counts less than a sentence somebody wrote
_CALLER_WEIGHT = 0.3  # what callers say before the agent is the same subject in other words
_LEAST_OCCURRENCES = 2  # of a word outside the vocabulary in the agent lines, to be taken in
_SLOT = re.compile(r"\{(\w+)\}")
WeightedSentence = tuple[list[str], float]


def _lines(name: str) -> list[str]:
    text = (TEXT_DIR / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _labelled_pieces(field: str) -> Iterator[list[str]]:
    """Sentences of the labelled agent lines: their "text", or the caller's "context" before it; each line once."""
    seen: set[str] = set()
    for file in sorted(AGENT_LINES_DIR.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get(field, "") if line.strip() else ""
            if text not in seen:
                seen.add(text)
                yield from spoken_pieces(text)


def _filled_templates() -> Iterator[list[str]]:
    """Each template with its slots filled in many ways, the same ways every time."""
    slots = {name: values.split("|") for name, values in (line.split("=", 1) for line in _lines("slots.txt"))}
    random = np.random.default_rng(_SEED)
    for template in _lines("templates.txt"):
        names = _SLOT.findall(template)
        ways = int(np.prod([len(slots[name]) for name in names])) if names else 1
        if ways <= _FILLINGS_PER_TEMPLATE:
            fillings = list(itertools.product(*(slots[name] for name in names)))
        else:
            fillings = [tuple(random.choice(slots[name]) for name in names) for _ in range(_FILLINGS_PER_TEMPLATE)]
        for filling in fillings:
            text = template
            for name, value in zip(names, filling, strict=True):
                text = text.replace("{" + name + "}", value, 1)
            yield spoken_words(text)


def held_out_sentences() -> list[list[str]]:
    """The sentences kept for measuring."""
    return [spoken_words(line) for line in HELD_OUT_FILE.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_vocabulary() -> list[str]:
    """Sorted words: both word files, and what is frequent in the agent lines."""
    words = set(VOCABULARY_FILE.read_text(encoding="utf-8").split())
    words |= {word for line in EXTRA_WORDS_FILE.read_text(encoding="utf-8").splitlines() for word in _listed(line)}
    heard = Counter(word for piece in _labelled_pieces("text") for word in piece)
    words |= {word for word, times in heard.items() if times >= _LEAST_OCCURRENCES}
    return sorted(words)


def _listed(line: str) -> list[str]:
    return [] if line.startswith("#") else spoken_words(line)


def language_sentences(vocabulary: list[str]) -> list[WeightedSentence]:
    """Weighted sentences, cut where a word is outside the vocabulary."""
    known, forbidden = set(vocabulary), {tuple(sentence) for sentence in held_out_sentences()}
    written = itertools.chain.from_iterable(spoken_pieces(line) for line in _lines("sentences.txt"))
    sources = (
        (written, 1.0),
        (_labelled_pieces("text"), 1.0),
        (_labelled_pieces("context"), _CALLER_WEIGHT),
        (_filled_templates(), _TEMPLATE_WEIGHT),
    )
    result = []
    for pieces, weight in sources:
        for piece in pieces:
            if tuple(piece) not in forbidden:
                result += [(part, weight) for part in _known_parts(piece, known)]
    return result


def _known_parts(words: list[str], known: set[str]) -> list[list[str]]:
    groups = itertools.groupby(words, key=known.__contains__)
    return [list(group) for is_known, group in groups if is_known]
