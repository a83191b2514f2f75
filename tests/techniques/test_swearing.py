"""Swear words make a turn hostile, and point at themselves."""

from __future__ import annotations

import pytest

from voicecoach.techniques.detector import TextDetector


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("oh fuck you and your bill", "fuck"),
        ("this is bullshit lady", "bullshit"),
        ("why don't you just piss off then", "piss off"),
    ],
)
def test_swearing_is_hostile(text: str, words: str) -> None:
    hostile = [d for d in TextDetector().detect(text) if d.id == "hostile"]
    assert [d.words for d in hostile] == [words]
    assert hostile[0].confidence >= 0.9


def test_a_swear_word_that_was_hardly_heard_is_not_scored() -> None:
    confidences = [1.0, 0.2, 1.0, 1.0]
    hostile = [d for d in TextDetector().detect("your fucking bill arrived", "", confidences) if d.id == "hostile"]
    assert all(d.confidence < 0.5 for d in hostile)


def test_names_of_towns_are_no_swearing() -> None:
    assert not [d for d in TextDetector().detect("the parcel went to scunthorpe") if d.id == "hostile"]
