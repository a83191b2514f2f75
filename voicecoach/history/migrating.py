"""Brings a database of any earlier version up to this one, by the migrations that lie beside; one program at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from voicecoach.errors import StorageError
from voicecoach.history.locked import locked

HEAD = "0002"
"""The newest migration (a test compares): said here so that nothing has to be loaded where nothing is to be done."""
VERSIONS = ("0001", "0002")
ADVISORY_LOCK = 0x566F6963
"""Any number of our own ("Voic"), for PostgreSQL."""


def bring_up_to_date(engine: Engine, lock_file: Path | None, shown: str) -> None:
    """Do nothing where the version is right, which costs one question; else migrate. Raises ``StorageError``.

    ``lock_file`` lies beside an SQLite file; other databases lock for themselves.
    """
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    with locked(lock_file, shown) if lock_file else nullcontext(), _unbound(engine) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        found = _version(connection)
        if found == HEAD:
            return  # somebody else has done it meanwhile
        if found and found not in VERSIONS:
            raise StorageError(
                f"this history is of a newer voicecoach (version {found[:40]!r})", where=shown, remedy="use that one"
            )
        upgrade(connection, HEAD)


def upgrade(connection: Connection, to: str) -> None:
    """Run the migrations up to this one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "voicecoach.history:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@contextmanager
def _unbound(engine: Engine) -> Iterator[Connection]:
    """A connection on which SQLite lets a table be put in another's place without taking along what refers to it."""
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        _bind(connection, "OFF")
        try:
            yield connection
        finally:
            _bind(connection, "ON")


def _bind(connection: Connection, state: str) -> None:
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {state}")
    connection.rollback()  # ends the transaction that the library began for it; the setting is no part of any


def _version(connection: Connection) -> str:
    """The version of the database; "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
