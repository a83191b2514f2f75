"""Strong provocations on the words so far: told only when the rest of the turn will hardly take them back."""

from __future__ import annotations

import pytest

from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.early import STRONG_IDS, EarlyEar
from voicecoach.techniques.ids import MISTAKES, TEXT_IDS


@pytest.fixture(scope="module")
def ear() -> EarlyEar:
    return EarlyEar(TextDetector())


def told_at(ear: EarlyEar, turn: str) -> tuple[str, int] | None:
    """The id that is told first, word by word, and after how many words."""
    words = turn.split()
    for count in range(1, len(words) + 1):
        found = ear.hear(" ".join(words[:count]))
        if found is not None:
            return found.id, count
    return None


@pytest.mark.parametrize(
    ("turn", "id_", "by_word"),
    [
        ("you need to calm down right now or i can't help you", "calm_down", 6),
        ("can i put you on hold for two minutes while i look", "hold", 8),
        ("you should have read the contract before you signed it", "blame_customer", 7),
        ("that is ridiculous we will never do that for anybody", "call_it_outrageous", 5),
        ("are you sure it was the third and not the fourth", "doubt", 6),
        ("listen sweetheart let me explain how this works", "patronize", 5),
    ],
)
def test_it_is_told_while_the_trainee_still_speaks(ear: EarlyEar, turn: str, id_: str, by_word: int) -> None:
    told = told_at(ear, turn)
    assert told is not None
    assert told[0] == id_
    assert told[1] <= by_word < len(turn.split())


def test_the_last_word_alone_is_not_enough(ear: EarlyEar) -> None:
    assert ear.hear("you need to calm down") is None
    assert ear.hear("you need to calm down right") is not None


@pytest.mark.parametrize(
    "turn",
    [
        "calm down the line noise so that i can hear you",
        "i'm not telling you to calm down i want to help you",
        "i would never ask you to calm down sir not after this",
        "who told you to calm down that was wrong of them",
        "i won't put you on hold i'll look while we talk",
        "they put you on hold for an hour and that is awful",
        "instead of putting you on hold i'll talk you through it",
        "i'm not calling you a liar i believe every word of it",
        "i am so sorry about this and i will put it right today",
        "so you were charged twice on the third is that right",
        "",
    ],
)
def test_what_is_denied_or_told_of_or_harmless_is_awaited(ear: EarlyEar, turn: str) -> None:
    assert told_at(ear, turn) is None


def test_it_keeps_nothing_between_two_calls(ear: EarlyEar) -> None:
    words = "you need to calm down right now"
    assert ear.hear(words) == ear.hear(words) is not None


def test_what_cannot_be_made_good_are_mistakes_heard_in_words() -> None:
    assert set(MISTAKES) & set(TEXT_IDS) >= STRONG_IDS
