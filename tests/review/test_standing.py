"""Present, missed or no opportunity: ten scripted calls' worth of expectations, written by hand."""

from __future__ import annotations

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn, Turn
from voicecoach.call.textplay import UNVOICED_CALM, play_text
from voicecoach.events import Input, Output
from voicecoach.persona.loading import load
from voicecoach.review.curve import read_story
from voicecoach.review.standing import Standing, standings
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.ids import TECHNIQUES


def stand(persona_id: str, *turns: Turn) -> dict[str, Standing]:
    persona = load(persona_id)
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    engine = Engine(persona, 1, TextDetector(), UNVOICED_CALM)
    play_text(engine, turns, lambda event, outputs: steps.append((event, outputs)))
    return {item.id: item for item in standings(read_story(steps, persona.temper.start))}


def say(*lines: str) -> list[Turn]:
    return [SayTurn(line) for line in lines]


def test_every_technique_has_a_standing_in_the_order_of_the_catalogue() -> None:
    assert tuple(stand("double_charge", *say("Hello."))) == TECHNIQUES


def test_a_good_call_misses_little() -> None:
    found = stand(
        "double_charge",
        *say(
            "Oh no. I can hear how upsetting that is, and anyone would be angry.",
            "So you were charged twice for one bill, is that correct?",
            "I am so sorry that this happened. Leave it with me.",
            "I am refunding the second payment right now, and you will have it by Friday.",
            "Is there anything else I can do for you?",
        ),
    )
    present = {
        "listen",
        "empathize",
        "paraphrase",
        "apologize",
        "own",
        "state_action",
        "timeframe",
        "check_satisfaction",
    }
    assert {name for name in present if found[name].state != "present"} == set()
    assert found["set_boundary"].state == "no opportunity"
    assert found["refer"].state == "no opportunity"
    assert found["offer"].state == "no opportunity", "a step taken needs no offer"


def test_a_missed_one_names_its_moment_and_the_callers_words() -> None:
    found = stand("double_charge", *say("What is your account number?"))
    missed = found["empathize"]
    assert missed.state == "missed"
    assert missed.at_seconds is not None
    assert missed.at_seconds > 0
    assert missed.after
    assert missed.why == "the caller was angry"


def test_the_callers_life_is_an_opportunity_for_a_human_word() -> None:
    assert stand("cancelled_flight", *say("What is your booking code?"))["relate"].state == "missed"


def test_an_unheard_caller_is_no_opportunity_to_act() -> None:
    found = stand("double_charge", *say("What is your account number?"))
    assert {found[name].state for name in ("own", "state_action", "offer", "check_satisfaction")} == {"no opportunity"}


def test_a_solution_without_a_time_misses_the_time() -> None:
    found = stand("double_charge", *say("I can hear how upsetting that is.", "I am refunding the second payment."))
    assert found["timeframe"].state == "missed"


@pytest.mark.parametrize("silence", [[], say("Well.")])
def test_nothing_said_is_nothing_present(silence: list[Turn]) -> None:
    found = stand("double_charge", *silence)
    assert "present" not in {item.state for item in found.values() if item.id != "listen"}


def test_the_same_call_stands_the_same() -> None:
    turns = say("I can hear how upsetting that is.", "I am refunding the second payment.")
    assert stand("double_charge", *turns) == stand("double_charge", *turns)
