"""Fields of the author's own: any key that begins with ``x-``. Nothing reads them, and everything keeps them.

Any other field that nobody knows is an error, because most of them are a known one, misspelt.
"""

from __future__ import annotations

import copy
from typing import Any

from voicecoach.persona.yaml_tree import Path

PREFIX = "x-"


def is_own(key: object) -> bool:
    """Whether the field is the author's own."""
    return isinstance(key, str) and key.startswith(PREFIX)


def without_own_fields(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The data without the author's own fields, and those by where they stood, as JSON pointers (RFC 6901)."""
    kept: dict[str, Any] = {}
    return _without(data, (), kept), kept


def with_own_fields(data: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """The author's fields back in their places; those whose place is gone are left out."""
    whole = copy.deepcopy(data)
    for pointer, value in kept.items():
        *path, key = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
        at: Any = whole
        for part in path:
            if isinstance(at, dict):
                at = at.get(part)
            elif isinstance(at, list) and part.isdecimal() and int(part) < len(at):
                at = at[int(part)]
            else:
                at = None
        if isinstance(at, dict):
            at[key] = value
    return whole


def _without(value: Any, path: Path, kept: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_without(item, (*path, index), kept) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    found = {}
    for key, inner in value.items():
        if is_own(key):
            kept["".join(f"/{_escaped(part)}" for part in (*path, key))] = inner
        else:
            found[key] = _without(inner, (*path, key), kept)
    return found


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
