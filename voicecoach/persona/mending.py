"""A file with mistakes, made to hold: so that what else is wrong with it can be told in the same breath.

Nothing here is ever played. What is wrong is taken out, what is missing gets a stand-in.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from voicecoach.persona.file import Persona
from voicecoach.persona.problems import ErrorDetails

ROUNDS = 6
"""Taking one thing out may leave another missing; a file that needs more rounds than this is past judging."""

STAND_IN = "stand_in"
_MISSING: dict[str, Any] = {
    "briefing": {"company": STAND_IN, "you_are": STAND_IN, "situation": STAND_IN},
    "wants": {"wanted": []},
    "wanted": [],
    "lines": {},
    "words": [],
    "demand": [],
}


def mended(data: dict[str, Any], details: Sequence[ErrorDetails]) -> Persona | None:
    """The persona that the data would be without these errors; None when it cannot be made out."""
    data = copy.deepcopy(data)
    for _ in range(ROUNDS):
        for item in sorted(details, key=lambda item: [str(part).rjust(8) for part in item["loc"]], reverse=True):
            _mend(data, item)
        try:
            return Persona.model_validate(data)
        except ValidationError as error:
            details = error.errors()
    return None


def _mend(data: dict[str, Any], item: ErrorDetails) -> None:
    path = [part for part in item["loc"] if part != "[key]"]
    if item["type"] == "missing":
        parent = _at(data, path[:-1])
        if isinstance(parent, dict):
            parent[path[-1]] = copy.deepcopy(_MISSING.get(str(path[-1]), STAND_IN))
        return
    while path:
        parent, key = _at(data, path[:-1]), path[-1]
        if isinstance(parent, dict) and key in parent:
            if path[:-1] == ["facts"] and item["type"] != "string_pattern_mismatch":
                parent[key] = {"value": STAND_IN, "said": [STAND_IN]}  # lines may speak of it
            else:
                del parent[key]
            return
        if isinstance(parent, list) and isinstance(key, int) and key < len(parent):
            del parent[key]
            return
        path.pop()


def _at(data: Any, path: Sequence[Any]) -> Any:
    """The value at this path; lines given as a plain list stand for their ``any`` band, a plain text for a list."""
    at = data
    for part in path:
        if isinstance(at, dict):
            at = at.get(part)
        elif isinstance(at, list) and isinstance(part, int) and part < len(at):
            at = at[part]
        elif isinstance(at, list) and part == "any":
            continue
        else:
            return None
    return at
