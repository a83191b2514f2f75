"""What a caller says of both sides is turned round, so that the trainee can say it."""

from __future__ import annotations

import pytest

from voicecoach.techniques.call_slots import call_slots, turned


@pytest.mark.parametrize(
    ("caller", "trainee"),
    [
        ("I was charged twice", "you were charged twice"),
        ("you cancelled our flight", "we cancelled your flight"),
        ("I'm locked out, and you told me to wait", "you're locked out, and we told you to wait"),
        ("nobody called me back", "nobody called you back"),
        ("I paid you and you lost it", "you paid us and we lost it"),
        ("my mother's order, the blue one, is gone", "your mother's order, the blue one, is gone"),
    ],
)
def test_i_and_you_change_places(caller: str, trainee: str) -> None:
    assert turned(caller) == trainee


@pytest.mark.parametrize(
    ("offer", "do"),
    [
        ("Refund the second payment to her bank; it arrives in two days.", "refund the second payment to your bank"),
        ("A taxi to Liverpool, paid by the airline.", "get you a taxi to Liverpool"),
        ("Compensation of two hundred pounds each.", "get you compensation of two hundred pounds each"),
        ("Refund of the fare.", "get you refund of the fare"),
        ("Pull the account back from the agency.", "pull the account back from the agency"),
        ("Send her a new lamp.", "send you a new lamp"),
        ("Send a lamp to the customer.", "send a lamp to you"),
        ("A call back from you tonight.", "get you a call back from me tonight"),
        ("Move his account to the new group now, while he waits.", "move your account to the new group"),
    ],
)
def test_an_offer_of_the_briefing_follows_on_i_can(offer: str, do: str) -> None:
    assert call_slots({}, [offer])["do"] == do


@pytest.mark.parametrize("offer", ["", " ; ", "Whatever she needs."])
def test_an_offer_that_cannot_be_turned_round_is_left_out(offer: str) -> None:
    assert "do" not in call_slots({}, [offer])


def test_without_offers_a_deed_among_the_wanted_words_is_one() -> None:
    assert call_slots({}, (), ["refund", "send back the second charge"])["do"] == "send back the second charge"


@pytest.mark.parametrize(
    ("story", "slots"),
    [
        ("I was charged twice.", {"story": "you were charged twice"}),
        ("money has gone from my account", {"story": "money has gone from your account"}),
        ("my refrigerator died again", {"story": "your refrigerator died again"}),
        ("the Christmas price", {"matter": "the Christmas price"}),
        ("my cancelled order", {"matter": "your cancelled order"}),
    ],
)
def test_a_story_is_a_clause_or_a_matter(story: str, slots: dict[str, str]) -> None:
    assert call_slots({"story": story}) == slots


def test_numbers_and_days_are_details_and_what_is_personal_or_said_already_is_not() -> None:
    facts = {
        "name": "Dana Two",
        "caller": "Dana Two",
        "story": "I was charged twice on Monday",
        "day": "Monday",
        "bank": "First County",
        "rent": "my rent of forty",
        "amount": "sixty-four ninety-nine",
        "date": "the third",
        "card": "eight eight one two",
    }
    slots = call_slots(facts)
    assert (slots["detail"], slots["detail2"]) == ("First County", "sixty-four ninety-nine")


def test_a_demand_is_told_as_the_callers() -> None:
    assert (
        call_slots({}, demand="I want my forty percent. It's that simple.")["demand"] == "you want your forty percent"
    )
    assert "demand" not in call_slots({}, demand="Honor the flyer!")
