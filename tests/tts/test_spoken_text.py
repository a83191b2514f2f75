"""What of a text is spoken, and what is bleeped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.tts.spoken_text import Bleep, Speech, spoken_parts


def heard(text: str) -> list[str]:
    return [part.text if isinstance(part, Speech) else "♪" for part in spoken_parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is a f***ing joke!", ["This is a,", "♪", "joke!"]),
        ("[bleep] off", ["♪", "off"]),
        ("You (BLEEP) liar.", ["You,", "♪", "liar."]),
        ("Oh, sh*t. Not again.", ["Oh,", "♪", "Not again."]),
        ("what the #$@! is this", ["what the,", "♪", "is this"]),
        ("you ***hole", ["you,", "♪"]),
        ("**** you, motherf***er's son", ["♪", "you,", "♪", "son"]),
    ],
)
def test_bleeps_stand_between_the_words(text: str, expected: list[str]) -> None:
    assert heard(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am *really* angry", "I am really angry"),
        ("**No** means no", "No means no"),
        ("It is 5*3 and 2 * 2", "It is 5*3 and 2 * 2"),
        ("Write to me@example.com!!!", "Write to me@example.com!!!"),
        ("100% of $50 & #1?!", "100% of $50 & #1?!"),
        ("It\u2019s \u201cfine\u201d", 'It\'s "fine"'),
        ("one\x00two\r\nthree\ud800four \U0001f621 five", "one two three four five"),
    ],
)
def test_everything_else_is_spoken_as_it_stands(text: str, expected: str) -> None:
    assert heard(text) == [expected]


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "\U0001f621", "\x00\x01", "—", "$$$"])
def test_a_text_without_letters_or_digits_is_nothing(text: str) -> None:
    assert heard(text) == []


def test_a_long_text_is_cut_after_sentences() -> None:
    sentence = "I paid for this a month ago, and I still have nothing."
    pieces = heard(" ".join([sentence] * 30))
    assert len(pieces) > 3
    assert all(piece.endswith(".") and len(piece) <= 400 for piece in pieces)
    assert " ".join(pieces) == " ".join([sentence] * 30)


@settings(deadline=None)
@given(st.text(max_size=2000))
def test_pieces_are_short_and_hold_every_letter(text: str) -> None:
    parts = spoken_parts(text)
    assert all(len(part.text) <= 401 for part in parts if isinstance(part, Speech))
    if not any(isinstance(part, Bleep) for part in parts):
        spoken = "".join(part.text for part in parts if isinstance(part, Speech))
        assert [c for c in spoken if c.isalnum()] == [c for c in text if c.isalnum()]


@settings(deadline=None)
@given(st.text(alphabet="abc *#@!'", max_size=300), st.integers(0, 4))
def test_no_asterisk_masked_word_is_ever_read_out(filler: str, stars: int) -> None:
    masked = "f" + "*" * (stars + 1) + "k"
    assert not any("f*" in piece for piece in heard(f"{filler} {masked} {filler}"))
