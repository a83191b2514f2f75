"""Techniques that one turn's words alone do not show: by time, by order, by the caller's facts. A scripted call each.

Right and near miss, by words; where the sound matters, see test_techniques_by_voice.py. Every call is seen to replay
to the bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from voicecoach.values import Outcome

Play = Callable[..., Any]  # the fixture of conftest.py, which gives a PlayedCall

EMPATHY = '- say: "I can hear how upsetting that is."\n'
PARAPHRASE = '- say: "So you were charged twice on the third, and your rent check bounced."\n'
OFFER = '- say: "Would you like me to refund the second charge to your card?"\n'
SORRY = '- say: "I am so sorry about the double charge."\n'

# ---------------------------------------------------------------------------------------------- who had the floor


def test_who_lets_the_caller_finish_has_listened(play: Play) -> None:
    assert "listen" in play(EMPATHY).ids(0)


def test_who_cuts_in_has_interrupted_and_not_listened(play: Play) -> None:
    call = play('- {say: "I can hear how upsetting that is.", interrupt: true}\n')
    assert "interrupt" in call.ids(0)
    assert "listen" not in call.ids(0)


def test_who_waits_and_then_snaps_has_not_listened(play: Play) -> None:
    assert play('- say: "You need to calm down."\n').ids(0) == {"calm_down"}


def test_a_nod_into_the_callers_words_is_no_interruption(play: Play) -> None:
    call = play(f'- {{say: "I see.", interrupt: true}}\n{EMPATHY}')
    assert call.ids(0) == {"acknowledge"}
    assert "listen" in call.ids(1)
    assert not call.cut_off


def test_more_than_a_nod_is(play: Play) -> None:
    call = play('- {say: "I see the bill here, let me stop you there.", interrupt: true}\n')
    assert "interrupt" in call.ids(0)
    assert call.cut_off


# ------------------------------------------------------------------------------------------ silence, look-ups, holds


def test_a_long_silence_is_dead_air_with_its_length_and_a_short_one_is_not(play: Play) -> None:
    long = play(f"{EMPATHY}- silence: 5\n{EMPATHY}")
    assert long.unspoken() == ["dead_air"]
    assert long.why("dead_air") == ["3 s of silence"]  # 4 s for a patient caller; this one has three quarters of it
    assert sum(entry.delta for entry in long.ledger("dead_air")) > 0
    assert play(f"{EMPATHY}- silence: 2\n{EMPATHY}").unspoken() == []


def test_who_says_what_is_being_looked_up_is_given_time_to_read_it(play: Play) -> None:
    narrated = '- say: "I am pulling up your account now, and I can see your payments here."\n'
    covered = play(f"{narrated}- silence: 6\n{EMPATHY}")
    assert "narrate" in covered.ids(0)
    assert covered.unspoken() == []
    assert play(f"{EMPATHY}- silence: 6\n{EMPATHY}").unspoken() == ["dead_air"]
    too_long = play(f"{narrated}- silence: 9\n{EMPATHY}")
    assert too_long.why("dead_air") == ["8 s of silence"]


@pytest.mark.parametrize("kind", ["hold", "silence"])
def test_a_hold_costs_by_its_real_length_with_a_button_or_without(play: Play, kind: str) -> None:
    def cost(seconds: int, announced: str = "Please hold the line.") -> tuple[float, list[str]]:
        call = play(f'- say: "{announced}"\n- {kind}: {seconds}\n- say: "Thank you for waiting."\n')
        assert "hold" in call.ids(0)
        assert call.unspoken() == ["hold"], "waiting on an announced hold is no dead air"
        return call.ledger("hold")[-1].delta, call.why("hold")[-1:]

    assert cost(10)[0] < cost(20)[0]
    assert "20 s on hold" in cost(20)[1] or "21 s on hold" in cost(20)[1]


def test_a_hold_that_is_asked_for_costs_less(play: Play) -> None:
    def cost(announced: str) -> float:
        call = play(f'{EMPATHY}- say: "{announced}"\n- hold: 30\n{EMPATHY}')
        assert "hold" in call.ids(1)
        return float(sum(entry.base * factor_of(entry) for entry in call.ledger("hold")))

    def factor_of(entry: Any) -> float:
        return float(dict(entry.factors).get("weight", 1.0))

    assert cost("May I put you on a brief hold?") == pytest.approx(0.3)
    assert cost("I am putting you on hold now.") == pytest.approx(1.3)


def test_after_half_a_minute_on_hold_the_caller_asks_whether_anybody_is_there(play: Play) -> None:
    call = play(f'- say: "Please hold the line."\n- silence: 32\n{EMPATHY}')
    assert call.unspoken()[:2] == ["hold", "dead_air"]


# ---------------------------------------------------------------------------------------------- the order of things


def test_a_solution_before_the_caller_is_heard_is_rushed(play: Play) -> None:
    assert "rush" in play(OFFER).ids(0)
    heard = play(EMPATHY + PARAPHRASE + OFFER)
    assert "offer" in heard.ids(2)
    assert "rush" not in heard.ids(2)


def test_an_apology_before_any_empathy_comes_too_soon(play: Play) -> None:
    assert {"apologize", "apologize_too_soon"} <= play(SORRY).ids(0)
    same_breath = play('- say: "I can hear how upsetting that is. I am so sorry about the double charge."\n')
    assert "apologize" in same_breath.ids(0)
    assert "apologize_too_soon" not in same_breath.ids(0)
    later = play(EMPATHY + SORRY)
    assert "apologize" in later.ids(1)
    assert "apologize_too_soon" not in later.ids(1)


def test_the_third_apology_of_a_call_is_one_too_many(play: Play) -> None:
    fee, trouble = '- say: "I am so sorry about the bank fee."\n', '- say: "I am so sorry about all the trouble."\n'
    call = play(EMPATHY + SORRY + fee + trouble)
    assert [("over_apologize" in call.ids(turn)) for turn in range(4)] == [False, False, False, True]


def test_sorry_for_mishearing_counts_for_no_apology(play: Play) -> None:
    digits = '- say: "Sorry, could you repeat the last four digits?"\n'
    number = '- say: "Sorry, I did not catch that number."\n'
    call = play(EMPATHY + SORRY + digits + number + '- say: "I am so sorry about the bank fee."\n')
    assert "apologize" in call.ids(4)
    assert "over_apologize" not in call.ids(4)


DEMAND = '- coach: {act: say, text: "I want a free year of service for this!"}\n'


def test_a_demand_that_is_repeated_and_met_with_less_is_a_counteroffer(play: Play) -> None:
    restated = '- say: "You would like a free year of service. What I can do is one month free."\n'
    call = play(EMPATHY + DEMAND + restated)
    assert "counteroffer" in call.ids(1)
    assert call.detection(1, "counteroffer").why == "this caller would accept it: free month"


@pytest.mark.parametrize("answer", ["That is a ridiculous demand. One month free.", "I am giving you one month free."])
def test_less_alone_or_with_scorn_is_none(play: Play, answer: str) -> None:
    assert "counteroffer" not in play(f'{EMPATHY}{DEMAND}- say: "{answer}"\n').ids(1)


# --------------------------------------------------------------------------------------- abuse, and the end of a call

WARNING = '- say: "I want to help you, but I can not continue if you keep using that language."\n'
ENDING = '- say: "I asked you to stop swearing, so I am ending this call now because of the language."\n'
HANGING_UP = "- hang_up: true\n"
GOES_ON, STOPS = "temper: {abuse_level: 3}", "temper: {abuse_level: 2}"


def test_a_warning_that_was_not_heeded_and_a_reason_end_the_call_in_order(play: Play) -> None:
    call = play(WARNING + ENDING, changed=GOES_ON)
    assert "set_boundary" in call.ids(0)
    assert "end_call" in call.ids(1)
    assert call.end.outcome is Outcome.ENDED_BY_PROTOCOL
    assert call.unspoken() == []


def test_an_end_without_a_warning_is_shown_and_not_scored_and_hanging_up_is_a_mistake(play: Play) -> None:
    call = play(ENDING + HANGING_UP, changed=GOES_ON)
    assert "end_call" not in call.ids(0)
    assert call.detection(0, "end_call").why == "no warning came before"
    assert call.unspoken() == ["hang_up"]
    assert call.end.outcome is Outcome.HUNG_UP_ON_CALLER


def test_an_end_after_the_abuse_has_stopped_is_no_end_in_order(play: Play) -> None:
    call = play(WARNING + ENDING + HANGING_UP, changed=STOPS)
    assert call.detection(1, "end_call").why == "the abuse had stopped"
    assert call.why("hang_up") == ["the trainee hung up though the abuse had stopped"]


def test_hanging_up_after_a_warning_needs_a_reason(play: Play) -> None:
    call = play(WARNING + HANGING_UP, changed=GOES_ON)
    assert call.why("hang_up") == ["the trainee hung up without a reason given"]


def test_hanging_up_on_a_caller_who_never_swore(play: Play) -> None:
    call = play(EMPATHY + HANGING_UP)
    assert call.why("hang_up") == ["the trainee hung up without a warning first"]
    assert call.end.outcome is Outcome.HUNG_UP_ON_CALLER


def test_hanging_up_when_all_is_settled_is_no_mistake(play: Play) -> None:
    timed = '- say: "I am refunding the second charge to your card, you will have it by Friday."\n'
    call = play(EMPATHY + PARAPHRASE + SORRY + timed + "- coach: {act: nudge, value: -4}\n" + HANGING_UP)
    assert call.end.outcome is Outcome.RESOLVED
    assert "hang_up" not in call.unspoken()


# -------------------------------------------------------------------------------------------------- the caller's facts


def test_a_paraphrase_with_the_callers_own_detail(play: Play) -> None:
    call = play(PARAPHRASE)
    said = call.detection(0, "paraphrase")
    assert (said.evidence, said.confidence >= 0.5) == ("facts", True)
    assert said.why.startswith("with a detail of the caller's")
    assert call.mood(0).heard > 0.4


def test_a_paraphrase_with_a_wrong_detail_is_none_and_is_put_right(play: Play) -> None:
    wrong = '- say: "So you were charged twice on the thirteenth, and your rent check bounced."\n'
    call = play(wrong)
    said = call.detection(0, "paraphrase")
    assert (said.evidence, said.why) == ("facts", "with a wrong detail: date")
    assert "paraphrase" not in call.ids(0)
    right = play(PARAPHRASE)
    assert call.mood(0).heard < right.mood(0).heard
    assert call.mood(0).anger > right.mood(0).anger
    assert not call.ledger("paraphrase")


def test_a_paraphrase_without_any_known_detail_rests_on_its_words(play: Play) -> None:
    call = play('- say: "So you opened your statement and saw that something had gone badly wrong there."\n')
    assert call.detection(0, "paraphrase").evidence == "text"


def test_a_question_with_a_detail_in_it_is_no_paraphrase(play: Play) -> None:
    assert "paraphrase" not in play('- say: "When was the second charge taken?"\n').ids(0)


@pytest.mark.parametrize(
    ("offer", "why", "resolution"),
    [
        ("Would you like me to refund the second charge to your card?", "just what this caller wants: refund", 1.0),
        ("Shall I pay the overdraft fee for you?", "this caller would accept it: fee", 0.5),
        ("Shall I put a credit on your next bill?", "of no use to this caller: bill credit", 0.0),
    ],
)
def test_an_offer_is_worth_what_the_caller_wants(play: Play, offer: str, why: str, resolution: float) -> None:
    call = play(f'{EMPATHY}{PARAPHRASE}- say: "{offer}"\n')
    said = call.detection(2, "offer")
    assert (said.evidence, said.why) == ("facts", why)
    assert call.mood(2).resolution == resolution
    assert (sum(entry.delta for entry in call.ledger("offer")) < 0) == (resolution > 0)


def test_naming_what_the_caller_wants_offers_nothing(play: Play) -> None:
    call = play(f'{EMPATHY}{PARAPHRASE}- say: "I can see that you are waiting for a refund."\n')
    assert "offer" not in call.ids(2)
    assert call.mood(2).resolution == 0.0
