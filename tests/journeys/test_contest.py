"""Contesting what was heard, as a person does it: the curve and the score follow, the recorded call stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.person import Person

SCRIPT = """
turns:
  - say: "I can hear how upsetting that is, and I would be upset too."
  - say: "Calm down."
  - say: "I am sorry about that. I will refund the second charge today."
"""


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Person:
    folder = tmp_path_factory.mktemp("contest")
    script = folder / "turns.yaml"
    script.write_text(SCRIPT, encoding="utf-8")
    person = Person(folder / "home")
    assert person.types("call", "double_charge", "--script", str(script)).returncode == 0
    return person


def test_a_detection_is_contested_withdrawn_and_taught_on(person: Person, tmp_path: Path) -> None:
    (journal,) = person.home.glob("calls/*/journal.jsonl")
    recorded = journal.read_bytes()
    score = person.sees("review", "--json")["score"]
    assert [m["id"] for m in score["mistakes"]] == ["calm_down"]

    made = person.sees("contest", "last", "2", "calm_down", "--reason", "I said column", "--by", "Ana", "--json")
    assert made["anger"]["turn_now"] < made["anger"]["turn_before"]
    assert made["anger"]["end_now"] < made["anger"]["end_before"]
    assert person.sees("review", "--json")["score"]["mistakes"] == []

    lines = tmp_path / "lines.jsonl"
    assert "own words" in person.is_told("contest", "--lines", str(lines))
    assert not lines.exists(), "nobody's words leave without consent"
    assert person.types("contest", "--lines", str(lines), "--consent").returncode == 0
    (line,) = (json.loads(each) for each in lines.read_text(encoding="utf-8").splitlines())
    assert (line["text"], line["labels"], line["by"]) == ("Calm down.", [], ["Ana"])
    assert line["context"], "what the caller said before"

    person.sees("contest", "last", "--withdraw", "1", "--reason", "I did say it", "--json")
    assert person.sees("review", "--json")["score"] == score
    first, second = person.sees("contest", "--json")
    assert (first["stands"], second["withdraws"]) == (False, 1)
    assert journal.read_bytes() == recorded, "the original stays"


def test_what_makes_no_sense_is_told_in_one_line(person: Person) -> None:
    assert "needs a reason" in person.is_told("contest", "last", "1", "calm_down")
    assert "turns 1 to 3" in person.is_told("contest", "last", "9", "own", "--reason", "x")
    assert "did you mean `relate`" in person.is_told("contest", "last", "1", "relat", "--reason", "x")
    assert "turn 1 has no hold" in person.is_told("contest", "last", "1", "hold", "--reason", "x")
    assert "already" in person.is_told("contest", "last", "1", "empathize", "--add", "--reason", "x")
    assert "are not in turn 1" in person.is_told(
        "contest", "last", "1", "own", "--add", "--words", "zebra", "--reason", "x"
    )
    assert "no contest 99" in person.is_told("contest", "last", "--withdraw", "99", "--reason", "x")
    assert "there is no call" in person.is_told("contest", "nowhere", "1", "own", "--reason", "x")
