"""A nod, or a wish to speak?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.techniques.back_channel import is_back_channel


@pytest.mark.parametrize(
    "text",
    "mm-hm|Mm.|uh-huh|I see.|okay|Right.|yeah|yeah yeah|go on|sure|Yes, I see, go on.|I'm with you|got it|hmm|mhm|"
    "I hear you, sir|oh|understood|carry on|um, yeah|of course|i'm listening".split("|"),
)
def test_a_nod(text: str) -> None:
    assert is_back_channel(text)


@pytest.mark.parametrize(
    "text",
    "|um|sir|no|okay so I'll|yes but|I see the problem|right let me look|sorry|I understand that you|wait|"
    "go on hold|...|😀|thank you".split("|"),
)
def test_no_nod(text: str) -> None:
    assert not is_back_channel(text)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert is_back_channel(text) in (True, False)
