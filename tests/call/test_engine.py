"""The engine: who has the floor, what moves the mood, and how a call ends. All of it with words and numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from voicecoach.events import (
    CallStopped,
    CoachActed,
    Duck,
    EndCall,
    HoldEnded,
    HoldStarted,
    LineEnded,
    LineStarted,
    MoodMoved,
    PartialHeard,
    Remarked,
    Say,
    SpeechDropped,
    StopSpeaking,
    TimeReached,
    TraineeHungUp,
    TurnHeard,
    TurnJudged,
    Unduck,
    WakeAt,
)
from voicecoach.values import Heard, Outcome, Word

Call = Any  # the DrivenCall of conftest.py

# ------------------------------------------------------------------------------------------------------ the floor


def test_the_caller_vents_in_bursts_with_breaths(call: Call) -> None:
    first = [o for o in call.connect() if isinstance(o, Say)]
    assert first[0].after_seconds == 0.0
    said = call.let_caller_finish()
    assert said[-3:] == [
        "My lamp came broken and the box was open.",
        "I waited three weeks for it.",
        "Three whole weeks.",
    ]
    says = [o for o in call.outputs if isinstance(o, Say)]
    assert all(0.3 < say.after_seconds < 0.7 for say in says[1:])
    assert [say.line.number for say in says] == list(range(1, len(says) + 1))


def test_who_lets_the_vent_finish_has_listened(call: Call) -> None:
    call.connect()
    outputs = call.turn("[] tell me more")
    assert call.ids(outputs) == ["listen"]


def test_speech_over_the_caller_ducks_and_words_stop_it(call: Call) -> None:
    call.connect()
    call.start_line()
    assert call.kinds(call.onset()) == [Duck]
    assert call.kinds(call.take(PartialHeard(call.at_seconds, "listen to me now please"))) == [StopSpeaking]
    call.take(LineEnded(call.at_seconds, 1, False))
    outputs = call.hear("listen to me now please")
    assert call.ids(outputs) == ["interrupt"]
    assert call.anger > 8.0


def test_a_nod_while_the_caller_speaks_is_acknowledge_and_stops_nothing(call: Call) -> None:
    call.connect()
    call.start_line()
    call.onset()
    assert call.kinds(call.take(PartialHeard(call.at_seconds, "mm-hm"))) == []
    outputs = call.hear("mm-hm")
    assert call.ids(outputs) == ["acknowledge"]
    assert call.kinds(outputs) == [Unduck]
    assert call.engine.state.turn == 0


@pytest.mark.parametrize(
    ("words", "confidence", "goes_on"),
    [
        (["way"], 0.4, True),
        (["wait"], 0.9, False),
        (["way", "bit"], 0.9, True),
        (["way", "a", "bit"], 0.9, False),
        (["which", "bill"], 0.9, False),
        (["[own]", "mine"], 0.9, False),
        (["[validate]", "should"], 0.9, True),
    ],
)
def test_a_word_or_two_that_ask_for_nothing_and_carry_nothing_stop_nobody(
    words: list[str], confidence: float, goes_on: bool, call: Call
) -> None:
    call.connect()
    call.start_line()
    call.onset()
    said = tuple(Word(word, call.at_seconds, call.at_seconds + 0.3, confidence) for word in words)
    outputs = call.take(TurnHeard(call.at_seconds + 1.0, Heard(said, call.at_seconds, call.at_seconds + 0.3)))
    assert (call.kinds(outputs) == [Unduck]) == goes_on
    assert (call.engine.state.turn == 0) == goes_on


def test_a_nod_with_a_misheard_word_after_it_is_still_one_but_not_with_a_mistake(call: Call) -> None:
    call.connect()
    call.start_line()
    call.onset()
    assert call.ids(call.hear("okay yet")) == ["acknowledge"]
    call.onset()
    assert "hostile" in call.ids(call.hear("[hostile] okay"))


def test_a_nod_in_a_breath_lets_the_vent_go_on(call: Call) -> None:
    call.connect()
    call.start_line()
    call.take(LineEnded(call.at_seconds, 1, True))
    assert call.kinds(call.onset()) == [StopSpeaking]
    outputs = call.hear("uh-huh")
    assert call.kinds(outputs) == [Say]
    assert call.let_caller_finish()[-1] == "Three whole weeks."


def test_words_in_a_breath_are_an_interruption(call: Call) -> None:
    call.connect()
    call.start_line()
    call.take(LineEnded(call.at_seconds, 1, True))
    outputs = call.hear("[] so what is your number")
    assert call.ids(outputs) == ["interrupt"]


def test_a_cough_changes_nothing(call: Call) -> None:
    call.connect()
    call.start_line()
    before = call.anger
    call.onset()
    assert call.kinds(call.take(SpeechDropped(call.at_seconds))) == [Unduck]
    assert call.anger == before


def test_a_start_at_the_callers_last_syllable_is_no_interruption(call: Call) -> None:
    call.connect()
    for _ in range(3):
        call.start_line()
        call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    call.start_line()
    call.onset()
    call.at_seconds += 0.2
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    outputs = call.hear("[] i see what you mean")
    assert call.ids(outputs) == ["listen"]


def test_going_on_when_the_caller_has_just_begun_to_answer_is_no_interruption(call: Call) -> None:
    call.connect()
    call.let_caller_finish()
    call.at_seconds += 1.0
    call.hear("[empathize] that sounds awful and")
    line = call.engine.state.pending
    call.take(LineStarted(call.at_seconds, line.number))
    call.at_seconds += 0.3
    call.onset()
    assert call.kinds(call.take(PartialHeard(call.at_seconds, "and i am going to help you"))) == [StopSpeaking]
    call.take(LineEnded(call.at_seconds, line.number, False))
    outputs = call.hear("[own] and i am going to help you")
    (turn,) = [output for output in outputs if isinstance(output, TurnJudged)]
    assert turn.text.split() == "[empathize] that sounds awful and [own] and i am going to help you".split()
    assert "interrupt" not in call.ids(outputs)


def test_silence_is_filled_and_costs(call: Call) -> None:
    call.connect()
    call.let_caller_finish()
    wake = [o for o in call.outputs if isinstance(o, WakeAt)][-1]
    assert wake.deadline_seconds == pytest.approx(call.at_seconds + 4.0)
    outputs = call.take(TimeReached(wake.deadline_seconds))
    assert call.ids(outputs) == ["dead_air"]
    assert [o.line.move for o in outputs if isinstance(o, Say)] == ["silence"]
    moved = next(o for o in outputs if isinstance(o, MoodMoved))
    assert moved.after.anger > moved.before.anger - 0.1


def test_nobody_there_at_all_ends_the_call(call: Call) -> None:
    call.connect()
    for _ in range(10):
        call.let_caller_finish()
        call.at_seconds += 6.0
        call.take(TimeReached(call.at_seconds))
    assert call.end().outcome is Outcome.CALLER_HANGS_UP


def test_a_hold_weighs_by_its_length_and_by_whether_it_was_asked_for(new_call: Callable[[], Call]) -> None:
    def cost(words: str, seconds: float) -> float:
        call = new_call()
        call.connect()
        call.turn(words)
        call.take(HoldStarted(call.at_seconds))
        call.at_seconds += seconds
        outputs = call.take(HoldEnded(call.at_seconds))
        ledger = next(o for o in outputs if isinstance(o, MoodMoved)).ledger
        return float(sum(entry.delta for entry in ledger if entry.cause == "hold"))

    assert cost("[] one moment", 20) > cost("[hold] i am putting you on hold", 20) > 0
    assert cost("[hold] can i put you on hold", 20) < cost("[hold] i am putting you on hold", 20)
    assert cost("[] one moment", 60) > cost("[] one moment", 10)


# ------------------------------------------------------------------------------------------------------- outcomes


def settle(call: Call) -> None:
    call.connect()
    for words in (
        "[empathize] that sounds awful",
        "[paraphrase check_understanding] so the lamp came broken is that right",
        "[apologize own] i am sorry leave it with me",
        "[validate] anyone would be upset",
        "[state_action timeframe] a new lamp is on its way by friday",
        "[document] you get it in writing",
    ):
        call.turn(words)


def test_heard_helped_and_asked_is_resolved(call: Call) -> None:
    settle(call)
    call.turn("[check_satisfaction] is there anything else")
    assert call.end().outcome is Outcome.RESOLVED
    assert call.anger <= 3.0


def test_two_furious_turns_and_the_caller_hangs_up(call: Call) -> None:
    call.connect()
    call.turn("[calm_down] calm down")
    call.turn("[cannot] that is our policy")
    call.turn("[calm_down] calm down i said")
    assert call.end().outcome is Outcome.CALLER_HANGS_UP


def test_no_progress_brings_the_call_for_a_supervisor_who_may_be_had(call: Call) -> None:
    call.connect()
    for _ in range(3):
        call.turn("[] well let me see about that")
    assert call.engine.state.supervisor_demands == 1
    call.turn("[refer] i am connecting you to my supervisor now")
    assert call.end().outcome is Outcome.SUPERVISOR


def test_refusing_the_supervisor_costs_extra(call: Call) -> None:
    call.connect()
    for _ in range(3):
        call.turn("[] well let me see about that")
    outputs = call.turn("[cannot] that is not possible")
    assert "stonewall" in call.ids(outputs)


def test_hanging_up_on_a_caller_is_a_failure(call: Call) -> None:
    call.connect()
    call.let_caller_finish()
    call.take(TraineeHungUp(call.at_seconds))
    assert call.end().outcome is Outcome.HUNG_UP_ON_CALLER
    assert "warning" in call.end().reason


def test_hanging_up_when_all_is_settled_is_not(call: Call) -> None:
    settle(call)
    call.take(TraineeHungUp(call.at_seconds))
    assert call.end().outcome is Outcome.RESOLVED


def test_a_call_that_is_broken_off_is_abandoned(call: Call) -> None:
    call.connect()
    call.take(CallStopped(3.0, "broken off"))
    assert call.end() == EndCall(3.0, Outcome.ABANDONED, "broken off")


def test_after_the_end_nothing_follows(call: Call) -> None:
    call.connect()
    call.take(CallStopped(3.0, "broken off"))
    assert call.hear("[own] wait") == ()


def test_warned_abuse_that_goes_on_may_be_ended(call: Call) -> None:
    call.connect()
    call.turn("[set_boundary] i want to help but not with that language")
    call.take(CoachActed(call.at_seconds, "move", 0.0, "abuse"))
    call.let_caller_finish()
    call.turn("[end_call] i warned you and i am ending this call because of the language")
    assert call.end().outcome is Outcome.ENDED_BY_PROTOCOL


def test_ending_it_unwarned_is_hanging_up(call: Call) -> None:
    call.connect()
    call.turn("[end_call] i am ending this call")
    assert call.end() is None
    call.take(TraineeHungUp(call.at_seconds))
    assert call.end().outcome is Outcome.HUNG_UP_ON_CALLER


# ------------------------------------------------------------------------------------------------------- the order


def test_a_solution_before_the_caller_is_heard_is_rushed_and_calms_nobody(call: Call) -> None:
    call.connect()
    before = call.anger
    outputs = call.turn("[offer] shall i send a new lamp")
    assert "rush" in call.ids(outputs)
    ledger = next(o for o in outputs if isinstance(o, MoodMoved)).ledger
    assert [entry.delta for entry in ledger if entry.cause == "offer"] == [0.0]
    assert call.anger > before - 0.6


def test_an_unsure_word_is_shown_and_not_scored(call: Call) -> None:
    class Unsure:
        def detect(self, text: str, context: str = "", word_confidences: object = None) -> tuple[Any, ...]:
            from voicecoach.values import Detection

            return (Detection("hostile", text, (0, 1), 0.4),)

    call.engine._detector = Unsure()
    call.connect()
    before = call.anger
    outputs = call.turn("idiom")
    assert "hostile" in call.ids(outputs)
    assert call.anger < before


# ------------------------------------------------------------------------------------------------------- the coach


def test_a_nudge_moves_the_anger_and_stands_in_the_ledger(call: Call) -> None:
    call.connect()
    outputs = call.take(CoachActed(0.0, "nudge", -3.0))
    moved = next(o for o in outputs if isinstance(o, MoodMoved))
    assert moved.after.anger == pytest.approx(5.0)
    assert [entry.cause for entry in moved.ledger] == ["coach"]


def test_the_coach_says_a_line(call: Call) -> None:
    call.connect()
    outputs = call.take(CoachActed(1.0, "say", 0.0, "Put me through to somebody."))
    assert [o.line.text for o in outputs if isinstance(o, Say)] == ["Put me through to somebody."]


def test_the_coach_makes_the_caller_do_a_move(call: Call) -> None:
    call.connect()
    outputs = call.take(CoachActed(1.0, "move", 0.0, "supervisor"))
    assert [o.line.move for o in outputs if isinstance(o, Say)] == ["supervisor"]


def test_a_move_without_lines_is_told_and_changes_nothing(call: Call) -> None:
    call.connect()
    outputs = call.take(CoachActed(1.0, "move", 0.0, "dance"))
    assert [type(o) for o in outputs] == [Remarked]


def test_frozen_the_caller_does_not_answer(call: Call) -> None:
    call.connect()
    call.let_caller_finish()
    call.take(CoachActed(call.at_seconds, "freeze"))
    assert call.kinds(call.hear("[own] leave it with me")) == []
    call.take(CoachActed(call.at_seconds, "resume"))
    assert Say in call.kinds(call.hear("[own] leave it with me"))


def test_overruling_a_mistake_takes_back_what_it_cost(new_call: Callable[[], Call]) -> None:
    blamed, spared = new_call(), new_call()
    for call, words in ((blamed, "[relate hostile] oh please"), (spared, "[relate] oh please")):
        call.connect()
        call.turn(words)
        call.turn("[empathize] that sounds hard")
    assert blamed.anger > spared.anger
    blamed.take(CoachActed(blamed.at_seconds, "overrule", 1, "hostile"))
    assert blamed.anger == pytest.approx(spared.anger, abs=0.05)  # the longer turn gave time a little longer


def test_overruling_what_is_not_there_says_so(call: Call) -> None:
    call.connect()
    outputs = call.take(CoachActed(1.0, "overrule", 7, "hostile"))
    assert [type(o) for o in outputs] == [Remarked]


def test_going_back_to_a_turn_restores_the_mood_before_it(call: Call) -> None:
    call.connect()
    call.turn("[empathize] that sounds hard")
    call.let_caller_finish()
    before = call.anger
    call.turn("[hostile] oh please")
    assert call.anger > before
    call.take(CoachActed(call.at_seconds, "back", 2))
    assert call.anger == pytest.approx(before)
    assert call.engine.state.turn == 1


# -------------------------------------------------------------------------------------------------- looking ahead


def test_a_fork_goes_its_own_way(call: Call) -> None:
    call.connect()
    call.let_caller_finish()
    ahead = call.engine.fork()
    from voicecoach.events import TurnHeard
    from voicecoach.values import Heard

    ahead.take(TurnHeard(call.at_seconds + 2, Heard.from_text("[hostile] oh please", call.at_seconds + 1)))
    assert ahead.state.anger.mood.anger > call.anger
    assert call.engine.state.turn == 0
