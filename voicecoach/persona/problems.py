"""What is wrong with a persona's data, told as one line: file, line, what, and how to mend it."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from voicecoach.errors import PersonaError
from voicecoach.persona.file import Persona
from voicecoach.persona.yaml_tree import Path, Place

ErrorDetails = Mapping[str, Any]

_NOT_IN_FILES = frozenset({"inherited_lines", "own_fields"})
"""Fields of a persona that its file does not have: they are made of it."""

_PARTS = ("briefing", "temper", "voice", "wants", "lines")
"""Where a field may have been meant to stand."""


class Places:
    """Finds the place of a value by its path, or of the nearest thing around it that has one."""

    def __init__(self, values: Mapping[Path, Place], keys: Mapping[Path, Place], whole: Place) -> None:
        self._values = values
        self._keys = keys
        self._whole = whole

    def over(self, above: Places) -> Places:
        """These places, and those of what is inherited; inherited lines are found under ``inherited_lines``."""
        values = {_below(path): place for path, place in above._values.items()}
        keys = {_below(path): place for path, place in above._keys.items()}
        return Places({**values, **self._values}, {**keys, **self._keys}, self._whole)

    def of_key(self, path: Path) -> Place:
        """Where the key stands (for a key that should not be there)."""
        return self._keys.get(path) or self.of(path)

    def of(self, path: Path) -> Place:
        """Where the value stands; a plain list of lines counts as its ``any`` band."""
        for candidate in (path, tuple(part for part in path if part != "any")):
            if candidate in self._values:
                return self._values[candidate]
        while path:
            path = path[:-1]
            bare = tuple(part for part in path if part != "any")
            for candidate in (path, bare):
                if candidate and candidate in self._values:
                    return self._values[candidate]
        return self._whole


def _below(path: Path) -> Path:
    """Where an inherited value's path leads in the persona that inherits it."""
    match path:
        case ("lines", *rest):
            return ("inherited_lines", 0, *rest)
        case ("inherited_lines", int() as layer, *rest):
            return ("inherited_lines", layer + 1, *rest)
    return path


def told(details: Sequence[ErrorDetails], places: Places) -> list[PersonaError]:
    """Everything that the checker of types found wrong, from the top of the file.

    A field that is missing beside one that nobody knows and that is spelt much like it is that one, misspelt.
    """
    misspelt = {(*item["loc"][:-1], near_to) for item in details for near_to in _meant(item)}
    missed = [item for item in details if not (item["type"] == "missing" and item["loc"] in misspelt)]
    found = [_told_one(item, places) for item in missed]
    return [error for _, error in sorted(found, key=lambda pair: (pair[0].file, pair[0].line))]


def _meant(details: ErrorDetails) -> list[str]:
    """The known fields that an unknown one may be a misspelling of."""
    if details["type"] != "extra_forbidden":
        return []
    path = details["loc"]
    return difflib.get_close_matches(str(path[-1]), sorted(_fields_at(path[:-1])), 3)


def _told_one(details: Any, places: Places) -> tuple[Place, PersonaError]:
    path: Path = tuple(part for part in details["loc"] if part != "[key]")
    field = path[-1] if path else "persona"
    kind = details["type"]
    if kind == "extra_forbidden":
        place = places.of_key(path)
        remedy = f"{_nearest(path)} (a field of your own begins with `x-`)"
        return place, PersonaError(f"unknown field `{field}`", where=str(place), remedy=remedy)
    if kind == "missing":
        place = places.of(path[:-1])
        where = f" in `{'.'.join(map(str, path[:-1]))}`" if path[:-1] else ""
        return place, PersonaError(f"`{field}` is missing{where}", where=str(place), remedy=f"add `{field}:`")
    if details["loc"] and details["loc"][-1] == "[key]":
        place = places.of_key(path)
        return place, PersonaError(f"`{field}` cannot be a key here", where=str(place), remedy=_mended(details))
    place = places.of(path)
    named = ".".join(map(str, path))
    return place, PersonaError(f"`{named}` cannot be {_shown(details)}", where=str(place), remedy=_mended(details))


def _shown(details: ErrorDetails) -> str:
    value = details["input"]
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "empty" if value in (None, "") else f"{value!r}"


def _mended(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    remedies = {
        "string_type": "write words; put numbers in quotes",
        "string_too_short": "write something",
        "float_type": "write a number",
        "float_parsing": "write a number",
        "int_type": "write a whole number",
        "int_parsing": "write a whole number",
        "int_from_float": "write a whole number",
        "bool_parsing": "write true or false",
        "tuple_type": "write a list: lines that begin with `- `",
        "dict_type": "write `key: value` lines below it",
        "model_type": "write `key: value` lines below it",
        "model_attributes_type": "write `key: value` lines below it",
        "string_pattern_mismatch": f"it must match {context.get('pattern')}",
        "literal_error": f"use {context.get('expected')}",
    }
    if kind in remedies:
        return remedies[kind]
    limits = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    if kind in limits:
        return f"it must be {words[limits[kind]]} {context[limits[kind]]:g}"
    return str(details["msg"]).lower()


def near(name: str, known: Sequence[str], what: str) -> str:
    """Advice for an unknown name: the nearest known one, or all of them."""
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean `{close[0]}`?" if close else f"every known {what}: {', '.join(known)}"


def _nearest(path: Path) -> str:
    known = sorted(_fields_at(path[:-1]))
    name = str(path[-1])
    if not difflib.get_close_matches(name, known, 1):
        homes = [part for part in _PARTS if name in _fields_at((part,))]
        if homes:
            return f"it belongs under `{homes[0]}`: indent it there"
    return near(name, known, "field")


def _fields_at(path: Path) -> Iterable[str]:
    model: Any = Persona
    for part in path:
        model = _step(model, part)
    fields = model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else ()
    return [name for name in fields if name not in _NOT_IN_FILES]


def _step(model: Any, part: str | int) -> Any:
    """The type one step down; through optional, mapping and tuple types."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        field = model.model_fields.get(str(part))
        return _unwrapped(field.annotation) if field is not None else None
    arguments = get_args(model)
    return _unwrapped(arguments[1] if get_origin(model) is dict else arguments[0]) if arguments else None


def _unwrapped(annotation: Any) -> Any:
    if get_origin(annotation) is types.UnionType:
        return next(argument for argument in get_args(annotation) if argument is not type(None))
    return annotation
