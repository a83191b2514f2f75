"""YAML text to plain data that remembers its lines.

Built from the parser's events: only mappings, lists and scalars come out, so nothing in a file can run code; it is also
twice as fast as making nodes first. Size, depth and aliases are limited, so that a hostile file is an error and not a
full memory.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from voicecoach.errors import PersonaError

SIZE_LIMIT_BYTES = 256 * 1024
DEPTH_LIMIT = 16
LONGEST_NUMBER = 20

KEPT_TREES = 32
"""Parsing takes a tenth of a second, and every caller extends the same few files: all that are shipped have room."""

Path = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_BEGIN = "begin with `format: 1` and `id: ...`"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; ``str()`` gives ``file:line``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class Tree:
    """The data of one file, and the place of every value and of every key by its path from the top.

    ``problems`` is what can be told without giving up: keys that stand twice, aliases, unusual tags.
    """

    data: dict[str, Any]
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[PersonaError] = field(default_factory=list)


def read_tree(text: str, name: str) -> Tree:
    """The mapping that this YAML text is; ``name`` stands for the file in errors.

    Raises ``PersonaError``: too large, not YAML, not a mapping, too deep, a key that is no word.
    """
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise PersonaError(f"is larger than {SIZE_LIMIT_BYTES // 1024} KiB", where=name, remedy="split it with extends")
    tree = _parsed(text, name)
    return Tree(copy.deepcopy(tree.data), dict(tree.places), dict(tree.keys), list(tree.problems))


@functools.lru_cache(maxsize=KEPT_TREES)
def _parsed(text: str, name: str) -> Tree:
    builder = _Builder(name, _events(text, name))
    data = builder.document()
    if not isinstance(data, dict):
        raise PersonaError("is not a persona: the top must be `key: value` lines", where=f"{name}:1", remedy=_BEGIN)
    return Tree(data, builder.places, builder.keys, builder.problems)


def read_top(text: str, name: str, wanted: tuple[str, ...]) -> dict[str, str]:
    """The plain values of these top-level keys, reading no further than the last of them. Raises ``PersonaError``."""
    found: dict[str, str] = {}
    depth = 0
    key: str | None = None
    for event in _events(text, name):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            key = None
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif depth == 1 and isinstance(event, ScalarEvent):
            if key in wanted:
                found[str(key)] = str(event.value)
            key = str(event.value) if key is None else None
        if len(found) == len(wanted):
            break
    return found


def _events(text: str, name: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        what = f"is not YAML: {error.problem or error.context}"
        raise PersonaError(what, where=f"{name}:{line}", remedy="mend this line") from error
    except YAMLError as error:
        what = f"is not YAML: {str(error).splitlines()[0]}"
        raise PersonaError(what, where=f"{name}:1", remedy="save it as plain UTF-8 text") from error


class _Builder:
    """Events to data, one file."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[PersonaError] = []
        self._name = name
        self._events = events

    def document(self) -> Any:
        for event in self._events:
            if isinstance(event, NodeEvent):
                return self._value(event, ())
        return None

    def _value(self, event: Event, path: Path) -> Any:
        place = Place(self._name, event.start_mark.line + 1)
        self.places[path] = place
        if len(path) > DEPTH_LIMIT:
            raise PersonaError(f"is nested more than {DEPTH_LIMIT} deep", where=str(place), remedy="flatten it")
        if isinstance(event, AliasEvent):
            self._note(f"`*{event.anchor}` points elsewhere", place, "write the value out")
            return f"*{event.anchor}"
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, place)

    def _note(self, what: str, place: Place, remedy: str) -> None:
        self.problems.append(PersonaError(what, where=str(place), remedy=remedy))

    def _scalar(self, event: Any, place: Place) -> Any:
        if event.tag is not None and str(event.tag) not in ("!", "tag:yaml.org,2002:str"):
            self._note(f"unusual tag {event.tag}", place, "write a plain value")
            return str(event.value)
        return _plain(event)

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        for event in self._events:
            if isinstance(event, CollectionEndEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, CollectionEndEvent):
                break
            place = Place(self._name, event.start_mark.line + 1)
            if not isinstance(event, ScalarEvent):
                raise PersonaError("a key must be a plain word", where=str(place), remedy="write `key: value`")
            key = str(event.value)
            if key in data:
                self._note(f"`{key}` stands here twice", place, "take one of them out")
            self.keys[(*path, key)] = place
            data[key] = self._value(next(self._events), (*path, key))
            if data[key] is None:  # its mark is where the next thing stands
                self.places[(*path, key)] = place
        return data


def _plain(event: Any) -> Any:
    text = str(event.value)
    if event.style or event.tag is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if len(text) > LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
