"""Forgetting: what is to go is gone, from folders, tables and bytes; what is to stay stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.call.running import RunningMark
from voicecoach.commands.wipe import WipeOptions, wipe
from voicecoach.errors import JournalError, UsageError
from voicecoach.history.asking import Wanted, list_calls
from voicecoach.history.database import open_history
from voicecoach.history.exporting import remember_export, write_export
from voicecoach.history.indexing import sync

Take = Callable[..., Path]


@pytest.fixture
def kept(take: Take, home: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two calls of Kim's, one of Lee's and one of nobody's, in the history."""
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    monkeypatch.setenv("VOICECOACH_DATABASE", database)
    folders = [
        take(f"2026-03-0{day}_093005_double_charge", trainee=trainee)
        for day, trainee in enumerate(("Kim", "Kim", "Lee", ""), 1)
    ]
    for folder in folders:
        (folder / "recording.flac").write_bytes(b"sound" * 100)
        (folder / "report.html").write_text("a report")
    with closing(open_history(home, database)) as history:
        sync(history, home)
    return folders


def listed(home: Path, database: str) -> list[str]:
    with closing(open_history(home, database)) as history, history.begin() as connection:
        return [call["trainee"] for call in list_calls(connection, Wanted())]


def test_a_persons_calls(kept: list[Path], home: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    wipe(WipeOptions(person="Kim", yes=True))
    told = capsys.readouterr().out
    assert "Removed all calls of Kim: 2 calls, 2 journals, 2 recordings" in told
    assert "nothing of it is left there" in told and "Not reached" in told
    assert [folder.exists() for folder in kept] == [False, False, True, True]
    assert listed(home, database) == ["Lee", ""]
    assert b"Kim" not in (home.parent / "elsewhere.sqlite").read_bytes() if database.startswith("sqlite") else True


def test_calls_without_a_name(kept: list[Path], home: Path, database: str) -> None:
    wipe(WipeOptions(person="", yes=True))
    assert listed(home, database) == ["Kim", "Kim", "Lee"]


def test_one_call(kept: list[Path], home: Path, database: str) -> None:
    wipe(WipeOptions(call=kept[0].name, yes=True))
    assert [folder.exists() for folder in kept] == [False, True, True, True]
    assert listed(home, database) == ["Kim", "Lee", ""]


def test_everything(kept: list[Path], home: Path, database: str) -> None:
    (home / "models").mkdir()
    (home / "models" / "mine").write_text("kept")
    (home / "drills").mkdir()
    (home / "drills" / "results.jsonl").write_text("{}\n")
    (kept[0] / "journal.jsonl").write_text("rubbish\n")
    wipe(WipeOptions(everything=True, yes=True))
    assert sorted(path.name for path in home.rglob("*") if path.is_file()) == ["mine"]
    assert listed(home, database) == []


def test_exports_that_hold_the_person_go_too_unless_they_were_changed(
    kept: list[Path], home: Path, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: tmp_path / name for name in ("kim.csv", "lee.csv", "changed.csv", "gone.csv")}
    with closing(open_history(home, database)) as history:
        for name, path in files.items():
            digest = write_export(path, f"{name}\n")
            remember_export(history, path, "csv", digest, ["Lee"] if name == "lee.csv" else ["Kim", "Lee"])
    files["changed.csv"].write_text("my own work now")
    files["gone.csv"].unlink()
    wipe(WipeOptions(person="Kim", yes=True))
    assert [path.exists() for path in files.values()] == [False, True, True, False]
    told = capsys.readouterr().out
    assert "1 exports" in told and f"look yourself: {files['changed.csv']}" in told


def test_a_journal_nobody_can_read_is_told_and_not_guessed_at(
    kept: list[Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept[0] / "journal.jsonl").write_text("rubbish\n")
    wipe(WipeOptions(person="Kim", yes=True))
    assert [folder.exists() for folder in kept] == [True, False, True, True]
    assert "Of 1 journals nobody can say whose they are" in capsys.readouterr().out


def test_a_link_is_removed_and_not_followed(kept: list[Path], home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("kept")
    (home / "calls" / "link").symlink_to(outside)
    wipe(WipeOptions(everything=True, yes=True))
    assert (outside / "precious").read_text() == "kept"
    assert not (home / "calls" / "link").is_symlink()


def test_a_call_outside_the_data_folder_is_not_ours_to_remove(kept: list[Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    kept[0].rename(elsewhere)
    with pytest.raises(UsageError, match="not kept in the data folder"):
        wipe(WipeOptions(call=str(elsewhere), yes=True))
    assert (elsewhere / "journal.jsonl").is_file()


def test_a_call_that_goes_on_is_not_removed(kept: list[Path], home: Path) -> None:
    mark = RunningMark(home, kept[0].name)
    with pytest.raises(UsageError, match="going on right now"):
        wipe(WipeOptions(person="Kim", yes=True))
    assert all(folder.exists() for folder in kept)
    mark.remove()


@pytest.mark.parametrize(
    "options", [WipeOptions(yes=True), WipeOptions(person="Kim", everything=True, yes=True), WipeOptions(person="Kim")]
)
def test_nothing_is_removed_by_half_a_command(options: WipeOptions, kept: list[Path]) -> None:
    with pytest.raises(UsageError):
        wipe(options)
    assert all(folder.exists() for folder in kept)


def test_a_call_that_is_not_there(kept: list[Path]) -> None:
    with pytest.raises(JournalError, match="there is no call"):
        wipe(WipeOptions(call="nothing", yes=True))


def test_old_calls_and_recordings_go_as_the_settings_say(take: Take, home: Path, tmp_path: Path) -> None:
    old, middle = take("2020-01-01_093005_double_charge"), take("2026-01-01_093005_double_charge")
    for folder in (old, middle):
        (folder / "recording.flac").write_bytes(b"sound")
    script = tmp_path / "turns.yaml"
    script.write_text("turns:\n  - say: i am so sorry\n", encoding="utf-8")
    program = [str(Path(sys.executable).with_name("voicecoach"))]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "VOICECOACH_HOME": str(home)}
        return subprocess.run([*program, *words], capture_output=True, text=True, env=environment, check=False)

    assert json.loads(run("history", "--json").stdout)["count"] == 2
    assert (old / "recording.flac").exists(), "without settings everything is kept"
    (home / "settings.toml").write_text("keep_calls_days = 1000\nkeep_recordings_days = 5\n")
    told = run("call", "--script", str(script)).stdout
    assert "Removed 1 call older than 1000 days" in told and "Removed 1 recording older than 5 days" in told
    assert not old.exists()
    assert [path.name for path in middle.iterdir()] == ["journal.jsonl"]
    after = run("history", "--json")
    assert json.loads(after.stdout)["count"] == 2 and after.stderr == "", "the old one is forgotten, the new one known"
