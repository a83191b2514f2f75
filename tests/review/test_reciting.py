"""What is recited is seen: the same sentence again, in other words or in earlier calls; manners are not recited."""

from __future__ import annotations

import pytest

from tests.review.conftest import play_script
from voicecoach.review.assessment import assess
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.review.reciting import Repeat, repeats
from voicecoach.review.reviewed import read_reviewed


def told(*lines: str) -> Story:
    turns = tuple(SpokenTurn("trainee", text, float(n), n + 0.5) for n, text in enumerate(lines))
    return Story((), (SpokenTurn("caller", "I understand how you feel.", 0.0, 1.0), *turns), (), (), None)


def test_a_sentence_said_again_is_shown_with_its_times() -> None:
    story = told("I understand how you feel.", "Okay. I understand how you feel!", "I can help you with that.")
    assert repeats(story) == (Repeat("I understand how you feel.", (0.0, 1.0)),)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("I am so sorry for the trouble this caused you", "i am very sorry for the trouble this caused you", True),
        ("I am so sorry for the trouble this caused you", "I will refund the second payment by Friday", False),
        ("Thank you very", "Thank you very", False),
    ],
)
def test_nearly_the_same_is_the_same_and_short_manners_are_not(first: str, second: str, same: bool) -> None:
    assert bool(repeats(told(first, second))) is same


def test_what_was_said_in_two_calls_before_is_shown_too() -> None:
    line = "I understand how you feel."
    assert repeats(told(line), [[line], ["Something else is said here."]]) == ()
    assert repeats(told(line), [[line], [f"Well. {line}"]]) == (Repeat(line, (0.0,), 2),)


def test_reciting_gains_nothing() -> None:
    once = '- say: "I can hear how upsetting that is."\n- say: "Leave it with me."\n'
    often = once + '- say: "I can hear how upsetting that is."\n' * 2
    assert assess(read_reviewed(play_script(often, "double_charge"))).points <= (
        assess(read_reviewed(play_script(once, "double_charge"))).points
    )
