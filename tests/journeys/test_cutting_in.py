"""An angry caller cuts in on a strong provocation: by voice, really recognised, and replayed to the bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]
SCRIPT = """\
turns:
  - say: "You need to calm down right now, or I can not help you with any of this today."
  - hang_up: true
"""


def run(home: Path, *arguments: str) -> Any:
    environment = {**os.environ, "VOICECOACH_HOME": str(home)}
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "turns.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_the_caller_cuts_in_while_the_trainee_speaks_and_nobody_has_interrupted(home: Path, script: Path) -> None:
    call = run(home, "call", "double_charge", "--script", str(script), "--voiced", "--json")
    (spoken,) = [turn for turn in call["turns"] if turn["who"] == "trainee"]
    (interjection,) = [turn for turn in call["turns"] if turn["move"] == "interjection"]
    assert spoken["start"] < interjection["start"] < spoken["end"]
    assert not interjection["cut_off"]
    ids = {detection["id"] for detection in spoken["detections"]}
    assert "calm_down" in ids and "interrupt" not in ids
    assert run(home, "replay", "--json")["identical"] is True


def test_without_a_voice_a_script_is_heard_out(home: Path, script: Path) -> None:
    call = run(home, "call", "double_charge", "--script", str(script), "--json")
    assert [turn for turn in call["turns"] if turn["move"] == "interjection"] == []
