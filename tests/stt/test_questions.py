"""Whether something is asked, from the order of the words or a tag."""

from __future__ import annotations

import pytest

from voicecoach.stt.completeness import completeness
from voicecoach.stt.questions import is_half_asked, is_question

ASKED = """
could you tell me your postcode
and what is the number on the front
so the parcel never came is that right
would friday suit you
i can send it today would that help
you have the letter and did you read it
what day did you call us
what happened
how many people are travelling
when will the driver be there
so you paid twice correct
which one of them is broken
have i got that right
""".strip().splitlines()

TOLD = """
what i can do for you is waive the fee
what happened was the warehouse ran out
why you were charged is what i am looking into
how the refund works is simple
that must have ruined your week
it is the parcel that was sent to the wrong address
i want to make sure i have put this right
they sent me the one which is too small
all i can do is that you see
you were told about the fee and did not answer
i understand and would feel the same
i am the person who can change it
""".strip().splitlines()


@pytest.mark.parametrize("text", ASKED)
def test_what_turns_the_verb_round_or_has_a_tag_asks(text: str) -> None:
    assert is_question(text.split())


@pytest.mark.parametrize("text", TOLD)
def test_what_only_has_the_words_of_a_question_tells(text: str) -> None:
    assert not is_question(text.split())


@pytest.mark.parametrize("text", ["did the driver", "okay and has your neighbour", "will the new"])
def test_a_question_needs_more_than_its_subject(text: str) -> None:
    assert is_half_asked(text.split())
    assert completeness(text) == "open"


def test_a_choice_is_not_over_before_its_other_half() -> None:
    assert completeness("would you prefer a refund") == "unknown"
    assert completeness("would you prefer a refund or a new machine") == "finished"
