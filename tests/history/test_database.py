"""The database: made and migrated at opening, on SQLite and on a real PostgreSQL, by one program at a time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Connection,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    create_engine,
    insert,
    inspect,
    text,
)

from voicecoach.errors import StorageError, UsageError
from voicecoach.history import migrating
from voicecoach.history.database import History, open_history, origin_of
from voicecoach.history.tables import metadata
from voicecoach.places import history_file


def migrations() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "voicecoach.history:migrations")
    return ScriptDirectory.from_config(config)


VERSIONS = [script.revision for script in migrations().walk_revisions()][::-1]


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    yield engine
    engine.dispose()


def test_the_newest_version_is_the_one_the_program_asks_for() -> None:
    assert migrations().get_current_head() == migrating.HEAD
    assert tuple(VERSIONS) == migrating.VERSIONS


def test_an_empty_database_gets_the_tables_of_the_program(history: History) -> None:
    with history.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_earlier_version_is_brought_up_with_its_calls(
    version: str, engine: Engine, database: str, home: Path
) -> None:
    with engine.begin() as connection:
        migrating.upgrade(connection, version)
        put_a_call(connection, origin_of(home))
    with closing(open_history(home, database)) as history, history.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("SELECT name, good FROM calls")).one() == ("kept", True)
        assert connection.execute(text("SELECT technique FROM techniques")).scalar_one() == "offer"


def put_a_call(connection: Connection, origin: str) -> None:
    """Rows in the tables as they are at that version, whatever columns they have."""
    for name, given in (
        ("calls", {"id": 1, "origin": origin, "name": "kept", "good": True, "card": {}}),
        ("techniques", {"call_id": 1, "technique": "offer", "present": True}),
    ):
        table = Table(name, MetaData(), autoload_with=connection)
        row: dict[str, object] = {}
        for column in table.columns:
            kind = column.type
            plain: object = False if isinstance(kind, Boolean) else 0 if isinstance(kind, Integer | Float) else ""
            row[column.name] = given.get(column.name, plain)
        connection.execute(insert(table).values(**row))


def test_a_newer_history_is_left_alone(history: History, home: Path, database: str) -> None:
    with history.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="of a newer voicecoach"):
        open_history(home, database)


def test_four_programs_at_once_make_it_once(database: str, home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from voicecoach.history.database import open_history\n"
        "open_history(Path(sys.argv[1]), sys.argv[2]).close()"
    )
    command = [sys.executable, "-c", program, str(home), database]
    children = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = [child.communicate()[1] for child in children]
    assert [child.returncode for child in children] == [0] * 4, told
    with closing(open_history(home, database)) as history, history.begin() as connection:
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())


@pytest.mark.skipif(os.name != "posix", reason="permissions are a POSIX matter")
def test_its_files_are_the_owners_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        with closing(open_history(home)) as history, history.begin() as connection:
            connection.execute(text("INSERT INTO unreadable VALUES ('o', 'n', 's', 't')"))
            rights = {path.name: path.stat().st_mode & 0o777 for path in home.iterdir() if path.is_file()}
    finally:
        os.umask(before)
    assert set(rights) >= {"history.sqlite", "history.sqlite.lock", "origin", "history.sqlite-journal"}
    assert set(rights.values()) == {0o600}


@pytest.mark.parametrize(
    ("url", "error", "told"),
    [
        ("history.db", UsageError, "the database is no URL"),
        ("oracle9://x/y", UsageError, "no database of the kind 'oracle9'"),
        ("postgresql://kim:secret@127.0.0.1:1/x", StorageError, r"postgresql\+psycopg://kim:\*\*\*@"),
        ("sqlite:////nowhere/at/all.sqlite", StorageError, "cannot be made"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line_without_its_password(
    url: str, error: type[Exception], told: str, home: Path
) -> None:
    with pytest.raises(error, match=told) as caught:
        open_history(home, url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_one_line(home: Path) -> None:
    home.mkdir()
    (history_file(home)).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match=r"history\.sqlite: the history cannot be used \(file is not a database\)"):
        open_history(home)


def test_a_locked_file_is_waited_for_and_then_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_history(home).close()
    monkeypatch.setattr("voicecoach.history.database.WAIT_SECONDS", 0.1)
    with closing(sqlite3.connect(history_file(home))) as other, closing(open_history(home)) as history:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="database is locked"), history.begin() as connection:
            connection.execute(text("DELETE FROM unreadable"))


def test_many_at_once_make_one_origin(home: Path) -> None:
    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(origin_of, [home] * 16))) == 1
        (home / "origin").unlink()


def test_a_program_killed_over_the_origin_leaves_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", killed)
        origin_of(home)
    assert not (home / "origin").exists()
    assert origin_of(home) == origin_of(home)


def test_the_origin_is_made_once_and_checked(home: Path) -> None:
    first = origin_of(home)
    assert origin_of(home) == first
    (home / "origin").write_text("me")
    with pytest.raises(StorageError, match="no number of a data folder"):
        origin_of(home)
