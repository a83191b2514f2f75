"""Trying a call again, whole or from one of its turns, as a person does it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = str(Path(sys.executable).with_name("voicecoach"))
FIRST = """
turns:
  - say: "I can hear how upsetting that is, and I would be upset too."
  - say: "So you were charged twice?"
  - say: "Calm down."
"""
BETTER = """
turns:
  - say: "I am so sorry. That must be awful. I will refund the second payment today."
"""


class Person:
    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        for name, text in (("first", FIRST), ("better", BETTER)):
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.first, self.better = str(folder / "first.yaml"), str(folder / "better.yaml")

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "VOICECOACH_HOME": str(self.home), "COLUMNS": "80"}
        return subprocess.run(
            [PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, check=False
        )

    def sees(self, *words: str) -> Any:
        done = self.types(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def is_told(self, *words: str) -> str:
        done = self.types(*words)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        return line

    def calls(self) -> list[str]:
        return sorted(path.parent.name for path in self.home.glob("calls/*/journal.jsonl"))


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Person:
    person = Person(tmp_path_factory.mktemp("again"))
    person.sees("call", "double_charge", "--seed", "7", "--script", person.first, "--json")
    return person


def test_again_is_the_same_caller_with_the_same_words(person: Person) -> None:
    first = person.calls()[0]
    recorded = person.sees("review", first, "--json")
    again = person.sees("call", "--again", first, "--script", person.first, "--json")
    assert again["turns"] == recorded["turns"]
    assert again["anger"] == recorded["anger"]


def test_from_a_turn_the_earlier_part_stays_and_the_rest_is_new(person: Person) -> None:
    first = person.calls()[0]
    recorded = person.sees("review", first, "--json")
    taken = person.sees("call", "--from", f"{first}@3", "--script", person.better, "--json")
    said = [turn["text"] for turn in taken["turns"] if turn["who"] == "trainee"]
    before = [turn["text"] for turn in recorded["turns"] if turn["who"] == "trainee"]
    assert said == [*before[:2], "I am so sorry. That must be awful. I will refund the second payment today."]
    assert "calm_down" not in [tally["id"] for tally in taken["score"]["mistakes"]], "what was taken back costs nothing"
    assert person.sees("replay", "last", "--json")["identical"]


def test_what_does_not_fit_together_is_told_in_one_line(person: Person) -> None:
    first = person.calls()[0]
    assert "chosen in the earlier call" in person.is_told("call", "it_ticket", "--again", first, "--stt", "typed")
    assert "chosen in the earlier call" in person.is_told("call", "--again", first, "--seed", "3", "--stt", "typed")
    assert "names no turn" in person.is_told("call", "--from", first, "--stt", "typed")
    assert "there are turns 1 to 3" in person.is_told("call", "--from", f"{first}@8", "--stt", "typed")
    assert "there is no call" in person.is_told("call", "--again", "nowhere", "--stt", "typed")
    assert "give one of them" in person.is_told("call", "--again", first, "--from", f"{first}@2", "--stt", "typed")
