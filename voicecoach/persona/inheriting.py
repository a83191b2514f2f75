"""What a file says together with everything it extends, and where each value of it stands.

Own values win, mappings are merged key by key, lines stay apart. Everything that is wrong on the way is collected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voicecoach.errors import PersonaError
from voicecoach.persona.file import FORMAT
from voicecoach.persona.own_fields import is_own, without_own_fields
from voicecoach.persona.problems import Places
from voicecoach.persona.shelf import Shelf, read_file
from voicecoach.persona.yaml_tree import Place, Tree, read_tree

FALLBACK_PARENT = "_common"
"""Stands in for a parent that cannot be had, so that its absence is told once and not for every line it has."""


@dataclass(slots=True)
class Resolved:
    """A file's data with everything it extends, where each value came from, and what is wrong so far.

    ``known`` is False where the file is of a format that this program cannot read: nothing else in it can be judged.
    """

    data: dict[str, Any]
    places: Places
    problems: list[PersonaError] = field(default_factory=list)
    known: bool = True


def resolved(tree: Tree, name: str, shelf: Shelf, trail: tuple[str, ...] = ()) -> Resolved:
    """``trail`` are the names of the files on the way here, against circles."""
    data = dict(tree.data)
    own = Places(tree.places, tree.keys, Place(name, 1))
    result = Resolved(data, own, list(tree.problems))
    if "format" not in data or data["format"] != FORMAT:
        result.problems.append(_format_problem(data, name, own))
        newer = isinstance(data.get("format"), int) and data["format"] > FORMAT
        data["format"] = FORMAT
        result.known = not newer
    if "inherited_lines" in data:
        where = str(own.of_key(("inherited_lines",)))
        result.problems.append(PersonaError("unknown field `inherited_lines`", where=where, remedy="use `extends`"))
        del data["inherited_lines"]
    if "extends" in data and result.known:
        _take_over(result, data.pop("extends"), shelf, trail)
    return result


def _format_problem(data: dict[str, Any], name: str, places: Places) -> PersonaError:
    given = data.get("format")
    where = str(places.of(("format",)))
    if "format" not in data:
        return PersonaError("has no format", where=where, remedy=f"write `format: {FORMAT}`")
    if isinstance(given, int) and not isinstance(given, bool) and given > FORMAT:
        what = f"has format {given}, and this voicecoach reads formats up to {FORMAT}"
        return PersonaError(what, where=where, remedy="get a newer voicecoach for it")
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < FORMAT:
        remedy = f"bring it up to date: voicecoach persona migrate {name}"
        return PersonaError(f"has the old format {given}", where=where, remedy=remedy)
    return PersonaError(f"has format {given!r}", where=where, remedy=f"write `format: {FORMAT}`")


def _take_over(result: Resolved, parent: Any, shelf: Shelf, trail: tuple[str, ...]) -> None:
    where = str(result.places.of(("extends",)))
    try:
        if not isinstance(parent, str):
            raise PersonaError("`extends` names one file", where=where, remedy="write the id of a persona")
        if parent in trail:
            circle = " -> ".join((*trail[trail.index(parent) :], parent))
            raise PersonaError(f"extends itself: {circle}", where=where, remedy="take one `extends` out")
        above = _above(parent, where, shelf, trail)
    except PersonaError as error:
        result.problems.append(error)
        above = _above(FALLBACK_PARENT, where, shelf, trail)
    result.problems.extend(above.problems)
    result.data = _merged(without_own_fields(above.data)[0], result.data)
    result.places = result.places.over(above.places)


def _above(parent: str, where: str, shelf: Shelf, trail: tuple[str, ...]) -> Resolved:
    file = shelf.find(parent, where)
    return resolved(read_tree(read_file(file), str(file)), str(file), shelf, (*trail, parent))


def _merged(above: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Own values win; mappings are merged key by key; lines stay apart, so that own ones are said first."""
    inherited = [lines for lines in (above.get("lines"),) if lines is not None]
    taken = {key: value for key, value in above.items() if key not in ("id", "lines", "inherited_lines")}
    merged = _deep(taken, own)
    merged.setdefault("lines", {})
    merged["inherited_lines"] = [*inherited, *above.get("inherited_lines", ())]
    return merged


def _deep(above: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(above)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict) and not is_own(key)
        merged[key] = _deep(merged[key], value) if both else value
    return merged
