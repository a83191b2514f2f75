"""Which fact a question asks for, and whether the caller's details come back rightly."""

from __future__ import annotations

import pytest

from voicecoach.persona.facts import asked, asked_fact, asks, restated
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, loads
from voicecoach.persona.wording import tokens
from voicecoach.values import Detection

DOUBLE_CHARGE_QUESTIONS = {
    "can i have your account number please": "account",
    "and your account number": "account",
    "how much were you charged": "amount",
    "what date was that": "date",
    "when did it happen": "date",
    "have you called us before about this": "promise",
    "who did you speak to the last time": "promise",
    "may i have your full name": "full_name",
    "who am i speaking with": "full_name",
    "is it pending or has it gone through": "posted",
    "did you get an overdraft because of this": "overdraft",
    "which bank are you with": "bank",
    "could you tell me what happened": "story",
    "what's a good phone number to reach you": "phone",
    "date of birth please": "birth",
    "how do you usually pay your bill": "autopay",
    "how many charges do you see": "times",
}
CANCELLED_FLIGHT_QUESTIONS = {
    "what's your booking reference please": "booking",
    "how many people are travelling": "passengers",
    "when is the wedding": "wedding",
    "whose wedding is it": "sister",
    "would you be able to fly from another airport": "airport",
    "by when do you need to be there": "arrival",
    "does your mother need assistance at the airport": "mother",
    "how did you hear about it": "notice",
    "where are you flying to": "route",
    "did they say why it was cancelled": "reason",
    "are you carrying any luggage": "dress",
}
NO_QUESTIONS = [
    "i can hear how upset you are i would be too if my rent bounced",
    "i understand what happened to your account",
    "what i can do is put a note on your account",
    "i'm so sorry about the amount",
    "let me look at what happened to it",
    "let me find out what happened to it",
    "thank you for your patience",
    "thank you for explaining that",
    "my name is sam",
    "",
]


@pytest.mark.parametrize(("question", "fact"), DOUBLE_CHARGE_QUESTIONS.items())
def test_the_double_charge_knows_what_is_asked(question: str, fact: str) -> None:
    assert asked_fact(load_once("double_charge"), question) == fact


@pytest.mark.parametrize(("question", "fact"), CANCELLED_FLIGHT_QUESTIONS.items())
def test_the_cancelled_flight_knows_what_is_asked(question: str, fact: str) -> None:
    assert asked_fact(load_once("cancelled_flight"), question) == fact


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_what_only_speaks_of_a_fact_asks_for_none(shipped: Persona, text: str) -> None:
    assert not asks(tokens(text))
    assert asked_fact(shipped, text) is None


def test_a_question_about_something_else_asks_for_none(shipped: Persona) -> None:
    assert asked_fact(shipped, "what colour is your router") is None


def test_asking_for_the_order_number_does_not_ask_for_the_order_as_well(small_text: str) -> None:
    lamp = '  lamp: {value: a lamp, said: ["A lamp."], asked_by: [what did you order]}\n  day:'
    persona = loads(small_text.replace("  day:", lamp))
    assert [fact.name for fact in asked(persona, tokens("what is your order number"))] == ["order"]
    assert [fact.name for fact in asked(persona, tokens("what did you order"))] == ["lamp"]


@pytest.mark.parametrize(
    ("text", "kind", "fact"),
    [
        ("so your order two two nine came on tuesday", "right", "order"),
        ("so it came on Tuesday", "right", "day"),
        ("so it came on thursday", "wrong", "day"),
        ("so there were two lamps", "wrong", "lamps"),
        ("so there were three lamps", "right", "lamps"),
        ("so you ordered a dozen lamps", "wrong", "lamps"),
        ("so something went wrong for you", "none", None),
        ("", "none", None),
    ],
)
def test_details_come_back_rightly_or_wrongly(small: Persona, text: str, kind: str, fact: str | None) -> None:
    found = restated(small, text)
    assert (found.kind, found.fact) == (kind, fact)


def test_a_day_that_says_when_help_comes_is_no_wrong_detail(small: Persona) -> None:
    text = "so the lamps came broken and i'll send three lamps on friday"
    assert restated(small, text).kind == "wrong"
    assert restated(small, text, (Detection("timeframe", "on friday", (11, 13), 1.0),)).kind == "right"


def test_the_day_of_another_fact_is_no_wrong_detail() -> None:
    flight = load_once("cancelled_flight")
    assert restated(flight, "so the wedding is on saturday").kind == "right"
    assert restated(flight, "so the flight was on thursday").kind == "wrong"


_LOADED: dict[str, Persona] = {}


def load_once(name: str) -> Persona:
    if name not in _LOADED:
        _LOADED[name] = load(name)
    return _LOADED[name]


@pytest.mark.parametrize(
    ("caller", "text", "fact"),
    [
        ("quiet_walker", "so it went from ninety pounds to two hundred and forty", "old_amount"),
        ("expired_promotion", "so you want the thirty percent off", "discount"),
        ("no_call_back", "so twenty thousand rupees went and no cash came", "amount"),
        ("threatening_caller", "so it was left at number twenty", "neighbour"),
        ("abusive_caller", "so you canceled in may", "canceled"),
        ("frightened_caller", "so it was taken out in bradford", "where"),
        ("it_ticket", "so you've been locked out since wednesday", "since"),
    ],
)
def test_a_number_day_or_place_that_nobody_has_named_is_a_wrong_detail(caller: str, text: str, fact: str) -> None:
    found = restated(load_once(caller), text)
    assert (found.kind, found.fact) == ("wrong", fact)


@pytest.mark.parametrize(
    ("caller", "text"),
    [
        ("quiet_walker", "so it went from eighty-two pounds to two hundred and forty"),
        ("call_the_president", "so it has died three times and two repairmen came"),
        ("the_monologuer", "so for three weeks you have lived upstairs"),
        ("own_fault", "so the parcel went to fourteen wattle street"),
        ("abusive_caller", "you may be right, you canceled in march"),
    ],
)
def test_what_somebody_has_named_is_none(caller: str, text: str) -> None:
    assert restated(load_once(caller), text).kind != "wrong"


@pytest.mark.parametrize(
    ("caller", "question", "fact"),
    [
        ("double_charge", "who did you talk with on monday", "promise"),
        ("frightened_caller", "whereabouts is your card right now", "card"),
        ("the_monologuer", "what depth did the water come to", "depth"),
        ("quiet_walker", "do you happen to have the heating on much", "heating"),
    ],
)
def test_a_question_in_other_words_than_the_files_is_understood(caller: str, question: str, fact: str) -> None:
    assert asked_fact(load_once(caller), question) == fact
