"""Golden calls: scripted turns with what is expected of them, so that an edit which spoils a caller is seen at once.

::

    call: handled well               # what it shows
    seeds: [1, 2, 3]                 # it must hold for each; [1] if not given
    turns:                           # as in a script of turns
      - say: "So you were charged twice, on the third. Is that right?"
        expect:                      # right after this turn was heard and answered
          anger: [5, 7.5]            # from .. to; or {below: 7}, {above: 5}
          change: {below: 0}         # by how much this turn moved the anger
          heard: {above: 0.3}
          resolution: 0
          band: [angry, annoyed]     # one of these
          hears: [paraphrase]        # all of these techniques and mistakes were heard in it
          says: confirm              # a line of this move (or of one of these): vent, react.empathize, fact.date ...
    expect: {outcome: resolved, anger: {below: 3}}     # of the whole call

They lie beside the callers, in ``golden/ID/*.yaml``, and are played by ``persona check`` and by the tests.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap

from voicecoach.call.script import Turn, only_keys, script_document, scripted_turns
from voicecoach.errors import ScriptError
from voicecoach.persona.problems import near
from voicecoach.persona.shelf import SUFFIX, PersonaFile
from voicecoach.techniques.ids import IDS
from voicecoach.values import Band, Outcome

FOLDER = "golden"
DEFAULT_SEEDS = (1,)
SEEDS_LIMIT = 20

_NUMBERS = frozenset({"anger", "change", "heard", "resolution"})
_NAMES: dict[str, Sequence[str] | None] = {
    "band": [band.value for band in Band],
    "outcome": [outcome.value for outcome in Outcome],
    "hears": sorted(IDS),
    "says": None,  # depends on the caller
}
_OF_A_CALL = frozenset({"outcome", "anger", "heard", "resolution", "band"})


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``low`` to ``high``, both included."""

    low: float = -math.inf
    high: float = math.inf

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        if self.low == -math.inf:
            return f"at most {self.high:g}"
        return f"at least {self.low:g}" if self.high == math.inf else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing expected: ``what`` (anger, band, says ...), at this line of the file."""

    what: str
    line: int
    wanted: Range | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenTurn:
    """A scripted turn and what is expected right after it."""

    turn: Turn
    line: int
    expected: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class GoldenCall:
    """One file: ``title`` says what it shows, ``expected`` is of the whole call."""

    file: str
    title: str
    seeds: tuple[int, ...]
    turns: tuple[GoldenTurn, ...]
    expected: tuple[Expectation, ...]


def golden_files(persona_file: PersonaFile) -> list[PersonaFile]:
    """The golden calls that lie beside a persona file, by name."""
    beside: Any = persona_file.parent if hasattr(persona_file, "parent") else None
    if beside is None:
        return []
    folder = beside / FOLDER / persona_file.name.removesuffix(SUFFIX)
    if not folder.is_dir():
        return []
    files = [file for file in folder.iterdir() if file.name.endswith((SUFFIX, ".yml"))]
    return sorted(files, key=lambda file: str(file.name))


def parse_golden(text: str, name: str) -> GoldenCall:
    """The golden call in this text; ``name`` stands for the file in errors. Raises ``ScriptError``."""
    data = script_document(text, name)
    title = data.get("call", "")
    if not isinstance(title, str):
        raise ScriptError(f"call cannot be {title!r}", where=_where(data, "call", name), remedy="write a few words")
    turns = tuple(
        GoldenTurn(turn, line, _expected(item, name, frozenset(_NAMES) | _NUMBERS))
        for turn, item, line in scripted_turns(data, name)
    )
    expected = _expected(data, name, _OF_A_CALL)
    if not expected and not any(turn.expected for turn in turns):
        raise ScriptError("expects nothing", where=f"{name}:1", remedy="add `expect: {outcome: resolved}`")
    return GoldenCall(name, title, _seeds(data, name), turns, expected)


def _seeds(data: CommentedMap, name: str) -> tuple[int, ...]:
    given = data.get("seeds", list(DEFAULT_SEEDS))
    seeds = [given] if isinstance(given, int) else given
    fits = isinstance(seeds, list) and 0 < len(seeds) <= SEEDS_LIMIT
    if not fits or not all(isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0 for seed in seeds):
        remedy = f"write up to {SEEDS_LIMIT} whole numbers: [1, 2, 3]"
        raise ScriptError(f"seeds cannot be {given!r}", where=_where(data, "seeds", name), remedy=remedy)
    return tuple(seeds)


def _expected(item: CommentedMap, name: str, known: frozenset[str]) -> tuple[Expectation, ...]:
    if "expect" not in item:
        return ()
    where, given = _where(item, "expect", name), item["expect"]
    if not isinstance(given, CommentedMap):
        raise ScriptError(f"expect cannot be {given!r}", where=where, remedy="write `expect: {anger: [5, 7]}`")
    only_keys(known, given, where)
    return tuple(_expectation(given, key, name) for key in given)


def _expectation(given: CommentedMap, key: str, name: str) -> Expectation:
    where, value = _where(given, key, name), given[key]
    line = int(where.rpartition(":")[2])
    if key in _NUMBERS:
        return Expectation(key, line, _range(value, key, where))
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(each, str) for each in names):
        raise ScriptError(f"{key} cannot be {value!r}", where=where, remedy="write a name, or a list of names")
    known = _NAMES[key]
    for each in names:
        if known is not None and each not in known:
            raise ScriptError(f"unknown {key} `{each}`", where=where, remedy=near(each, known, key))
    return Expectation(key, line, tuple(names))


def _range(value: Any, key: str, where: str) -> Range:
    low = high = value
    if isinstance(value, list) and len(value) == 2:
        low, high = value
    elif isinstance(value, CommentedMap) and value and set(value) <= {"above", "below"}:
        low, high = value.get("above", -math.inf), value.get("below", math.inf)
    if any(isinstance(end, bool) or not isinstance(end, (int, float)) or math.isnan(end) for end in (low, high)):
        remedy = "write [from, to], {below: 5} or {above: 5}"
        raise ScriptError(f"{key} cannot be {value!r}", where=where, remedy=remedy)
    if low > high:
        raise ScriptError(f"{key} cannot be from {low:g} to {high:g}", where=where, remedy="the smaller number first")
    return Range(float(low), float(high))


def _where(item: CommentedMap, key: str, name: str) -> str:
    return f"{name}:{item.lc.key(key)[0] + 1}"
