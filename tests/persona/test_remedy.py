"""What an offer is worth to this caller, from words that may be misheard."""

from __future__ import annotations

import pytest

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.persona.remedy import RemedyJudgement, judge_remedy, turn_facts
from voicecoach.values import Detection, Mood

UNSOLVED = Mood(8.0, 0.2, 0.0)


def judged(persona: Persona, text: str, *causes: str) -> RemedyJudgement:
    return judge_remedy(persona, text, tuple(Detection(c, text, (0, len(text.split())), 1.0) for c in causes))


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("i can send you a replacement", "wanted", "new_lamps"),
        ("Shall I refund you, or send new lamps?", "wanted", "new_lamps"),
        ("you'll have your money back", "accepted", "refund"),
        ("how about some store credit", "refused", "voucher"),
        ("i could offer a used lamp as a replacement", "refused", "used_lamps"),
        ("i'll give you ten free lamps", "accepted", "ten_lamps"),
        ("i can offer you my sympathy", "unknown", ""),
        ("i can't refund you but i can offer a voucher", "refused", "voucher"),
        ("i can't give you a voucher but i can refund it", "accepted", "refund"),
        ("why don't i refund it", "accepted", "refund"),
    ],
)
def test_an_offer_is_weighed_against_what_the_caller_wants(small: Persona, text: str, kind: str, name: str) -> None:
    assert judged(small, text, "offer") == RemedyJudgement(kind, name)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["i see that you asked for a refund", "so you want new lamps"])
def test_a_remedy_that_nobody_offers_is_none(small: Persona, text: str) -> None:
    assert judged(small, text, "acknowledge").kind is None


def test_an_action_is_a_remedy_only_when_it_is_known_or_says_when(small: Persona) -> None:
    assert judged(small, "let me look at that", "state_action").kind is None
    assert judged(small, "i'm refunding it", "state_action").kind == "accepted"
    assert judged(small, "i'll call you by five", "state_action", "timeframe").kind == "unknown"


def test_what_is_done_together_is_an_action_too(small: Persona) -> None:
    assert judged(small, "i'll ship the lamps and you sign for them", "team_up").kind == "wanted"
    assert judged(small, "we'll get there together", "team_up").kind is None


def test_a_remedy_is_looked_for_near_the_words_that_offer_it(small: Persona) -> None:
    text = "you asked for a refund and " + "i see that " * 8 + "so let me check the stock"
    action = Detection("state_action", "let me check", (31, 34), 1.0)
    assert judge_remedy(small, text, (action,)).kind is None


def test_an_unsure_detection_offers_nothing(small: Persona) -> None:
    assert judge_remedy(small, "refund it", (Detection("offer", "", (0, 2), 0.4),)).kind is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i'm going to refund it", "accepted"),
        ("we could ship new lamps to you", "wanted"),
        ("i won't refund it", None),
        ("so they said i'll refund it", None),
        ("you wanted a refund", None),
    ],
)
def test_a_remedy_that_is_undertaken_is_offered_though_no_technique_was_heard(
    small: Persona, text: str, kind: str | None
) -> None:
    assert judge_remedy(small, text, ()).kind == kind


def test_a_wrong_detail_in_a_paraphrase_is_noticed(small: Persona) -> None:
    wrong = judged(small, "so two lamps came broken", "paraphrase")
    assert wrong.misstated == "lamps"
    assert "paraphrase" in turn_facts(small, wrong, UNSOLVED).muted
    assert judged(small, "so three lamps came broken", "paraphrase").misstated is None


@pytest.mark.parametrize(
    ("text", "causes", "resolution"),
    [
        ("i can send a replacement", ["offer"], 1.0),
        ("i can refund you", ["offer"], 0.5),
        ("i can refund you by friday", ["offer", "timeframe"], 0.8),
        ("i can offer something nice", ["offer"], 0.3),
        ("i can offer something nice by friday", ["offer", "timeframe"], 0.45),
        ("i can offer a voucher by friday", ["offer", "timeframe"], 0.0),
        ("by friday", ["timeframe"], 0.0),
        ("good morning", [], 0.0),
    ],
)
def test_a_remedy_raises_the_resolution(small: Persona, text: str, causes: list[str], resolution: float) -> None:
    assert turn_facts(small, judged(small, text, *causes), UNSOLVED).resolution_floor == resolution


def test_a_time_given_later_completes_what_was_accepted_before(small: Persona) -> None:
    time_only = judged(small, "that will be by friday", "timeframe")
    assert turn_facts(small, time_only, Mood(5.0, 0.5, 0.5)).resolution_floor == 0.8
    assert turn_facts(small, time_only, Mood(5.0, 0.5, 0.45)).resolution_floor == 0.0


def test_an_offer_of_no_use_calms_nothing(small: Persona) -> None:
    assert turn_facts(small, judged(small, "have a voucher", "offer"), UNSOLVED).muted >= {"offer", "goodwill"}


@pytest.mark.parametrize(
    ("caller", "text", "kind", "name"),
    [
        ("double_charge", "i'm going to send that second payment straight back to your bank", "wanted", "refund"),
        ("double_charge", "i'll reverse the charge now", "wanted", "refund"),
        ("double_charge", "we can put a credit on your next bill", "refused", "bill_credit"),
        ("double_charge", "we'll cover the overdraft fee too", "accepted", "fee"),
        ("double_charge", "and a month free on us", "accepted", "free_month"),
        ("cancelled_flight", "i can get you both on a flight on friday from liverpool", "wanted", "rebook"),
        ("cancelled_flight", "i could rebook you with a partner airline", "wanted", "rebook"),
        ("cancelled_flight", "the next flight is on sunday morning", "refused", "sunday"),
        ("cancelled_flight", "i can refund your tickets", "refused", "refund"),
        ("cancelled_flight", "we'll pay for a taxi", "accepted", "taxi"),
    ],
)
def test_the_shipped_callers_know_what_they_are_offered(caller: str, text: str, kind: str, name: str) -> None:
    assert judged(load(caller), text, "offer") == RemedyJudgement(kind, name)  # type: ignore[arg-type]
