"""When a report is written and opened, and where to."""

from __future__ import annotations

import stat
import sys
import webbrowser
from pathlib import Path

import pytest

from voicecoach.call.folder import JOURNAL_NAME
from voicecoach.cli import app
from voicecoach.commands import report
from voicecoach.commands.call import take_call
from voicecoach.commands.options import CallOptions
from voicecoach.errors import AudioFileError, StorageError
from voicecoach.places import calls_folder
from voicecoach.review.reading import read_call

SCRIPT = """\
turns:
  - say: "I can hear how upsetting that is for you."
  - say: "Leave it with me."
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a call that was taken from a script; earlier ones of the same trainee lie beside it."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    script = tmp_path / "turns.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    for _ in range(3):
        take_call(CallOptions("double_charge", script=script, as_json=True))
    return sorted(calls_folder().iterdir())[-1]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was asked to open; there is a desktop and a terminal."""
    asked: list[str] = []

    def remember(url: str) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", remember)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    return asked


def test_at_a_desktop_it_is_written_beside_the_call_for_its_owner_alone_and_opened(
    folder: Path, opened: list[str]
) -> None:
    told = report.show_report(folder, no_open=False)
    page = folder / report.REPORT_NAME
    assert opened == [page.as_uri()]
    assert str(page) in told
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "Dana Kowalski" in page.read_text(encoding="utf-8")


def test_who_does_not_want_it_or_has_no_desktop_or_no_terminal_is_left_alone(
    folder: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report.show_report(folder, no_open=True) == ""
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert report.show_report(folder, no_open=False) == ""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert report.show_report(folder, no_open=False) == ""
    assert opened == []
    assert not (folder / report.REPORT_NAME).exists()


def test_where_no_browser_starts_the_place_is_told(
    folder: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    assert "no browser could be started" in report.show_report(folder, no_open=False)


def test_review_writes_it_where_it_is_wanted(folder: Path, opened: list[str], tmp_path: Path) -> None:
    page = tmp_path / "mine.html"
    app(["review", folder.name, "--out", str(page), "--no-open"], standalone_mode=False)
    assert "<!doctype html>" in page.read_text(encoding="utf-8")
    assert opened == []
    app(["review", folder.name, "--out", str(page)], standalone_mode=False)
    assert opened == [page.as_uri()]


def test_a_sentence_that_is_said_in_every_call_is_shown(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "mine.html"
    report.write_report(read_call(folder / JOURNAL_NAME), page)
    text = page.read_text(encoding="utf-8")
    assert "and in 2 calls before" in text
    assert text.index("Said again") < text.index("I can hear how upsetting that is for you.", text.index("Said again"))


def test_a_place_that_cannot_be_written_and_a_recording_that_is_none_are_told(folder: Path, tmp_path: Path) -> None:
    call = read_call(folder / JOURNAL_NAME)
    with pytest.raises(StorageError, match="cannot be written"):
        report.write_report(call, tmp_path / "nowhere" / "page.html")
    (folder / "recording.flac").write_bytes(b"not a sound")
    with pytest.raises(AudioFileError, match="not a recording"):
        report.write_report(call, tmp_path / "page.html")
    report.write_report(call, tmp_path / "page.html", sound=False)
