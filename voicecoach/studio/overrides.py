"""A persona with a few values changed from the command line: ``temper.half_life_seconds=120``."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from voicecoach.errors import PersonaError, UsageError
from voicecoach.persona.file import Persona

CHANGEABLE = ("temper", "voice", "wants")
"""What can be changed so; everything else is better written into a copy of the file."""


def overridden(persona: Persona, changes: Sequence[str]) -> Persona:
    """The persona with these changes, each ``field.field=value``; a field's name may be cut short where that is clear.

    Raises ``UsageError`` for a field that there is not, ``PersonaError`` for a value that it cannot have.
    """
    data = persona.model_dump(mode="json", exclude_defaults=True)
    for change in changes:
        path, value = _parsed(change)
        _set(data, path, value, change)
    try:
        return Persona.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise PersonaError(f"`{field}` cannot be {first['input']!r}: {first['msg'].lower()}", where="--set") from error


def _parsed(change: str) -> tuple[list[str], Any]:
    path, equals, text = change.partition("=")
    if not equals or not path.strip() or not text.strip():
        raise UsageError(f"--set {change!r} sets nothing", remedy="write it as temper.start=7.5")
    try:
        value = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise UsageError(f"--set {change!r} has no value", remedy="write it as temper.start=7.5") from error
    names = path.strip().split(".")
    if names[0] not in CHANGEABLE:
        raise UsageError(f"--set cannot change `{names[0]}`", remedy=f"it changes {', '.join(CHANGEABLE)}")
    return names, value


def _set(data: dict[str, Any], names: list[str], value: Any, change: str) -> None:
    model: Any = Persona
    at: Any = data
    for number, given in enumerate(names):
        name = _whole_name(model, given, change)
        model = _below(model, name)
        if number == len(names) - 1:
            at[name] = value
            return
        if not isinstance(at.get(name, {}), dict):
            raise UsageError(f"--set {change!r} goes into no single field", remedy="change a copy of the file instead")
        at = at.setdefault(name, {})


def _whole_name(model: Any, given: str, change: str) -> str:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return given  # a key of the author's own, such as an id
    fields = list(model.model_fields)
    if given in fields:
        return given
    begin = [name for name in fields if name.startswith(given)]
    if len(begin) == 1:
        return begin[0]
    near = difflib.get_close_matches(given, fields, 1)
    remedy = f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(fields)}"
    raise UsageError(f"--set {change!r}: there is no field `{given}`", remedy=remedy)


def _below(model: Any, name: str) -> Any:
    """The model of a field's value; of a mapping by id, that of its values."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    found = model.model_fields[name].annotation
    if isinstance(found, type) and issubclass(found, BaseModel):
        return found
    return _Mapping if getattr(found, "__origin__", None) is dict else None


class _Mapping:
    """Stands for a mapping whose keys the author chose."""
