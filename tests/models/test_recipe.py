"""The recipe's parts that need none of its heavy tools: text to words, and the language model."""

from __future__ import annotations

import math

import pytest

from models.recipe.ngram import fitted_ngram
from models.recipe.words import cardinal, ordinal, spoken_words


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Refund 2 x £30!", "refund two x thirty pounds"),
        ("Mrs. O'Brien", "missus o'brien"),
        ("50% off", "fifty percent off"),
        ("I'm so sorry", "i'm so sorry"),
        ("mm-hm", "mm hm"),
    ],
)
def test_written_text_becomes_spoken_words(written: str, spoken: str) -> None:
    assert " ".join(spoken_words(written)) == spoken


def test_numbers_in_words() -> None:
    assert " ".join(cardinal(342)) == "three hundred forty two"
    assert " ".join(ordinal(21)) == "twenty first"


def test_the_language_model_shares_out_all_probability() -> None:
    sentences = [(text.split(), 1.0) for text in ("i am sorry", "i am here", "we are sorry", "i hear you")]
    vocabulary = sorted({word for words, _ in sentences for word in words})
    model = fitted_ngram(sentences, vocabulary, 200)
    for history in [(), ("i",), ("am",), ("i", "am")]:
        total = sum(model.word_probability(history, word) for word in [*vocabulary, "</s>"])
        assert math.isclose(total, 1.0, abs_tol=1e-6), history
