"""Words as a recogniser gives them, matched by what they mean rather than how they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.persona.wording import PhraseIndex, Phrases, Spoken, affirmed, located, stem, tokens


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("It's $54.99!", "it's fifty four ninety nine"),
        ("on the 3rd, the 22nd, the 30th and the 12th", "on the third the twenty second the thirtieth and the twelfth"),
        ("at 11:40 or 6:50", "at eleven forty or six fifty"),
        ("account 4471", "account four four seven one"),
        ("I’ll refund it", "i'll refund it"),
        ("CAFÉ", "café"),
        ("", ""),
    ],
)
def test_typed_words_become_spoken_ones(typed: str, spoken: str) -> None:
    assert tokens(typed) == spoken.split()


@pytest.mark.parametrize(
    "words",
    ["refund refunds refunded refunding", "cancel cancelled cancelling cancels", "payment payments", "friday friday's"],
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@given(st.text())
def test_every_token_is_located_in_the_text_it_came_from(text: str) -> None:
    found = located(text)
    assert [token for token, _ in found] == tokens(text)
    assert all(0 <= position < len(text.split()) for _, position in found)


def heard(phrase: str, text: str) -> bool:
    return bool(Phrases.of([phrase]).heard_in(Spoken.of(tokens(text))))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("money back", "you'll get your money right back"),
        ("charged twice", "so they were charging you twice"),
        ("account number", "could i have the number of your account"),
        ("thirty five dollar fee", "the thirty five dollars in fees"),
        ("sixty four ninety nine", "it was $64.99 each time"),
        ("pay the bank's overdraft fee for you", "we pay the overdraft fee"),
    ],
)
def test_a_phrase_is_heard_by_its_content(phrase: str, text: str) -> None:
    assert heard(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("money back", "the money is gone"),
        ("sixty nine forty", "sixty four ninety nine and forty eight hours"),
        ("four four seven one", "four seven four one"),
        ("your name", "my name is sam"),
        ("overdraft fee", "the late fee"),
    ],
)
def test_a_phrase_is_not_heard_in_other_words(phrase: str, text: str) -> None:
    assert not heard(phrase, text)


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("i can't refund it but i can credit it", "i but i can credit it"),
        ("don't worry i'll refund it", "don't worry i'll refund it"),
        ("why don't i refund it", "why don't i refund it"),
        ("no problem we refund it", "no problem we refund it"),
        ("i'm not able to refund it however we credit", "i'm however we credit"),
    ],
)
def test_what_is_denied_is_not_affirmed(text: str, free: str) -> None:
    words = text.split()
    assert [word for word, is_free in zip(words, affirmed(words), strict=True) if is_free] == free.split()


def test_an_index_hears_what_each_of_its_phrases_hears_in_their_order() -> None:
    each = [Phrases.of(["money back", "full refund"]), Phrases.of(["sixty four"]), Phrases.of(["overdraft fee"])]
    spoken = Spoken.of(tokens("refund the overdraft fee and pay me my money back"))
    heard_one_by_one = {place: heard for place, one in enumerate(each) if (heard := one.heard_in(spoken))}
    found = PhraseIndex.of(each).heard_in(spoken)
    assert list(found.items()) == list(heard_one_by_one.items())
    assert list(found) == [0, 2]
