"""Picking a voice on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tts.tiny_voice import make_tiny_voice
from voicecoach.commands.models import list_models

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak-ng is there on Linux only")


def voicecoach(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("voicecoach")
    environment = {"VOICECOACH_HOME": str(home), "PATH": str(program.parent)}
    return subprocess.run(
        [str(program), *words], capture_output=True, text=True, check=False, env=environment, timeout=90
    )


@on_linux
def test_a_line_is_said_by_a_neural_voice_of_ones_own(tmp_path: Path) -> None:
    out = tmp_path / "line.wav"
    done = voicecoach(tmp_path, "say", "Hello there.", "--voice", str(make_tiny_voice(tmp_path)), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert out.stat().st_size > 8_000


def test_a_voice_that_is_not_here_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    done = voicecoach(tmp_path, "say", "Hello.", "--voice", "en_US-joe-medium", "--out", str(tmp_path / "x.wav"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "voicecoach models fetch en_US-joe-medium" in done.stderr


def test_neural_voices_are_listed_with_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    list_models(True)
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["en_GB-alba-medium"]["licence"] == "CC-BY-4.0"
    assert rows["en_GB-alba-medium"]["installed"] is False
    list_models(False)
    assert "a neural voice: a Scottish woman" in capsys.readouterr().out
