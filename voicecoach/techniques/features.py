"""What the learned detector looks at in a turn: phrases, words, their classes and kin, marks, the caller's words.

A feature is a name and the tokens it stands on; names are turned into numbers by ``zlib.crc32``, so that the model
needs no dictionary of words. The same turn always gives the same features in the same order.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from voicecoach.techniques.kin import GRAINS, groups_of
from voicecoach.techniques.lexicon import CLASSES, LIGHT
from voicecoach.techniques.normalise import Tokens, tokenise
from voicecoach.techniques.rules import Hit

Feature = tuple[str, int, int]
"""Name, and the half-open range of tokens it stands on ((0, 0): on the turn as a whole)."""

LENGTHS = (1, 2, 3, 5, 8, 12, 18, 25)
_OPEN_WORDS = frozenset(
    """the a an to of and or is are was were be been it that this i you we he she they me my your our us them his her
    its so on in at for with as by from up out not do did does have has had will would can could should just no yes
    what when there here if but then now all about""".split()
)
_MARKS = re.compile(r"([.?!]+)")
MOST_SENTENCES = 60


def _classes() -> dict[str, tuple[str, ...]]:
    of: dict[str, list[str]] = {}
    for name, words in CLASSES.items():
        for word in words:
            if " " not in word:
                of.setdefault(word, []).append("@" + name)
    return {word: tuple(names) for word, names in of.items()}


_CLASSES_OF = _classes()


def number(name: str) -> int:
    """The number of a feature name."""
    return zlib.crc32(name.encode())


def features(text: str, context: str, tokens: Tokens, hits: Sequence[Hit]) -> list[Feature]:
    """All features of a turn; names may repeat (a feature counts once, on the first place it stands on)."""
    found = _from_phrases(hits, len(tokens.texts))
    found += _from_words(tokens.texts)
    found += _from_kin(tokens.texts)
    found += _from_length(len(tokens.texts))
    found += _from_punctuation(text)
    found += _from_context(tokens.texts, context)
    return found


def _from_phrases(hits: Sequence[Hit], length: int) -> list[Feature]:
    found: list[Feature] = []
    said: dict[str, int] = {}
    for hit in hits:
        said[hit.list.id] = said.get(hit.list.id, 0) + 1
        found.append((f"p {hit.list.id} {hit.phrase}", hit.start, hit.end))
        found.append((f"l {hit.list.name}", hit.start, hit.end))
        found.append((f"h {hit.list.id} {hit.list.why}", hit.start, hit.end))
        found.append((f"i {hit.list.id}", hit.start, hit.end))
        if hit.start == 0:
            found.append((f"ls {hit.list.name}", hit.start, hit.end))
        if hit.end == length:
            found.append((f"le {hit.list.name}", hit.start, hit.end))
        if said[hit.list.id] in (2, 4):
            found.append((f"i{said[hit.list.id]} {hit.list.id}", hit.start, hit.end))
    return found


def _from_words(texts: Sequence[str]) -> list[Feature]:
    words = ["<", *texts, ">"]
    kinds = [_CLASSES_OF[word][0] if word in _CLASSES_OF else word for word in words]
    shape = [kind if kind[0] in "@<>" or kind in _OPEN_WORDS else "#" for kind in kinds]
    found: list[Feature] = []
    found += _runs("w", words, (1, 2, 3))
    found += _runs("c", kinds, (1, 2, 3, 4))
    found += _runs("s", shape, (3, 4, 5))
    for place, word in enumerate(texts):
        for kind in _CLASSES_OF.get(word, ()):
            found.append((f"k {kind}", place, place + 1))
    return found


def _from_kin(texts: Sequence[str]) -> list[Feature]:
    """Runs with the groups of kindred words in place of all but the open words."""
    groups = [None if word in _OPEN_WORDS else groups_of(word) for word in texts]
    found: list[Feature] = []
    for grain in range(GRAINS):
        named = [word if group is None else group[grain] for word, group in zip(texts, groups, strict=True)]
        runs = _runs(f"g{grain}", ["<", *named, ">"], (1, 2, 3))
        found += [run for run in runs if "=" in run[0]]
    return found


def _runs(kind: str, words: Sequence[str], sizes: Sequence[int]) -> list[Feature]:
    last = len(words) - 2
    return [
        (f"{kind} " + " ".join(words[place : place + size]), max(place - 1, 0), min(place - 1 + size, last))
        for size in sizes
        for place in range(len(words) - size + 1)
    ]


def _from_length(length: int) -> list[Feature]:
    return [(f"n {most}", 0, 0) for most in LENGTHS if length <= most]


def _from_punctuation(text: str) -> list[Feature]:
    """Only typed lines have any; a recogniser writes none, and the model is trained on both."""
    names = [f"? {mark}" for mark in ("!", "...") if mark in text]
    questions = text.count("?")
    if questions:
        names.append("? q")
        names += ["? q>"] if text.rstrip().endswith("?") else []
        names += ["? q2"] if questions > 1 else []
    pieces = _MARKS.split(text, maxsplit=MOST_SENTENCES)
    for sentence, marks in zip(pieces[::2], pieces[1::2], strict=False):
        texts = tokenise(sentence).texts
        if texts:
            end = marks[-1]
            names += [f"?s {end} " + " ".join(texts[:size]) for size in (1, 2, 3)]
            names += [f"?e {end} {texts[-1]}", f"?n {end} {min(len(texts), 6)}"]
            if end == "?":
                names += [f"?w {word}" for word in texts]
                names += [f"?k {kind}" for word in texts for kind in _CLASSES_OF.get(word, ())]
    return [(name, 0, 0) for name in names]


def _from_context(texts: Sequence[str], context: str) -> list[Feature]:
    heard = tokenise(context).texts
    if not heard:
        return [("x none", 0, 0)]
    names = [f"x {_stem(word)}" for word in set(heard)]
    names += [f"xk {kind}" for word in set(heard) for kind in _CLASSES_OF.get(word, ())]
    names += ["x " + " ".join(heard[place : place + 2]) for place in range(len(heard) - 1)]
    names += [f"x? {mark}" for mark in ("(", "*", "?", "!") if mark in context]
    echoed = {_stem(word) for word in heard if word not in _OPEN_WORDS and word not in LIGHT}
    own = {_stem(word) for word in texts if word not in _OPEN_WORDS and word not in LIGHT}
    shared = len(echoed & own)
    names += [f"xo {most}" for most in (1, 2, 3, 4) if shared >= most]
    if own and shared * 2 > len(own):
        names.append("xo half")
    if any(_is_number(word) and word in texts for word in heard):
        names.append("xo number")
    found = [(name, 0, 0) for name in sorted(names)]
    echo = ["<", *(_echo(word, echoed) for word in texts), ">"]
    return found + [run for run in _runs("e", echo, (1, 2, 3)) if "=" in run[0]]


def _echo(word: str, echoed: set[str]) -> str:
    if word in _CLASSES_OF:
        return _CLASSES_OF[word][0]
    return "=" if word not in _OPEN_WORDS and _stem(word) in echoed else word


def _is_number(word: str) -> bool:
    return word.isdigit() or "@num" in _CLASSES_OF.get(word, ())


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
