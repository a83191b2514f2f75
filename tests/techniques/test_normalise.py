"""Words as spoken, made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.techniques.normalise import LONGEST_TURN_WORDS, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I'm sorry", "i am sorry"),
        ("I’ll do it", "i will do it"),
        ("we can't, we won't", "we can not we will not"),
        ("that's mine; the driver's late", "that is mine the driver s late"),
        ("I APOLOGISE!", "i apologize"),
        ("I'm authorised", "i am authorized"),
        ("Um, so, er, yeah", "so yes"),
        ("I, I'm going to, to help", "i am going to help"),
        ("sorry, sorry, sorry", "sorry sorry sorry"),
        ("Mm-hm.", "mmhm"),
        ("Uh-huh!", "mmhm"),
        ("a twenty-pound voucher", "a twenty pound voucher"),
        ("señor café", "senor cafe"),
        ("im sari", "i am sorry"),
        ("don't promise otherwise", "do not promise otherwise"),
    ],
)
def test_one_spelling(text: str, tokens: str) -> None:
    assert " ".join(tokenise(text).texts) == tokens


def test_punctuation_and_case_change_nothing() -> None:
    typed = tokenise("Oh no! I'm so sorry, Mr. Hale; that's awful.")
    heard = tokenise("oh no i'm so sorry mr hale that's awful")
    assert typed.texts == heard.texts


def test_a_span_leads_back_to_the_words_as_spoken() -> None:
    tokens = tokenise("Well, um, I'm truly sorry.")
    start = tokens.texts.index("am")
    assert tokens.span(start, start + 3) == (2, 5)
    assert tokens.words[2:5] == ("I'm", "truly", "sorry.")


def test_a_speech_without_end_is_cut() -> None:
    assert len(tokenise("word " * 10_000 + "sorry").texts) <= LONGEST_TURN_WORDS


@given(st.text())
def test_any_text_gives_tokens_that_point_at_its_words(text: str) -> None:
    tokens = tokenise(text)
    assert tokens.words == tuple(text.split())
    assert len(tokens.texts) == len(tokens.positions)
    assert all(0 <= position < len(tokens.words) for position in tokens.positions)
    assert list(tokens.positions) == sorted(tokens.positions)
