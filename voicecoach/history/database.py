"""The database of the history: a file of the person's, or any that a URL names; opened, made and brought up to date."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from voicecoach.errors import StorageError, UsageError
from voicecoach.history.locked import locked
from voicecoach.history.migrating import bring_up_to_date
from voicecoach.places import history_file, make_ready, owner_only

ORIGIN_NAME = "origin"
WAIT_SECONDS = 30
"""How long another program may hold the file."""


@dataclass(frozen=True, slots=True)
class History:
    """An open history; ``origin`` is the number of the data folder that this program keeps its calls in."""

    engine: Engine
    origin: str
    shown: str
    """The database, for people: no password in it."""

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction, kept if all goes well. Raises ``StorageError``."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise storage_error(error, self.shown) from error

    def close(self) -> None:
        """Let go of the database. Safe to call twice."""
        self.engine.dispose()

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_history(home: Path, database: str = "") -> History:
    """The history in this data folder, or in the ``database`` that a URL names; made if it is not there.

    Raises ``UsageError`` for a URL that is none, ``StorageError``.
    """
    url = _url(home, database)
    shown = url.render_as_string(hide_password=True) if database else str(history_file(home))
    try:
        engine = create_engine(url, **_options(url))
    except NoSuchModuleError as error:
        raise UsageError(
            f"there is no database of the kind {url.drivername!r}", remedy="see docs/history.md"
        ) from error
    except ImportError as error:
        raise UsageError(
            f"the database {url.get_backend_name()} needs a further package ({error.name})",
            remedy="pip install 'voicecoach[postgres]'",
        ) from error
    if url.get_backend_name() == "sqlite":
        _own_file(url, home)
        event.listen(engine, "connect", _tell_sqlite)
    try:
        bring_up_to_date(engine, _lock_file(url), shown)
    except SQLAlchemyError as error:
        engine.dispose()
        raise storage_error(error, shown) from error
    return History(engine, origin_of(home), shown)


def origin_of(home: Path) -> str:
    """The number of this data folder, which tells its calls from other folders' in one database; made once.

    Raises ``StorageError``.
    """
    path = make_ready(home / "calls").parent / ORIGIN_NAME
    try:
        if not path.exists():
            with locked(_beside(history_file(home)), str(path)):
                if not path.exists():  # nobody else has made it meanwhile
                    _write_whole(path, str(uuid.uuid4()))
        return str(uuid.UUID(path.read_text(encoding="ascii").strip()))
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror})", where=str(path)) from error
    except ValueError as error:
        raise StorageError("holds no number of a data folder", where=str(path), remedy="remove it") from error


def _write_whole(path: Path, text: str) -> None:
    """No program sees the file before all is in it, and a program that is killed leaves none that is empty."""
    begun = path.with_name(f".{path.name}.new")
    with open(begun, "w", encoding="ascii", opener=owner_only) as file:
        file.write(text)
    begun.replace(path)


def storage_error(error: SQLAlchemyError, shown: str) -> StorageError:
    """The library's complaint in one line of ours, without the statement that led to it."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    return StorageError(
        f"the history cannot be used ({said[0][:200]})",
        where=shown,
        remedy="check the database; the calls themselves are safe in their journals (`history --rebuild` reads them)",
    )


def _url(home: Path, database: str) -> URL:
    if not database:
        return URL.create("sqlite", database=str(history_file(home)))
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:  # the text may hold a password: it is not told
        raise UsageError(
            "the database is no URL", remedy="such as postgresql://name@host/voicecoach or sqlite:////path/to/file"
        ) from error
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": WAIT_SECONDS}}
    return {"connect_args": {"connect_timeout": 10}} if url.get_backend_name() == "postgresql" else {}


def _own_file(url: URL, home: Path) -> None:
    """The owner's alone before anything is in it; SQLite gives the files beside it the same rights."""
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    try:
        if path.parent == home:
            make_ready(home / "calls")
        os.close(owner_only(str(path), os.O_RDWR | os.O_CREAT))
    except OSError as error:
        raise StorageError(
            f"the history cannot be made ({error.strerror})",
            where=str(path),
            remedy="free some disk space, or set VOICECOACH_HOME to a folder you may write to",
        ) from error


def _lock_file(url: URL) -> Path | None:
    in_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return _beside(Path(str(url.database))) if in_file else None


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


def _tell_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
    cursor.close()
