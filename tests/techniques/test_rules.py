"""The phrase files, and how their lists are read."""

from __future__ import annotations

import pytest

from voicecoach.techniques.ids import TEXT_IDS
from voicecoach.techniques.model import shipped_model
from voicecoach.techniques.normalise import tokenise
from voicecoach.techniques.rules import RuleBook, RuleError, fingerprint, read_lists, shipped_lists

LIST = """
= hold: leaves the caller waiting
hang on ; hold the line
! hang on to your
= hold: plays music
enjoy the music
"""


def test_lists_keep_their_phrases_and_exceptions_apart() -> None:
    first, second = read_lists(LIST, "test")
    assert (first.phrases, first.exceptions) == (("hang on", "hold the line"), ("hang on to your",))
    assert (second.why, second.exceptions) == ("plays music", ())
    assert first.name != second.name


def test_an_exception_undoes_the_phrase_it_touches_and_no_other() -> None:
    book = RuleBook(read_lists(LIST, "test"))
    assert [hit.phrase for hit in book.find(tokenise("Hang on!"))] == ["hang on"]
    assert [hit.phrase for hit in book.find(tokenise("Hang on to your ticket."))] == []
    both = book.find(tokenise("Hang on to your ticket and hold the line"))
    assert [hit.phrase for hit in both] == ["hold the line"]


@pytest.mark.parametrize("text", ["= nonsense: x\na b", "= hold\na b", "a b"])
def test_a_wrong_file_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(RuleError, match="test:1"):
        read_lists(text, "test")


def test_every_text_id_but_the_one_that_is_context_has_phrases() -> None:
    assert {each.id for each in shipped_lists()} == set(TEXT_IDS) - {"paraphrase"}


def test_the_weights_belong_to_these_phrases() -> None:
    """After a change of phrases or word classes the weights must be built again: python -m training.train."""
    assert shipped_model().weights.fingerprint == fingerprint()
