"""Keeps the history in step with the journals: what is new or changed is read; what cannot be is told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select

from voicecoach.call.running import RUNNING_NAME
from voicecoach.errors import DataError
from voicecoach.history.database import History
from voicecoach.history.stamps import stamp_of
from voicecoach.history.tables import calls, corrections, mistakes, techniques, unreadable
from voicecoach.places import calls_folder

if TYPE_CHECKING:
    from voicecoach.history.reading import CallRecord

AT_A_TIME = 200
"""Calls read in one transaction: a first history of thousands can be broken off and goes on from there."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of comparing: ``missing`` are calls whose journal is gone, ``broken`` says why each cannot be read."""

    read: int
    missing: tuple[str, ...]
    broken: Mapping[str, str]


def sync(history: History, home: Path, *, rebuild: bool = False) -> Synced:
    """Read what is new or changed since the last time; with ``rebuild`` everything. Raises ``StorageError``."""
    running = _names(home / RUNNING_NAME)
    folder = calls_folder(home)
    there = {name: stamp for name in _names(folder) if (stamp := stamp_of(f"{folder}/{name}"))}
    with history.begin() as connection:
        if rebuild:
            connection.execute(delete(calls).where(calls.c.origin == history.origin))
            connection.execute(delete(unreadable).where(unreadable.c.origin == history.origin))
        known = _stamps(connection, calls, history.origin)
        broken = _stamps(connection, unreadable, history.origin)
    read = {**known, **broken}
    changed = [name for name, stamp in there.items() if name not in running and stamp != read.get(name)]
    changed.sort()
    for first in range(0, len(changed), AT_A_TIME):  # most often there is none
        _read(history, calls_folder(home), changed[first : first + AT_A_TIME])
    with history.begin() as connection:
        gone = [name for name in broken if name not in there]
        if gone:
            connection.execute(delete(unreadable).where(_of(unreadable, history.origin, gone)))
        told = select(unreadable.c.name, unreadable.c.told).where(unreadable.c.origin == history.origin)
        reasons = {row.name: row.told for row in connection.execute(told.order_by(unreadable.c.name))}
    return Synced(len(changed), tuple(sorted(name for name in known if name not in there)), reasons)


def add_call(history: History, folder: Path) -> None:
    """Read one call into the history, in place of what it held of it. Raises ``StorageError``."""
    _read(history, folder.parent, [folder.name])


def keep(connection: Connection, origin: str, record: CallRecord) -> int:
    """Put a call's rows in place of those there were; its number in the database."""
    row = _clean({"origin": origin, **record.call})
    connection.execute(delete(calls).where(calls.c.origin == origin, calls.c.name == row["name"]))
    number: int = connection.execute(insert(calls).values(**row).returning(calls.c.id)).scalar_one()
    for table, rows in (
        (techniques, record.techniques),
        (mistakes, record.mistakes),
        (corrections, record.corrections),
    ):
        if rows:
            connection.execute(insert(table), [_clean({"call_id": number, **each}) for each in rows])
    return number


def _read(history: History, folder: Path, names: Iterable[str]) -> None:
    from voicecoach.history.reading import read_record  # takes as long to load as all the rest

    records: list[CallRecord] = []
    failed: list[dict[str, Any]] = []
    for name in names:
        try:
            records.append(read_record(folder / name))
        except DataError as error:
            failed.append(
                {"origin": history.origin, "name": name, "stamp": stamp_of(folder / name), "told": str(error)}
            )
    with history.begin() as connection:
        for record in records:
            connection.execute(delete(unreadable).where(_of(unreadable, history.origin, [record.call["name"]])))
            keep(connection, history.origin, record)
        for row in failed:
            connection.execute(delete(unreadable).where(_of(unreadable, history.origin, [row["name"]])))
            connection.execute(insert(unreadable).values(**_clean(row)))


def _names(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(folder)}
    except OSError:
        return set()


def _stamps(connection: Connection, table: Any, origin: str) -> dict[str, str]:
    found = connection.execute(select(table.c.name, table.c.stamp).where(table.c.origin == origin))
    return {row.name: row.stamp for row in found}


def _of(table: Any, origin: str, names: list[str]) -> Any:
    return (table.c.origin == origin) & table.c.name.in_(names)


def _clean(value: Any) -> Any:
    """Without the letter that PostgreSQL cannot hold."""
    match value:
        case str():
            return value.replace("\0", "\ufffd")
        case dict():
            return {_clean(key): _clean(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_clean(inner) for inner in value]
        case _:
            return value
