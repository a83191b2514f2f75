"""Whether a turn is over, from words and melody; each behaviour of the shipped model in numbers."""

from __future__ import annotations

import pytest

from voicecoach.stt.melody import Ending
from voicecoach.stt.questions import is_question
from voicecoach.stt.room import Room
from voicecoach.stt.turn_end import OPEN_SECONDS, SURE_SECONDS, UNSURE_SECONDS, turn_end_model
from voicecoach.stt.turn_words import turn_features

FALLS, RISES = Ending(-4.5, -20.0), Ending(2.0, 15.0)

QUESTIONS = (
    "could you tell me the last four digits of your card",
    "so the parcel never came is that right",
    "what would you like me to do about it",
    "is there anything else i can do for you today",
)
BROKEN_OFF = (
    "i can see that the payment was taken because",
    "so what i'm going to do is",
    "let me just",
    "the reference number is seven two",
    "i'll call you back before the",
    "um",
    "so um",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_hands_the_floor_over_however_it_is_sung(text: str) -> None:
    assert is_question(text.split())
    needed = {turn_end_model().silence_needed_seconds(text, ending) for ending in (Ending(), FALLS, RISES)}
    assert needed == {SURE_SECONDS}


@pytest.mark.parametrize("text", BROKEN_OFF)
def test_words_that_want_more_are_waited_for(text: str) -> None:
    assert turn_end_model().silence_needed_seconds(text) >= UNSURE_SECONDS


def test_a_conjunction_waits_as_long_as_people_pause() -> None:
    assert turn_end_model().silence_needed_seconds("i can see that the payment was taken because") == OPEN_SECONDS


def test_a_fall_ends_a_statement_and_a_rise_keeps_it_open() -> None:
    model = turn_end_model()
    text = "i will send you a new one tomorrow"
    assert model.score(text, FALLS) > model.score(text) > model.score(text, RISES)
    text = "you will have the refund on your card within five working days"
    assert model.silence_needed_seconds(text, FALLS) < model.silence_needed_seconds(text, RISES)


@pytest.mark.parametrize("text", ["i can hear how upsetting that is", "i understand and i would be upset too"])
def test_after_a_whole_clause_of_comfort_nobody_waits_longer_than_a_second(text: str) -> None:
    assert turn_end_model().silence_needed_seconds(text, RISES) <= UNSURE_SECONDS


def test_in_a_loud_room_the_melody_says_less() -> None:
    model, text = turn_end_model(), "you will have the refund on your card within five working days"
    usual, loud = (model.score(text, FALLS, room) - model.score(text, RISES, room) for room in (Room.NOISY, Room.LOUD))
    assert 0.0 < loud < usual


def test_no_words_tell_nothing() -> None:
    assert turn_end_model().words_say("")[0] == 0.0


def test_every_feature_can_be_read() -> None:
    found = turn_features("let me check that and".split())
    assert {"last:and", "two:that and", "verdict:open", "turn:let me"} <= set(found)
    assert turn_end_model().ends.weights["last:and"] < 0.0


def test_what_opens_a_question_is_found_wherever_it_stands() -> None:
    for told, asked in (
        ("it was sent on the sixth", "it was sent on the sixth does that ring a bell"),
        ("we have it on the sixth", "we have it on the sixth am i getting that right"),
        ("for security i need your name", "for security what's your name"),
    ):
        model = turn_end_model()
        assert model.words_say(asked)[1] > model.words_say(told)[1] + 2.0


def test_a_long_turn_is_judged_by_its_end() -> None:
    model = turn_end_model()
    tail = "and is there anything else i can do for you".split()
    words = [*("so i looked into the matter " * 12).split(), *tail]
    assert model.silence_needed_seconds(" ".join(words)) == SURE_SECONDS
