"""An angry caller cuts in on a strong provocation and on a monologue: by voice, really recognised, and replayed."""

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
MONOLOGUE = """\
turns:
  - say: "Thank you for calling us today and for telling me about it, and now I will explain to you how our billing
      works because many people ask about it: first the system counts the days of the month and then it takes the
      price of your plan and then it adds the price of the extras and then it sends the whole to another system that
      makes the bill and that one sends it to the bank and the bank takes it from your account on the fifth."
  - hang_up: true
"""


def run(home: Path, *arguments: str) -> Any:
    environment = {**os.environ, "VOICECOACH_HOME": str(home)}
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def remarks(home: Path) -> list[str]:
    """What the journal remarks on the only call."""
    (journal,) = home.glob("calls/*/journal.jsonl")
    events = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    return [event["text"] for event in events if event.get("event") == "Remarked"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def kept(folder: Path, text: str) -> Path:
    path = folder / "turns.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return kept(tmp_path, SCRIPT)


def test_the_caller_cuts_in_while_the_trainee_speaks_and_nobody_has_interrupted(home: Path, script: Path) -> None:
    call = run(home, "call", "double_charge", "--script", str(script), "--voiced", "--json")
    (spoken,) = [turn for turn in call["turns"] if turn["who"] == "trainee"]
    (interjection,) = [turn for turn in call["turns"] if turn["move"] == "interjection"]
    assert spoken["start"] < interjection["start"] < spoken["end"]
    assert not interjection["cut_off"]
    ids = {detection["id"] for detection in spoken["detections"]}
    assert "calm_down" in ids and "interrupt" not in ids
    assert run(home, "replay", "--json")["identical"] is True


def test_a_monologue_is_cut_in_on_by_a_caller_who_has_no_patience_left(home: Path, tmp_path: Path) -> None:
    call = run(home, "call", "double_charge", "--script", str(kept(tmp_path, MONOLOGUE)), "--voiced", "--json")
    (spoken,) = [turn for turn in call["turns"] if turn["who"] == "trainee"]
    (interjection,) = [turn for turn in call["turns"] if turn["move"] == "interjection"]
    borne_seconds = interjection["start"] - spoken["start"]
    assert 14.0 * 0.5 < borne_seconds < 20.0, "of a furious or an angry caller, by the patience of the file"
    assert "interrupt" not in {detection["id"] for detection in spoken["detections"]}
    assert "on a monologue" in " ".join(remarks(home))


def test_without_a_voice_a_script_is_heard_out(home: Path, script: Path) -> None:
    call = run(home, "call", "double_charge", "--script", str(script), "--json")
    assert [turn for turn in call["turns"] if turn["move"] == "interjection"] == []
