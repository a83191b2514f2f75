"""Whether a sentence sounds over, from its words alone."""

from __future__ import annotations

import pytest

from voicecoach.stt.completeness import completeness, is_whole

FINISHED = """
is that correct
anything else i can help you with today
is there anything else i can do for you
could you tell me your account number
what is the name on the booking
when did you place the order
have i got that right
so you were charged twice on the ninth is that right
let me check that for you
if you give me a moment i will check that
i have refunded the second charge to your card
i'm going to send an engineer out tomorrow morning
thank you
yes i can
of course
there is nothing i can do
go ahead
""".strip().splitlines()

OPEN = """
and
i understand but
i can see that you were charged twice because
let me
i'm going to
i would like to
could you tell me your
can you confirm
i can offer you
it will be there by
the
um
so what i can do is
if you give me a moment
when you called on monday
i'm so sorry that
my reference is four
four seven two
the number is zero double seven
it comes to a hundred and forty
i will refund the forty five
""".strip().splitlines()

UNKNOWN = """
okay
no
right
i see
i am so sorry about that
who am i speaking to
on the fourteenth of march
by five
the number is zero seven seven zero zero nine zero zero one two three
the last four digits are one four two nine
""".strip().splitlines()


@pytest.mark.parametrize("text", FINISHED)
def test_a_whole_clause_or_question_is_finished(text: str) -> None:
    assert completeness(text) == "finished"


@pytest.mark.parametrize("text", OPEN)
def test_words_that_lean_on_a_next_one_are_open(text: str) -> None:
    assert completeness(text) == "open"


@pytest.mark.parametrize("text", UNKNOWN)
def test_words_that_can_go_either_way_are_unknown(text: str) -> None:
    assert completeness(text) == "unknown"


def test_no_words_say_nothing() -> None:
    assert completeness("") == "unknown"
    assert completeness("   ") == "unknown"


def test_a_number_read_out_is_open_until_it_can_be_whole() -> None:
    digits = "eight one three five five zero two nine".split()
    so_far = [completeness("your account number is " + " ".join(digits[:count])) for count in range(2, 9)]
    assert so_far == ["open"] * 6 + ["unknown"]


def test_a_short_word_of_empathy_is_not_taken_for_the_whole_turn_and_a_long_turn_is() -> None:
    assert completeness("i understand how frustrating that is") != "finished"
    told = "i am so sorry about the trouble with your bill and i have refunded the second charge today"
    assert completeness(told) == "finished"


@pytest.mark.parametrize("text", ["i can hear how upsetting that is", "i am so sorry that this happened"])
def test_a_word_of_comfort_can_be_a_whole_clause_though_most_go_on(text: str) -> None:
    assert completeness(text) == "unknown"
    assert is_whole(text.split())
    for count in (4, 5):
        assert not is_whole(text.split()[:count])


def test_a_number_that_begins_with_a_zero_is_as_long_as_a_telephone_number() -> None:
    digits = "oh seven nine one two three three four five six six".split()
    so_far = [completeness("it's " + " ".join(digits[:count])) for count in range(7, 12)]
    assert so_far == ["open"] * 3 + ["unknown"] * 2


@pytest.mark.parametrize("ending", ["that one", "the other one", "no one"])
def test_one_as_a_pronoun_is_no_number(ending: str) -> None:
    assert completeness(f"i will send you {ending}") != "open"
