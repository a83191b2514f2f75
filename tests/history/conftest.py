"""Histories on both databases, and homes with real calls in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bench.postgres import postgres, programs
from tests.needs import need
from voicecoach.call.folder import JOURNAL_NAME
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, JournalWriter
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import TextCall
from voicecoach.history.database import History, open_history
from voicecoach.persona.loading import load, source_text
from voicecoach.places import calls_folder
from voicecoach.techniques.extension import NO_EXTENSION

GOOD = ("i can hear how upsetting that is", "i am so sorry", "i will refund it today and you have it by friday")
BAD = ("calm down", "there is nothing i can do", "calm down please")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a real PostgreSQL."""
    found = programs()
    need(found is not None, "needs PostgreSQL (Debian: apt install postgresql)")
    assert found is not None
    with postgres(found) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    url: str = request.getfixturevalue("postgres_server")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def history(database: str, home: Path) -> Iterator[History]:
    """An open history on each kind of database."""
    with closing(open_history(home, database)) as opened:
        yield opened


Take = Callable[..., Path]


@pytest.fixture
def take(home: Path) -> Take:
    """Takes a real call with words and keeps its journal; its folder."""

    def taken(name: str, said: tuple[str, ...] = GOOD, trainee: str = "", persona: str = "double_charge") -> Path:
        folder = calls_folder(home) / name
        folder.mkdir(parents=True)
        caller = load(persona)
        header = Header(name, caller.id, source_text(caller), 3, started=f"{name[:10]}T09:30:00+00:00", trainee=trainee)
        writer = JournalWriter(folder / JOURNAL_NAME, header)
        call = TextCall(new_engine(caller, 3, None, NO_EXTENSION), writer.step)
        call.begin()
        for words in said:
            if call.ended is None:
                call.turn(SayTurn(words))
        if call.ended is None:
            call.stop("the script came to its end")
        writer.close()
        return folder

    return taken
