"""Everything that is shown of the history, asked at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from voicecoach.history.asking import (
    MistakeCount,
    PersonaCount,
    Wanted,
    count_calls,
    count_mistakes,
    count_personas,
    count_techniques,
    days_of,
    list_calls,
)
from voicecoach.history.progress import Progress


@dataclass(frozen=True, slots=True)
class Overview:
    """Of the ``count`` calls that were wanted, ``calls`` are the last (all of them, if so asked)."""

    count: int
    days: tuple[str, str]
    calls: tuple[dict[str, Any], ...]
    personas: tuple[PersonaCount, ...]
    techniques: tuple[Progress, ...]
    mistakes: tuple[MistakeCount, ...]


def overview(connection: Connection, wanted: Wanted, last: int | None = None) -> Overview:
    """Ask for it."""
    return Overview(
        count=count_calls(connection, wanted),
        days=days_of(connection, wanted),
        calls=tuple(list_calls(connection, wanted, last)),
        personas=tuple(count_personas(connection, wanted)),
        techniques=tuple(count_techniques(connection, wanted)),
        mistakes=tuple(count_mistakes(connection, wanted)),
    )
