"""What a person has set once."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import SettingsError, UsageError
from voicecoach.settings import Settings, read_settings, trainee_name


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRAINEE", "DATABASE", "KEEP_RECORDINGS_DAYS", "KEEP_CALLS_DAYS"):
        monkeypatch.delenv(f"VOICECOACH_{name}", raising=False)


def test_nothing_set_keeps_everything(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings("", "", None, None)


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text('trainee = "Kim"\nkeep_recordings_days = 30\nkeep_calls_days = 365\n')
    assert read_settings(tmp_path) == Settings("Kim", "", 30, 365)
    monkeypatch.setenv("VOICECOACH_TRAINEE", "Lee")
    monkeypatch.setenv("VOICECOACH_KEEP_RECORDINGS_DAYS", "7")
    assert read_settings(tmp_path) == Settings("Lee", "", 7, 365)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"trainee = Kim", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b"a = " + b"[" * 30_000, "is not TOML"),
        (b'colour = "red"', "there is no setting 'colour'; there are: trainee"),
        (b"trainee = 3", "must be a text in quotes"),
        (b'trainee = "' + b"x" * 101 + b'"', "1 to 100 printable letters"),
        (b'keep_calls_days = "1"', "must be a whole number of days"),
        (b"keep_calls_days = 0", "must be a whole number of days"),
        (b"keep_calls_days = true", "must be a whole number of days"),
        (b"#" * 70_000, "too large"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "settings.toml"))
    assert told in str(caught.value)


def test_what_is_wrong_in_the_environment_is_told_with_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_KEEP_CALLS_DAYS", "-3")
    with pytest.raises(SettingsError, match="VOICECOACH_KEEP_CALLS_DAYS: must be a whole number"):
        read_settings(tmp_path)


def test_a_name_is_one_way_of_writing_it() -> None:
    assert trainee_name("  Zoe\u0308   Smith ") == "Zo\u00eb Smith"
    assert trainee_name("<script>") == "<script>", "shown, not run: escaping is the pages' matter"


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x1b[31mb", "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        trainee_name(name)
