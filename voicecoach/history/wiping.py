"""Forgetting: calls with all that was kept of them, rows of the history, exports that are known; and the proof."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME
from voicecoach.call.running import RUNNING_NAME, forget, is_running
from voicecoach.errors import StorageError, UsageError
from voicecoach.history.database import ORIGIN_NAME, History, storage_error
from voicecoach.history.pseudonyms import KEY_NAME
from voicecoach.history.tables import calls, corrections, exports, mistakes, techniques, unreadable
from voicecoach.places import calls_folder, drills_folder

OF_A_CALL = (techniques, mistakes, corrections)
AT_A_TIME = 500
"""Names in one statement: databases limit their number."""


@dataclass(slots=True)
class Removed:
    """What was removed. ``kept_exports`` are files that were changed since: they are told, not touched."""

    calls: int = 0
    journals: int = 0
    recordings: int = 0
    bytes: int = 0
    rows: int = 0
    exports: list[str] = field(default_factory=list)
    kept_exports: list[str] = field(default_factory=list)


def remove_folders(home: Path, names: Iterable[str], removed: Removed) -> None:
    """Remove the folders of these calls with all in them. Raises ``UsageError`` if one goes on, ``StorageError``."""
    names = list(names)
    running = [name for name in names if is_running(home, name)]
    if running:
        raise UsageError("this call is going on right now", where=running[0], remedy="end it first: Ctrl-C")
    for name in names:
        folder = calls_folder(home) / name
        try:
            if folder.is_symlink():  # never follow it out of the data folder
                folder.unlink()
            elif folder.is_dir():
                removed.journals += (folder / JOURNAL_NAME).is_file()
                removed.recordings += (folder / RECORDING_NAME).is_file()
                removed.bytes += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
                shutil.rmtree(folder)
                removed.calls += 1
            forget(home, name)
        except OSError as error:
            raise StorageError(
                f"cannot be removed ({error.strerror})", where=str(folder), remedy="give yourself access to it"
            ) from error


def remove_rows(history: History, names: Sequence[str], removed: Removed, *, trainee: str | None = None) -> None:
    """Remove these calls of this data folder from the history, and with ``trainee`` all of theirs, from anywhere."""
    with history.begin() as connection:
        for first in range(0, len(names), AT_A_TIME):
            some = names[first : first + AT_A_TIME]
            _delete_calls(connection, (calls.c.origin == history.origin) & calls.c.name.in_(some), removed)
            broken = delete(unreadable).where((unreadable.c.origin == history.origin) & unreadable.c.name.in_(some))
            removed.rows += connection.execute(broken).rowcount
        if trainee is not None:
            _delete_calls(connection, calls.c.trainee == trainee, removed)


def remove_all_rows(history: History, removed: Removed) -> None:
    """Remove everything of this data folder from the history."""
    with history.begin() as connection:
        _delete_calls(connection, calls.c.origin == history.origin, removed)
        for table in (unreadable, exports):
            removed.rows += connection.execute(delete(table).where(table.c.origin == history.origin)).rowcount


def remove_exports(history: History, removed: Removed, *, trainee: str | None) -> None:
    """Remove the export files that hold this trainee (None: all), if they are still what was exported."""
    with history.begin() as connection:
        asked = select(exports).where(exports.c.origin == history.origin)
        rows = [row for row in connection.execute(asked) if trainee is None or trainee in row.trainees]
        for row in rows:
            _remove_export(Path(row.path), row.sha256, removed)
            removed.rows += connection.execute(delete(exports).where(exports.c.id == row.id)).rowcount


def vacuum(history: History) -> None:
    """Let the database give up the space of removed rows, so that their bytes are gone from its file."""
    try:
        with history.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
    except SQLAlchemyError as error:
        raise storage_error(error, history.shown) from error


def remove_own_files(home: Path) -> None:
    """After everything else: the history's file, drills, the number of the data folder, the key of its pseudonyms."""
    shutil.rmtree(drills_folder(home), ignore_errors=True)
    for pattern in ("history.sqlite*", ORIGIN_NAME, KEY_NAME):
        for path in home.glob(pattern):
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # there may be marks of calls of this very moment
        (home / RUNNING_NAME).rmdir()


def left_rows(history: History, names: Sequence[str], trainee: str | None) -> int:
    """The proof: how many rows there still are of these calls, or of this trainee."""
    with history.begin() as connection:
        left = 0
        for first in range(0, len(names), AT_A_TIME):
            mine = (calls.c.origin == history.origin) & calls.c.name.in_(names[first : first + AT_A_TIME])
            left += connection.execute(select(func.count()).select_from(calls).where(mine)).scalar_one()
        if trainee is not None:
            theirs = select(func.count()).select_from(calls).where(calls.c.trainee == trainee)
            left += connection.execute(theirs).scalar_one()
    return left


def left_bytes(path: Path, words: Iterable[str]) -> list[str]:
    """The proof: which of these words still stand in this file, as its bytes lie on the disk."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return []
    return [word for word in words if word.encode() in raw]


def _delete_calls(connection: Connection, which: Any, removed: Removed) -> None:
    """The rows of the call go first: not every database was told to take them along."""
    for table in OF_A_CALL:
        inside = table.c.call_id.in_(select(calls.c.id).where(which))
        removed.rows += connection.execute(delete(table).where(inside)).rowcount
    removed.rows += connection.execute(delete(calls).where(which)).rowcount


def _remove_export(path: Path, sha256: str, removed: Removed) -> None:
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            removed.kept_exports.append(str(path))
            return
        path.unlink()
    except FileNotFoundError:
        return
    except OSError:
        removed.kept_exports.append(str(path))
        return
    removed.exports.append(str(path))
