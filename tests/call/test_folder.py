"""Where calls are kept, and how one is found again."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicecoach.call.folder import JOURNAL_NAME, find_journal, new_call_folder
from voicecoach.errors import JournalError, StorageError

NOW = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)


def taken(calls: Path) -> Path:
    folder = new_call_folder(calls, "double_charge", NOW)
    (folder / JOURNAL_NAME).write_text("", encoding="utf-8")
    return folder


def test_two_calls_in_one_second_have_two_folders(tmp_path: Path) -> None:
    calls = tmp_path / "home" / "calls"
    first, second = taken(calls), taken(calls)
    assert first.name == "2026-03-01_093005_double_charge"
    assert second.name == "2026-03-01_093005_double_charge_2"


def test_only_the_owner_may_look_in(tmp_path: Path) -> None:
    folder = taken(tmp_path / "home" / "calls")
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_call_is_found_by_name_by_path_and_as_the_last(tmp_path: Path) -> None:
    calls = tmp_path / "home" / "calls"
    first, second = taken(calls), taken(calls)
    assert find_journal(calls, first.name) == first / JOURNAL_NAME
    assert find_journal(calls, str(first)) == first / JOURNAL_NAME
    assert find_journal(calls, str(first / JOURNAL_NAME)) == first / JOURNAL_NAME
    assert find_journal(calls, "last") == second / JOURNAL_NAME


def test_a_call_that_is_not_there_names_the_near_ones(tmp_path: Path) -> None:
    calls = tmp_path / "home" / "calls"
    with pytest.raises(JournalError, match="take one"):
        find_journal(calls, "last")
    taken(calls)
    with pytest.raises(JournalError, match="2026-03-01_093005_double_charge"):
        find_journal(calls, "2026-03-01_093006_double_charge")


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="VOICECOACH_HOME"):
        new_call_folder(blocked / "calls", "x", NOW)
