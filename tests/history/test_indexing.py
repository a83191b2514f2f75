"""The history follows the journals: new, changed, broken, gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from voicecoach.call.contest import Contest, add_contest
from voicecoach.call.running import RunningMark
from voicecoach.history.asking import Wanted, count_mistakes, count_personas, count_techniques, list_calls
from voicecoach.history.database import History
from voicecoach.history.indexing import add_call, sync
from voicecoach.history.tables import calls, corrections, mistakes, techniques

Take = Callable[..., Path]
BAD = ("calm down", "there is nothing i can do", "calm down please")


def listed(history: History, wanted: Wanted | None = None) -> list[dict[str, Any]]:
    with history.begin() as connection:
        return list_calls(connection, wanted or Wanted())


def test_what_is_new_is_read_once(history: History, home: Path, take: Take) -> None:
    take("2026-03-01_093005_double_charge", trainee="Kim")
    take("2026-03-02_093005_double_charge", BAD)
    assert sync(history, home).read == 2
    assert sync(history, home).read == 0
    first, second = listed(history)
    assert (first["name"], first["trainee"], first["day"]) == ("2026-03-01_093005_double_charge", "Kim", "2026-03-01")
    assert first["end_anger"] < second["end_anger"]
    assert first["points"] > second["points"]
    assert first["rubric"].split()[-1] == "1"
    with history.begin() as connection:
        by_id = {each.id: each.whole for each in count_techniques(connection, Wanted())}
        assert (by_id["empathize"].done, by_id["empathize"].due) == (1, 2)
        made = {each.id: (each.calls, each.count) for each in count_mistakes(connection, Wanted())}
        assert made["calm_down"] == (1, 1)
        (persona,) = count_personas(connection, Wanted())
        assert (persona.id, persona.calls) == ("double_charge", 2)


def test_a_contested_call_is_read_again(history: History, home: Path, take: Take) -> None:
    folder = take("2026-03-02_093005_double_charge", BAD)
    sync(history, home)
    add_contest(folder, Contest(1, "calm_down", False, "i said so to my dog", "Kim", "2026-03-02"))
    assert sync(history, home).read == 1
    with history.begin() as connection:
        made = {each.id: each.count for each in count_mistakes(connection, Wanted())}
        row = connection.execute(select(corrections)).one()
        assert connection.execute(select(func.count()).select_from(calls)).scalar() == 1
    assert "calm_down" not in made
    assert (row.turn, row.technique, row.added, row.by) == (1, "calm_down", False, "Kim")
    assert listed(history)[0]["corrections"] == 1


def test_a_broken_journal_is_told_and_stands_in_nobodys_way(history: History, home: Path, take: Take) -> None:
    take("2026-03-01_093005_double_charge")
    broken = take("2026-03-02_093005_double_charge")
    (broken / "journal.jsonl").write_text("rubbish\n", encoding="utf-8")
    for _ in range(2):
        synced = sync(history, home)
        assert "journal.jsonl:1: not a line of a journal" in synced.broken[broken.name]
    assert synced.read == 0, "it is not read again before it changes"
    assert len(listed(history)) == 1
    shutil.rmtree(broken)
    assert sync(history, home).broken == {}


def test_a_broken_journal_that_is_mended_counts(history: History, home: Path, take: Take) -> None:
    folder = take("2026-03-01_093005_double_charge")
    whole = (folder / "journal.jsonl").read_bytes()
    (folder / "journal.jsonl").write_bytes(b"rubbish\n")
    sync(history, home)
    (folder / "journal.jsonl").write_bytes(whole)
    assert sync(history, home).broken == {}
    assert len(listed(history)) == 1


def test_a_journal_that_is_gone_is_told_until_the_history_is_rebuilt(history: History, home: Path, take: Take) -> None:
    folder = take("2026-03-02_093005_double_charge")
    sync(history, home)
    shutil.rmtree(folder)
    assert sync(history, home).missing == (folder.name,)
    assert len(listed(history)) == 1, "what is known of it stays known"
    assert sync(history, home, rebuild=True).missing == ()
    assert listed(history) == []


def test_rebuilding_gives_the_same_again(history: History, home: Path, take: Take) -> None:
    take("2026-03-01_093005_double_charge", trainee="Kim")
    take("2026-03-02_093005_cancelled_flight", BAD, persona="cancelled_flight")

    def everything() -> list[object]:
        with history.begin() as connection:
            found: list[object] = []
            for table in (calls, techniques, mistakes, corrections):
                columns = [each for each in table.columns if each.name not in ("id", "call_id")]
                found += sorted(map(repr, connection.execute(select(*columns)).all()))
            return found

    sync(history, home)
    before = everything()
    assert len(before) > 10
    sync(history, home, rebuild=True)
    assert everything() == before


def test_a_call_that_goes_on_waits(history: History, home: Path, take: Take) -> None:
    folder = take("2026-03-01_093005_double_charge")
    mark = RunningMark(home, folder.name)
    assert sync(history, home).read == 0
    mark.remove()
    assert sync(history, home).read == 1


def test_a_call_added_twice_is_there_once(history: History, home: Path, take: Take) -> None:
    folder = take("2026-03-01_093005_double_charge")
    add_call(history, folder)
    add_call(history, folder)
    assert sync(history, home).read == 0
    assert len(listed(history)) == 1


def test_letters_that_a_database_cannot_hold(history: History, home: Path, take: Take) -> None:
    take("2026-03-01_093005_double_charge", trainee="K\0im' OR 1=1; --")
    sync(history, home)
    assert listed(history)[0]["trainee"] == "K\ufffdim' OR 1=1; --"
    assert len(listed(history, Wanted(trainee="K\ufffdim' OR 1=1; --"))) == 1


def test_filters(history: History, home: Path, take: Take) -> None:
    take("2026-03-01_093005_double_charge", trainee="Kim")
    take("2026-03-02_093005_cancelled_flight", BAD, persona="cancelled_flight", trainee="Lee")
    sync(history, home)
    for wanted, expected in (
        (Wanted(persona="cancelled_flight"), ["Lee"]),
        (Wanted(since="2026-03-02"), ["Lee"]),
        (Wanted(trainee="Kim"), ["Kim"]),
        (Wanted(trainee="Nobody"), []),
        (Wanted(technique="timeframe"), ["Kim"]),
    ):
        assert [call["trainee"] for call in listed(history, wanted)] == expected, wanted
    with history.begin() as connection:
        assert [call["trainee"] for call in list_calls(connection, Wanted(), last=1)] == ["Lee"]
        (timeframe,) = count_techniques(connection, Wanted(technique="timeframe", trainee="Kim"))
        assert (timeframe.whole.done, timeframe.whole.due) == (1, 1)
