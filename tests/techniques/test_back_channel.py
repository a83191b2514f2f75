"""A nod, or a wish to speak?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.techniques.back_channel import is_back_channel, is_nod, passes_by
from voicecoach.values import Heard, Word


@pytest.mark.parametrize(
    "text",
    "mm-hm|Mm.|uh-huh|I see.|okay|Right.|yeah|yeah yeah|go on|sure|Yes, I see, go on.|I'm with you|got it|hmm|mhm|"
    "I hear you, sir|oh|understood|carry on|um, yeah|of course|i'm listening|"
    "oh dear|I know|wow|oh my goodness|you're right|oh that's right|fair point".split("|"),
)
def test_a_nod(text: str) -> None:
    assert is_back_channel(text)


@pytest.mark.parametrize(
    "text",
    "|um|sir|no|okay so I'll|yes but|I see the problem|right let me look|sorry|I understand that you|wait|"
    "you're right to ask|go on hold|...|😀|thank you".split("|"),
)
def test_no_nod(text: str) -> None:
    assert not is_back_channel(text)


def heard(*words: tuple[str, float]) -> Heard:
    return Heard(tuple(Word(text, 0.3 * at, 0.3 * at + 0.3, sure) for at, (text, sure) in enumerate(words)), 0.0, 1.0)


def test_a_nod_is_one_whatever_the_recogniser_made_of_the_sound_after_it() -> None:
    assert is_nod(heard(("okay", 1.0), ("yet", 0.3)))
    assert is_nod(heard(("i", 0.7), ("know", 0.6), ("all", 0.4)))
    assert not is_nod(heard(("okay", 1.0), ("wait", 0.8)))
    assert not is_nod(heard(("okay", 1.0), ("stop", 0.4), ("me", 0.4), ("there", 0.4)))
    assert not is_nod(heard(("okay", 1.0), ("which", 0.9), ("one", 0.9)))
    assert not is_nod(heard())


def test_two_words_that_ask_for_nothing_pass_by() -> None:
    assert passes_by(heard(("gone", 0.9), ("it", 0.9)))
    assert not passes_by(heard(("one", 0.9), ("moment", 0.9)))
    assert not passes_by(heard(("gone", 0.9), ("it", 0.9), ("out", 0.9)))
    assert not passes_by(heard(("price", 0.9)), names=("mr", "price"))
    assert not passes_by(heard())


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert is_back_channel(text) in (True, False)
