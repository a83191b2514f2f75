"""What the detector promises whatever is said: evidence, order, honesty about unsure words, bad input survived."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.techniques.detector import SURE_WORD, TextDetector
from voicecoach.techniques.ids import TEXT_IDS

TURN = "Oh no, on your birthday! I'm so sorry about that. Leave it with me, I'll call you back by five today."
SPOKEN = ["sorry", "calm", "down", "I", "will", "you", "can't", "hold", "refund", "sir", "um", "by", "five", "!", "?"]


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


def test_several_ids_in_one_turn_in_spoken_order_with_their_words(detector: TextDetector) -> None:
    found = {d.id: d for d in detector.detect(TURN, "You ruined my birthday!")}
    assert {"relate", "apologize", "own", "timeframe"} <= set(found)
    assert "sorry" in found["apologize"].words
    assert "leave it with me" in found["own"].words.lower()
    starts = [d.span[0] for d in detector.detect(TURN, "You ruined my birthday!")]
    assert starts == sorted(starts)


def test_the_words_are_those_of_the_span(detector: TextDetector) -> None:
    words = TURN.split()
    for each in detector.detect(TURN):
        start, end = each.span
        assert 0 <= start < end <= len(words)
        assert each.words == " ".join(words[start:end])
        assert each.evidence == "text" and each.why


def test_the_same_turn_is_judged_the_same_every_time(detector: TextDetector) -> None:
    assert detector.detect(TURN, "x") == TextDetector().detect(TURN, "x")


def test_words_that_were_not_clearly_heard_are_shown_and_not_scored(detector: TextDetector) -> None:
    text = "you need to calm down"
    clear = {d.id: d.confidence for d in detector.detect(text, "What!", [0.9] * 5)}
    unsure = {d.id: d.confidence for d in detector.detect(text, "What!", [0.9, 0.9, 0.9, 0.2, 0.2])}
    assert clear["calm_down"] >= SURE_WORD > unsure["calm_down"] > 0


def test_too_few_word_confidences_count_as_sure(detector: TextDetector) -> None:
    assert detector.detect("you need to calm down", "", [0.9]) == detector.detect("you need to calm down")


def test_three_apologies_in_a_turn_are_too_many_and_still_an_apology(detector: TextDetector) -> None:
    found = {d.id for d in detector.detect("I'm sorry, I'm so sorry, I'm really sorry.")}
    assert {"apologize", "over_apologize"} <= found


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "...", "😀 🎉", "\x00\x01\x07", "Привет, как дела", "你好"])
def test_what_holds_no_words_gives_nothing(detector: TextDetector, text: str) -> None:
    assert detector.detect(text) == ()


def test_ten_thousand_words_are_survived(detector: TextDetector) -> None:
    found = detector.detect("I am so sorry about this. " + "and then " * 5_000)
    assert all(d.span[1] <= 10_006 for d in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_taken(text: str, context: str) -> None:
    for each in TextDetector().detect(text, context):
        assert each.id in TEXT_IDS
        assert 0 <= each.span[0] < each.span[1] <= len(text.split())
        assert 0 < each.confidence <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SPOKEN), max_size=30), st.lists(st.floats(0, 1), max_size=30))
def test_any_words_with_any_confidences_are_taken(words: list[str], confidences: list[float]) -> None:
    for each in TextDetector().detect(" ".join(words), "", confidences):
        assert 0 <= each.confidence <= 1


def test_nothing_but_fillers_is_nothing_whatever_was_said_before() -> None:
    detector = TextDetector()
    contexts = ("", "Nobody tells me anything!", "You took my money. Twice. And now my rent has bounced!")
    assert [detector.detect(text, before) for text in ("Well.", "um, so", "Hm.") for before in contexts] == [()] * 9


def test_one_fetching_of_a_supervisor_is_one_technique() -> None:
    found = TextDetector().detect("Let me get my supervisor on the line for you right away.", "I want your supervisor.")
    assert [each.id for each in found if each.id in ("refer", "involve_supervisor")] == ["refer"]
