"""A small language for things people say, and the automaton that finds them.

A phrase is words with: ``a|b`` either word, ``@name`` a word class, ``(two words|another)`` either run of words,
``[...]`` may be left out, ``*`` any one word, ``~`` up to three words of any kind (``~5`` up to five), ``<`` the turn
begins here, ``>`` it ends here. Adverbs and other light words may stand anywhere inside. All phrases together become
one automaton, whose states are worked out the first time they are needed: the time a turn takes does not grow with the
number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DEFAULT_GAP_WORDS = 3
MOST_STATES = 60_000
"""Worked-out states kept in memory; beyond this they are forgotten and worked out again."""

_PARTS = re.compile(r"~\d*|[\[\]()|<>*]|@\w+|[\w']+")
_EDGE = "\x00edge"


class PhraseError(ValueError):
    """A phrase that does not follow the language; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Found:
    """Phrase list number ``rule`` matched the tokens ``start`` to ``end`` (half-open)."""

    rule: int
    start: int
    end: int


class _Net:
    """Nodes with labelled edges; node 0 is where every phrase begins."""

    def __init__(self) -> None:
        self.edges: list[dict[str, list[int]]] = [{}]
        self.empty: list[list[int]] = [[]]
        self.accepts: list[list[int]] = [[]]
        self._shared: dict[tuple[int, str], int] = {}

    def node(self) -> int:
        self.edges.append({})
        self.empty.append([])
        self.accepts.append([])
        return len(self.edges) - 1

    def follow(self, node: int, label: str) -> int:
        """The node after ``label``, shared between phrases that begin alike."""
        key = (node, label)
        if key not in self._shared:
            self._shared[key] = self.node()
            self.link(node, label, self._shared[key])
        return self._shared[key]

    def share(self, node: int, choice: str) -> tuple[int, bool]:
        """The node after a choice of words, and whether it is new and still has to be linked."""
        key = (node, _EDGE + choice)
        fresh = key not in self._shared
        if fresh:
            self._shared[key] = self.node()
        return self._shared[key], fresh

    def link(self, node: int, label: str, target: int) -> None:
        self.edges[node].setdefault(label, []).append(target)


class _Reader:
    """Reads one phrase into the net."""

    def __init__(self, net: _Net, phrase: str, classes: Mapping[str, Sequence[str]]) -> None:
        self._net = net
        self._phrase = phrase
        self._classes = classes
        self._parts: list[str] = _PARTS.findall(phrase)
        self._at = 0
        if "".join(self._parts) != re.sub(r"\s+", "", phrase):
            raise PhraseError(f"{phrase!r} holds a character that is not part of the phrase language")

    def read(self, rule: int) -> None:
        last = self._sequence(0, "")
        if self._at < len(self._parts):
            raise PhraseError(f"{self._phrase!r} has a {self._parts[self._at]!r} too many")
        if last == 0:
            raise PhraseError("a phrase needs at least one word")
        self._net.accepts[last].append(rule)

    def _sequence(self, node: int, closing: str) -> int:
        while self._at < len(self._parts) and self._parts[self._at] not in ("|", "]", ")"):
            node = self._element(node)
        if closing and (self._at >= len(self._parts) or self._parts[self._at] not in ("|", closing)):
            raise PhraseError(f"{self._phrase!r} lacks a {closing!r}")
        return node

    def _element(self, node: int) -> int:
        part = self._parts[self._at]
        if part in ("[", "("):
            return self._group(node, part)
        words = [self._take()]
        while self._peek() == "|" and self._at + 1 < len(self._parts) and words[-1][0] not in "~<>*":
            self._at += 1
            words.append(self._take())
        return self._words(node, words)

    def _take(self) -> str:
        self._at += 1
        return self._parts[self._at - 1]

    def _peek(self) -> str:
        return self._parts[self._at] if self._at < len(self._parts) else ""

    def _words(self, node: int, words: list[str]) -> int:
        if words[0][0] == "~":
            return self._gap(node, int(words[0][1:] or DEFAULT_GAP_WORDS))
        if words[0] in ("<", ">"):
            return self._net.follow(node, _EDGE + words[0])
        if len(words) == 1 and words[0][0] != "@":
            return self._net.follow(node, words[0])
        target, fresh = self._net.share(node, "|".join(sorted(words)))
        if fresh:
            for word in words:
                self._link(node, word, target)
        return target

    def _link(self, node: int, word: str, target: int) -> None:
        self._net.link(node, word, target)
        if word[0] == "@":
            if word[1:] not in self._classes:
                raise PhraseError(f"{self._phrase!r} names the word class {word!r}, which there is not")
            for run in self._classes[word[1:]]:
                self._run(node, run.split(), target)

    def _run(self, node: int, words: list[str], target: int) -> None:
        for word in words[:-1]:
            node = self._net.follow(node, word)
        self._net.link(node, words[-1], target)

    def _gap(self, node: int, longest: int) -> int:
        after = self._net.node()
        self._net.empty[node].append(after)
        for _ in range(longest):
            node = self._net.follow(node, "*")
            self._net.empty[node].append(after)
        return after

    def _group(self, node: int, opening: str) -> int:
        closing = "]" if opening == "[" else ")"
        self._at += 1
        after = self._net.node()
        first = self._net.node()
        self._net.empty[node].append(first)
        while True:
            self._net.empty[self._alternative(first, closing)].append(after)
            if self._take() == closing:
                break
        if opening == "[":
            self._net.empty[node].append(after)
        return after

    def _alternative(self, node: int, closing: str) -> int:
        while self._peek() not in ("|", closing):
            if not self._peek():
                raise PhraseError(f"{self._phrase!r} lacks a {closing!r}")
            opening = self._peek()
            node = self._group(node, opening) if opening in ("[", "(") else self._words(node, [self._take()])
        return node


class Automaton:
    """Finds every phrase of every rule in a turn.

    ``rules[n]`` are the phrases whose matches are reported as rule ``n``. ``classes`` maps a class name to its words
    and runs of words; ``light`` words may stand anywhere inside a phrase.
    """

    def __init__(
        self, rules: Iterable[Iterable[str]], classes: Mapping[str, Iterable[str]], light: frozenset[str] = frozenset()
    ) -> None:
        self._light = light
        self._classes_of: dict[str, list[str]] = {}
        runs: dict[str, list[str]] = {}
        for name, words in classes.items():
            runs[name] = []
            for word in words:
                if " " in word:
                    runs[name].append(word)
                else:
                    self._classes_of.setdefault(word, []).append("@" + name)
        self._net = _Net()
        for number, phrases in enumerate(rules):
            for phrase in phrases:
                _Reader(self._net, phrase, runs).read(number)
        self._first: dict[str, set[int]] = {}
        for node in self._closed({0}):
            for label, targets in self._net.edges[node].items():
                self._first.setdefault(label, set()).update(targets)
        self._forget()

    def labels(self, token: str) -> tuple[str, ...]:
        """The token and the classes it belongs to."""
        return (token, *self._classes_of.get(token, ()))

    def find(self, tokens: Sequence[str]) -> list[Found]:
        """The longest match of every rule at every place, in order of place and rule."""
        found: list[Found] = []
        names = (_EDGE + "<", *tokens, _EDGE + ">")
        for start in range(len(names) - 1):
            ends: dict[int, int] = {}
            state = self._start
            for position in range(start, len(names)):
                state = self._step(state, names[position])
                if state == self._dead:
                    break
                for rule in self._accepted[state]:
                    ends[rule] = position + 1
            for rule, end in ends.items():
                first, last = max(start - 1, 0), min(end - 1, len(tokens))
                if last > first:
                    found.append(Found(rule, first, last))
        return sorted(set(found), key=lambda f: (f.start, f.end, f.rule))

    def _forget(self) -> None:
        self._numbers: dict[tuple[frozenset[int], frozenset[int]], int] = {}
        self._sets: list[frozenset[int]] = []
        self._accepted: list[tuple[int, ...]] = []
        self._steps: list[dict[str, int]] = []
        self._dead = self._number(frozenset(), frozenset())
        self._start = self._number(self._closed({0}), frozenset())

    def _number(self, nodes: frozenset[int], stepped: frozenset[int]) -> int:
        key = (nodes, stepped)
        if key not in self._numbers:
            self._numbers[key] = len(self._sets)
            self._sets.append(nodes)
            self._accepted.append(tuple(sorted({rule for node in stepped for rule in self._net.accepts[node]})))
            self._steps.append({})
        return self._numbers[key]

    def _step(self, state: int, token: str) -> int:
        known = self._steps[state].get(token)
        if known is not None:
            return known
        nodes = self._sets[state]
        labels = self.labels(token) if token[0] == "\x00" else (*self.labels(token), "*")
        if state == self._start:  # it has hundreds of nodes: every phrase begins here
            reached = {target for label in labels for target in self._first.get(label, ())}
        else:
            reached = {t for node in nodes for label in labels for t in self._net.edges[node].get(label, ())}
        stepped = self._closed(reached)
        kept = nodes if token in self._light and state != self._start else frozenset()
        if len(self._sets) > MOST_STATES:
            self._forget()
            return self._number(stepped | kept, stepped)
        self._steps[state][token] = self._number(stepped | kept, stepped)
        return self._steps[state][token]

    def _closed(self, nodes: set[int]) -> frozenset[int]:
        open_nodes = list(nodes)
        while open_nodes:
            for target in self._net.empty[open_nodes.pop()]:
                if target not in nodes:
                    nodes.add(target)
                    open_nodes.append(target)
        return frozenset(nodes)
