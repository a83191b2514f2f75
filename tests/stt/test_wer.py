"""Word error rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.stt.wer import word_error_rate, word_errors

WORDS = st.lists(st.sampled_from("a b c d".split()), max_size=8)


@pytest.mark.parametrize(
    ("reference", "heard", "errors"),
    [
        ("i am sorry", "i am sorry", 0),
        ("i am sorry", "i was sorry", 1),
        ("i am sorry", "i sorry", 1),
        ("i am sorry", "i am so sorry", 1),
        ("i am sorry", "", 3),
        ("", "huh", 1),
        ("a b c d", "b c d a", 2),
    ],
)
def test_substitutions_deletions_and_insertions_count_one_each(reference: str, heard: str, errors: int) -> None:
    assert word_errors(reference.split(), heard.split()) == errors


def test_the_rate_is_over_all_words_not_over_the_sentences() -> None:
    assert word_error_rate([("one two three four five six seven eight nine", "one"), ("no", "no")]) == 0.8


def test_it_may_be_above_one() -> None:
    assert word_error_rate([("no", "well i do not know")]) == 5.0


def test_nothing_to_compare_with_is_an_error() -> None:
    with pytest.raises(ValueError, match="no reference words"):
        word_error_rate([("", "huh")])


@given(WORDS, WORDS)
def test_errors_are_a_distance(one: list[str], other: list[str]) -> None:
    assert word_errors(one, other) == word_errors(other, one)
    assert (word_errors(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= word_errors(one, other) <= max(len(one), len(other))
