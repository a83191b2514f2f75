"""Trying a call again, whole or from one of its turns, as a person does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person

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


class Trier(Person):
    """With two scripts at hand, and an eye on the calls taken so far."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "home")
        for name, text in (("first", FIRST), ("better", BETTER)):
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        self.first, self.better = str(folder / "first.yaml"), str(folder / "better.yaml")

    def calls(self) -> list[str]:
        return sorted(path.parent.name for path in self.home.glob("calls/*/journal.jsonl"))


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Trier:
    person = Trier(tmp_path_factory.mktemp("again"))
    person.sees("call", "double_charge", "--seed", "7", "--script", person.first, "--json")
    return person


def test_again_is_the_same_caller_with_the_same_words(person: Trier) -> None:
    first = person.calls()[0]
    recorded = person.sees("review", first, "--json")
    again = person.sees("call", "--again", first, "--script", person.first, "--json")
    assert again["turns"] == recorded["turns"]
    assert again["anger"] == recorded["anger"]


def test_from_a_turn_the_earlier_part_stays_and_the_rest_is_new(person: Trier) -> None:
    first = person.calls()[0]
    recorded = person.sees("review", first, "--json")
    taken = person.sees("call", "--from", f"{first}@3", "--script", person.better, "--json")
    said = [turn["text"] for turn in taken["turns"] if turn["who"] == "trainee"]
    before = [turn["text"] for turn in recorded["turns"] if turn["who"] == "trainee"]
    assert said == [*before[:2], "I am so sorry. That must be awful. I will refund the second payment today."]
    assert "calm_down" not in [tally["id"] for tally in taken["score"]["mistakes"]], "what was taken back costs nothing"
    assert person.sees("replay", "last", "--json")["identical"]


def test_what_does_not_fit_together_is_told_in_one_line(person: Trier) -> None:
    first = person.calls()[0]
    assert "chosen in the earlier call" in person.is_told("call", "it_ticket", "--again", first, "--stt", "typed")
    assert "chosen in the earlier call" in person.is_told("call", "--again", first, "--seed", "3", "--stt", "typed")
    assert "names no turn" in person.is_told("call", "--from", first, "--stt", "typed")
    assert "there are turns 1 to 3" in person.is_told("call", "--from", f"{first}@8", "--stt", "typed")
    assert "there is no call" in person.is_told("call", "--again", "nowhere", "--stt", "typed")
    assert "give one of them" in person.is_told("call", "--again", first, "--from", f"{first}@2", "--stt", "typed")
