"""A replay says what judged the words when the call is not the same any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voicecoach.call.journal import read_journal
from voicecoach.cli import app
from voicecoach.techniques.version import detector_version

SCRIPT = """turns:
  - {say: "mm-hm, go on"}
  - {say: "That must have been so frustrating. I'm sorry that happened."}
  - {hang_up: true}
"""


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    script = tmp_path / "turns.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    app(["call", "abusive_caller", "--script", str(script), "--no-record"], standalone_mode=False)
    capsys.readouterr()
    (path,) = tmp_path.glob("calls/*/journal.jsonl")
    return path


def replayed(capsys: pytest.CaptureFixture[str]) -> str:
    app(["replay", "last"], standalone_mode=False)
    return " ".join(capsys.readouterr().out.split())


def rewrite(journal: Path, **changed: str) -> None:
    """The journal as another detector would have left it: other fields in its header, another confidence."""
    header, *steps = journal.read_text(encoding="utf-8").splitlines()
    kept = {key: value for key, value in json.loads(header).items() if key not in changed} | changed
    told = "\n".join([json.dumps({k: v for k, v in kept.items() if v != "(left out)"}), *steps]) + "\n"
    journal.write_text(told.replace('"confidence": 0.', '"confidence": 0.1', 1), encoding="utf-8")


def test_a_journal_names_its_detector_and_replays_the_same(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_journal(journal).header.detector == detector_version()
    told = replayed(capsys)
    assert "The same, to the bit." in told
    assert "detector" not in told


def test_a_call_judged_by_another_detector_says_which(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(journal, detector="0123456789ab")
    told = replayed(capsys)
    assert "Not the same" in told
    assert f"judged by detector 0123456789ab then, by {detector_version()} now" in told


def test_a_journal_older_than_the_field_is_still_read(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(journal, detector="(left out)")
    assert read_journal(journal).header.detector == ""
    assert f"judged by detector (not named) then, by {detector_version()} now" in replayed(capsys)


def test_the_same_detector_is_not_to_blame(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(journal)
    assert "the detector is the same" in replayed(capsys)
