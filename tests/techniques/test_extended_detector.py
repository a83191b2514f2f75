"""Phrases that a coach has added are heard as everything else is heard."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voicecoach.techniques.detector import SURE_WORD, TextDetector
from voicecoach.techniques.extended_detector import ExtendedDetector
from voicecoach.techniques.extension import Addition, Extension
from voicecoach.values import Detection


class Hears:
    """A detector that always hears the same."""

    def __init__(self, *found: Detection) -> None:
        self._found = found

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        return self._found


def extended(
    *phrases: str, id_: str = "direct_line", confidence: float = 0.9, by: Hears | None = None
) -> ExtendedDetector:
    return ExtendedDetector(by or Hears(), Extension("", (Addition(id_, phrases, confidence),)))


def test_the_words_the_confidence_and_why_are_told() -> None:
    (found,) = extended("my direct line").detect("well here is my direct line for you")
    assert found == Detection("direct_line", "my direct line", (3, 6), 0.9, "text", 'your phrase "my direct line"')


@pytest.mark.parametrize(
    ("phrase", "turn"),
    [
        ("I will own this", "I'll own this."),
        ("I'll own this", "i will own this from now on"),
        ("we apologise", "We apologize!"),
        ("my direct line", "MY, uh, direct line"),
        ("leave it with us", "leave it really with us"),
        ("it cannot wait", "it can't wait"),
    ],
)
def test_spelling_contractions_fillers_and_little_words_do_not_matter(phrase: str, turn: str) -> None:
    assert [d.id for d in extended(phrase).detect(turn)] == ["direct_line"]


@pytest.mark.parametrize(
    ("phrase", "turn"),
    [("own", "my owner is downtown"), ("my direct line", "my line"), ("direct line", "direct dial line")],
)
def test_only_whole_words_in_their_order_count(phrase: str, turn: str) -> None:
    assert extended(phrase).detect(turn) == ()


def test_once_a_turn_and_in_spoken_order_with_the_rest() -> None:
    thanks = Detection("thank", "thanks", (4, 5), 0.7)
    found = extended("my direct line", by=Hears(thanks)).detect("my direct line is thanks my direct line")
    assert [d.id for d in found] == ["direct_line", "thank"]


def test_the_surer_of_two_for_one_id_counts() -> None:
    sure, unsure = Detection("own", "x", (0, 1), 0.95), Detection("own", "x", (0, 1), 0.6)
    assert extended("i own it", id_="own", by=Hears(sure)).detect("i own it") == (sure,)
    (found,) = extended("i own it", id_="own", by=Hears(unsure)).detect("i own it")
    assert (found.words, found.confidence) == ("i own it", 0.9)


def test_words_that_were_not_clearly_heard_are_shown_and_not_scored() -> None:
    (found,) = extended("my direct line").detect("my direct line", "", [0.3, 0.4, 0.2])
    assert 0 < found.confidence < SURE_WORD
    (found,) = extended("my direct line").detect("my direct line", "", [0.9])
    assert found.confidence == 0.9


@pytest.mark.parametrize("text", ["", "...", "🙂", "\x00"])
def test_what_holds_no_words_gives_nothing(text: str) -> None:
    assert extended("my direct line").detect(text) == ()


def test_what_the_detector_hears_by_itself_stays() -> None:
    turn = "I'm so sorry about that, here is my direct line."
    alone = TextDetector().detect(turn)
    added = ExtendedDetector(TextDetector(), Extension("", (Addition("direct_line", ("my direct line",), 0.9),)))
    assert "apologize" in {d.id for d in alone}
    assert set(added.detect(turn)) - set(alone) == {d for d in added.detect(turn) if d.id == "direct_line"}
