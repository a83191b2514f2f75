"""What pydantic finds wrong in a coach's file, told as one line: file, line, what, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from voicecoach.errors import DataError
from voicecoach.techniques.extension_tree import Path, Tree

FieldsAt = Callable[[Path], Iterable[str]]
"""The fields that are known where the value at this path stands."""


def told(error: ValidationError, tree: Tree, fields_at: FieldsAt) -> DataError:
    """The first thing, from the top of the file, that the checker found wrong.

    A field that is missing beside one that nobody knows is most likely that one, misspelt.
    """
    details = error.errors()
    misspelt = {item["loc"][:-1] for item in details if item["type"] == "extra_forbidden"}
    plain = [item for item in details if not (item["type"] == "missing" and item["loc"][:-1] in misspelt)]
    found = [(tree.line(_path(item)), _told_one(item, tree, fields_at)) for item in plain]
    return min(found, key=lambda pair: pair[0])[1]


def nearest(name: str, known: Iterable[str], what: str) -> str:
    """Advice for an unknown name: the nearest known one, or all of them."""
    close = difflib.get_close_matches(name, list(known), 1)
    return f"did you mean `{close[0]}`?" if close else f"every known {what}: {', '.join(known)}"


def _path(details: Mapping[str, Any]) -> Path:
    return tuple(part for part in details["loc"] if part != "[key]")


def _told_one(details: Mapping[str, Any], tree: Tree, fields_at: FieldsAt) -> DataError:
    path = _path(details)
    field = str(path[-1]) if path else "the file"
    kind = details["type"]
    if kind == "extra_forbidden":
        return tree.error(path, f"unknown field `{field}`", nearest(field, fields_at(path), "field"))
    if kind == "missing":
        return tree.error(path, f"`{field}` is missing", f"add `{field}:`")
    if details["loc"][-1:] == ("[key]",):
        return tree.error(path, f"`{field}` cannot be an id", "use lower-case letters, digits and _, at most 40")
    value = details["input"]
    shown = {dict: "a mapping", list: "a list", type(None): "empty"}.get(type(value), f"{value!r:.60}")
    return tree.error(path, f"`{'.'.join(map(str, path))}` cannot be {shown}", _mended(details))


def _mended(details: Mapping[str, Any]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    remedies = {
        "string_type": "write words; put numbers in quotes",
        "string_too_short": "write something",
        "string_too_long": f"write at most {context.get('max_length')} characters",
        "tuple_type": "write a list: lines that begin with `- `",
        "dict_type": "write `key: value` lines below it",
        "model_type": "write `key: value` lines below it",
        "float_type": "write a number",
        "finite_number": "write a number",
        "literal_error": f"use {context.get('expected')}",
        "greater_than_equal": f"it must be at least {context.get('ge')}",
        "less_than_equal": f"it must be at most {context.get('le')}",
    }
    return remedies.get(kind, str(details["msg"]).lower())
