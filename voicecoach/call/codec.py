"""Events to JSON objects and back, exactly (floats keep every bit); pydantic does the checking."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from voicecoach import events
from voicecoach.errors import JournalError

Json = dict[str, Any]

_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls for cls in (*get_args(events.Input), *get_args(events.Action), *get_args(events.Note))
}


def encode(event: object) -> Json:
    """The event's fields as JSON values, its class name under ``event``."""
    name = type(event).__name__
    return {"event": name, **_adapter(name).dump_python(event, mode="json")}


def decode(data: Json) -> Any:
    """The event that ``encode`` made ``data`` of.

    Raises ``JournalError`` for an unknown event, a missing or unknown field, or a value of a wrong type.
    """
    name = data.get("event")
    if not isinstance(name, str) or name not in _CLASSES:
        raise JournalError(f"unknown event {name!r}", remedy="use the voicecoach version that wrote this journal")
    values = {key: value for key, value in data.items() if key != "event"}
    unknown = sorted(set(values) - {field.name for field in dataclasses.fields(_CLASSES[name])})
    if unknown:
        raise JournalError(f"{name} has no field {unknown[0]!r}")
    try:
        return _adapter(name).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in (name, *first["loc"]))
        raise JournalError(f"{place}: {first['msg']}") from error


@functools.cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_CLASSES[name])
