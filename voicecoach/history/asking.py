"""What is asked of the history: calls, personas, techniques and mistakes, of all calls or of some."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, exists, func, select

from voicecoach.errors import UsageError
from voicecoach.history.progress import Counted, Progress, progress
from voicecoach.history.tables import calls, corrections, mistakes, techniques

_DAYS_BACK = re.compile(r"([0-9]{1,5})\s*d(ays?)?")
KEYS = ("id", "origin")
SHOWN = (
    "name",
    "trainee",
    "persona",
    "started",
    "day",
    "outcome",
    "good",
    "passed",
    "points",
    "turns",
    "seconds",
    "rubric",
)
FIGURES = ("start_anger", "peak_anger", "end_anger", "heard", "resolution")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls; "" and None ask for all. ``since`` is a day, YYYY-MM-DD. ``technique``: those it was due in."""

    persona: str = ""
    technique: str = ""
    since: str = ""
    trainee: str | None = None
    origin: str = ""

    @property
    def all(self) -> bool:
        """Nothing is left out."""
        return not (self.persona or self.since or self.origin) and self.trainee is None


@dataclass(frozen=True, slots=True)
class PersonaCount:
    """How the calls with a persona went."""

    id: str
    calls: int
    good: int
    passed: int
    end_anger: float
    """The mean of it."""


@dataclass(frozen=True, slots=True)
class MistakeCount:
    """In how many of the calls a mistake was made, and how often in all."""

    id: str
    calls: int
    count: int


def since_day(text: str, today: date) -> str:
    """``2026-03-01`` or ``30d`` as a day. Raises ``UsageError``."""
    if found := _DAYS_BACK.fullmatch(text.strip().lower()):
        return (today - timedelta(days=min(int(found.group(1)), today.toordinal() - 1))).isoformat()
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise UsageError(f"--since {text[:40]!r} is no day", remedy="such as 2026-03-01, or 30d") from error


def count_calls(connection: Connection, wanted: Wanted) -> int:
    """How many there are."""
    return int(connection.execute(_where(select(func.count()).select_from(calls), wanted)).scalar_one())


def list_calls(connection: Connection, wanted: Wanted, last: int | None = None) -> list[dict[str, Any]]:
    """The calls, the oldest first; of them the ``last`` so many."""
    columns = [calls.c[name] for name in (*KEYS, *SHOWN, *FIGURES)]
    corrected = select(func.count()).where(corrections.c.call_id == calls.c.id).scalar_subquery()
    asked = _where(select(*columns, corrected.label("corrections")), wanted)
    if last is None:
        return [dict(row) for row in connection.execute(asked.order_by(calls.c.day, calls.c.name)).mappings()]
    newest = asked.order_by(calls.c.day.desc(), calls.c.name.desc()).limit(last)
    return [dict(row) for row in connection.execute(newest).mappings()][::-1]


def count_personas(connection: Connection, wanted: Wanted) -> list[PersonaCount]:
    """By persona, the most called first."""
    number = func.count().label("calls")
    good, passed = (func.sum(cast(column, Integer)) for column in (calls.c.good, calls.c.passed))
    asked = select(calls.c.persona, number, good, passed, func.avg(calls.c.end_anger))
    asked = _where(asked, wanted).group_by(calls.c.persona).order_by(number.desc(), calls.c.persona)
    return [PersonaCount(row[0], row[1], int(row[2]), int(row[3]), float(row[4])) for row in connection.execute(asked)]


def count_techniques(connection: Connection, wanted: Wanted) -> list[Progress]:
    """The progress in every technique that was ever due, or in the one that is wanted."""
    used = func.sum(cast(techniques.c.present, Integer))
    asked = select(techniques.c.technique, techniques.c.day, func.count(), used)
    if not wanted.all:
        asked = _where(asked.join(calls, calls.c.id == techniques.c.call_id), wanted, of_technique=False)
    if wanted.technique:
        asked = asked.where(techniques.c.technique == wanted.technique)
    found: dict[str, list[Counted]] = {}
    for id_, day, due, done in connection.execute(asked.group_by(techniques.c.technique, techniques.c.day)):
        found.setdefault(id_, []).append((day, due, int(done)))
    return [progress(id_, days) for id_, days in sorted(found.items())]


def count_mistakes(connection: Connection, wanted: Wanted) -> list[MistakeCount]:
    """The mistakes, the most frequent first."""
    number = func.count().label("calls")
    asked = select(mistakes.c.mistake, number, func.sum(mistakes.c.count))
    if not wanted.all or wanted.technique:
        asked = _where(asked.join(calls, calls.c.id == mistakes.c.call_id), wanted)
    asked = asked.group_by(mistakes.c.mistake).order_by(number.desc(), mistakes.c.mistake)
    return [MistakeCount(row[0], row[1], int(row[2])) for row in connection.execute(asked)]


def days_of(connection: Connection, wanted: Wanted) -> tuple[str, str]:
    """The first and the last day of the calls; "" for none."""
    first, last = connection.execute(_where(select(func.min(calls.c.day), func.max(calls.c.day)), wanted)).one()
    return first or "", last or ""


def _where(asked: Select[Any], wanted: Wanted, *, of_technique: bool = True) -> Select[Any]:
    if wanted.persona:
        asked = asked.where(calls.c.persona == wanted.persona)
    if wanted.since:
        asked = asked.where(calls.c.day >= wanted.since)
    if wanted.trainee is not None:
        asked = asked.where(calls.c.trainee == wanted.trainee)
    if wanted.origin:
        asked = asked.where(calls.c.origin == wanted.origin)
    if wanted.technique and of_technique:
        due = (techniques.c.call_id == calls.c.id) & (techniques.c.technique == wanted.technique)
        asked = asked.where(exists().where(due))
    return asked
