"""Goodbyes, and what only sounds like one."""

from __future__ import annotations

import pytest

from voicecoach.techniques.farewell import is_farewell


@pytest.mark.parametrize(
    "text",
    ["Goodbye.", "Bye bye", "take care now", "Have a great day.", "have yourself a lovely evening", "Goodbye Dana.",
     "Cheers, have a good one", "thank you for your patience have a lovely wedding", "enjoy your flight"],
)  # fmt: skip
def test_goodbyes(text: str) -> None:
    assert is_farewell(text)


@pytest.mark.parametrize(
    "text",
    ["", "Which day was it?", "I will take care of this", "before you say goodbye, one more question",
     "have you had a good look at the bill", "what day would be good for you", "I can have a technician there today"],
)  # fmt: skip
def test_no_goodbyes(text: str) -> None:
    assert not is_farewell(text)
