"""A journal from elsewhere becomes a call only if everything in it is in order, and never leads out of its folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voicecoach.call import foreign
from voicecoach.call.journal import read_journal
from voicecoach.commands.importing import import_journal
from voicecoach.errors import DataError, JournalError, UsageError

Take = Callable[..., Path]


@pytest.fixture
def journal(take: Take, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal that lies somewhere else."""
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    path = tmp_path / "theirs.jsonl"
    (take("2025-05-05_101010_double_charge", trainee="Ann") / "journal.jsonl").rename(path)
    return path


def kept(home: Path) -> list[Path]:
    return sorted((home / "calls").glob("*/journal.jsonl"))


def change(path: Path, number: int, **values: Any) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **values})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_it_is_kept_under_the_day_it_was_taken(journal: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_journal(journal, None)
    (copy,) = kept(home)
    assert copy.parent.name == "2025-05-05_093000_double_charge"
    assert "It replays to the bit" in capsys.readouterr().out
    theirs, ours = read_journal(journal), read_journal(copy)
    assert ours.steps == theirs.steps
    assert (ours.header.call, ours.header.trainee) == (copy.parent.name, "Ann")
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600


def test_it_can_be_given_to_a_trainee(journal: Path, home: Path) -> None:
    import_journal(journal, "Kim")
    assert read_journal(kept(home)[0]).header.trainee == "Kim"
    with pytest.raises(UsageError):
        import_journal(journal, "\x1b[31m")


def test_one_that_was_changed_is_told(journal: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal.write_text(journal.read_text(encoding="utf-8").replace('"anger": 8.2', '"anger": 3.1'), encoding="utf-8")
    import_journal(journal, None)
    assert "It does not replay to the bit" in capsys.readouterr().out


def test_one_that_was_broken_off_gets_its_end(journal: Path, home: Path) -> None:
    whole = journal.read_bytes()
    journal.write_bytes(whole[: whole.rindex(b'"event": "EndCall"') - 200])
    import_journal(journal, None)
    assert read_journal(kept(home)[0]).complete
    assert b'"EndCall"' in kept(home)[0].read_bytes()


@pytest.mark.parametrize(
    "persona_id", ["../../outside", "/etc/passwd", "a/b", "a\\b", "..", "", "x" * 65, "a\x00b", "é"]
)
def test_a_name_that_leads_elsewhere_is_refused(persona_id: str, journal: Path, home: Path) -> None:
    change(journal, 0, persona_id=persona_id)
    with pytest.raises(JournalError):
        import_journal(journal, None)
    assert kept(home) == []


@pytest.mark.parametrize(
    ("number", "values", "told"),
    [
        (0, {"persona": "id: [" * 100}, "persona"),
        (0, {"persona": "{}"}, "persona"),
        (0, {"techniques": "- rubbish"}, "techniques"),
        (0, {"rubric": "rubbish"}, "rubric"),
        (1, {"at_seconds": -1.0}, "earlier than what stands before it"),
        (1, {"at_seconds": 1e9}, "Connected is at 1000000000 s"),
        (1, {"at_seconds": 500.0}, "earlier than what stands before it"),
    ],
)
def test_what_is_out_of_order_is_refused_with_its_place(
    number: int, values: dict[str, Any], told: str, journal: Path, home: Path
) -> None:
    change(journal, number, **values)
    with pytest.raises(DataError, match=told):
        import_journal(journal, None)
    assert kept(home) == []


def test_moods_out_of_their_bounds_are_refused(journal: Path, home: Path) -> None:
    text = journal.read_text(encoding="utf-8")
    journal.write_text(text.replace('"after": {"anger": ', '"after": {"anger": 99'), encoding="utf-8")
    with pytest.raises(JournalError, match="mood is out of its bounds"):
        import_journal(journal, None)


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_a_file_that_is_none_is_refused(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "nothing", tmp_path, Path("/dev/zero")):
        with pytest.raises(JournalError):
            import_journal(path, None)


def test_a_file_that_is_too_large_is_not_even_opened(
    journal: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "JOURNAL_LIMIT_BYTES", 1024 * 10)
    with pytest.raises(JournalError, match="is larger than"):
        import_journal(journal, None)
