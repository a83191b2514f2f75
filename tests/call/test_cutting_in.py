"""An angry caller does not hear a strong provocation out; whoever is cut in on has interrupted nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.replay import replay
from voicecoach.events import (
    CoachActed,
    Input,
    LineEnded,
    LineStarted,
    Output,
    PartialHeard,
    Remarked,
    Say,
    SpeechSustained,
    StopSpeaking,
    TurnJudged,
)
from voicecoach.persona.file import Persona
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.early import EarlyEar
from voicecoach.values import Band, Line

Call = Any  # the DrivenCall of conftest.py

PROVOCATION = "you need to calm down right"
WHOLE_TURN = f"[calm_down] {PROVOCATION} now or i cannot help you"


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


@pytest.fixture
def call(new_call: Callable[[], Call], persona: Persona, detector: TextDetector) -> Call:
    """The caller has said everything, and listens."""
    driven = new_call()
    driven.engine = Engine(persona, 1, driven.engine._detector, early=EarlyEar(detector))
    driven.connect()
    driven.let_caller_finish()
    driven.at_seconds += 1.0
    driven.onset()
    return driven


def partial(call: Call, words: str) -> tuple[Output, ...]:
    call.at_seconds += 1.0
    outputs: tuple[Output, ...] = call.take(PartialHeard(call.at_seconds, words))
    return outputs


def lines(outputs: tuple[Output, ...]) -> list[Line]:
    return [output.line for output in outputs if isinstance(output, Say)]


def test_an_angry_caller_cuts_in_and_it_says_at_what(call: Call) -> None:
    assert partial(call, "you need to") == ()
    outputs = partial(call, PROVOCATION)
    assert [line.move for line in lines(outputs)] == ["interjection"]
    assert [o.text for o in outputs if isinstance(o, Remarked)] == ['the caller cuts in at "calm down"']


def test_once_a_turn_and_again_in_the_next(call: Call) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    assert partial(call, f"{PROVOCATION} now") == ()
    call.hear(WHOLE_TURN)
    call.let_caller_finish()
    call.at_seconds += 1.0
    call.onset()
    assert [line.move for line in lines(partial(call, PROVOCATION))] == ["interjection"]


def test_the_turn_is_judged_as_if_nobody_had_cut_in(call: Call, new_call: Callable[[], Call]) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    call.take(PartialHeard(call.at_seconds, f"{PROVOCATION} now or i"))
    cut_in_on = call.hear(WHOLE_TURN)

    heard_out = new_call()
    heard_out.connect()
    heard_out.let_caller_finish()
    heard_out.at_seconds += 1.0
    assert call.ids(cut_in_on) == call.ids(heard_out.hear(WHOLE_TURN))
    assert "interrupt" not in call.ids()


def test_the_trainees_words_do_not_stop_it_and_the_answer_follows_on_it(call: Call) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    interjection = call.engine.state.speaking
    assert StopSpeaking not in call.kinds(partial(call, f"{PROVOCATION} now or i cannot"))
    judged = call.hear(WHOLE_TURN)
    assert call.kinds(judged) == []
    answer = lines(call.take(LineEnded(call.at_seconds, interjection.number, True)))
    assert [line.number for line in answer] == [interjection.number + 1]
    assert answer[0].move != "interjection"


def test_when_it_is_over_first_the_answer_comes_at_the_end_of_the_turn(call: Call) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    assert len(lines(call.hear(WHOLE_TURN))) == 1


def test_going_on_after_a_pause_under_it_is_no_interruption(call: Call) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    call.hear(WHOLE_TURN)
    assert call.kinds(call.onset()) == []
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    assert "interrupt" not in call.ids(call.hear("[apologize] i am sorry i should not have said that"))


@pytest.mark.parametrize("sounds_still", [True, False])
def test_what_was_answered_in_a_pause_under_it_is_one_turn_with_the_rest(call: Call, sounds_still: bool) -> None:
    partial(call, PROVOCATION)
    call.start_line()
    interjection = call.engine.state.speaking.number
    call.hear("[calm_down] you need to calm down right now")
    call.onset()
    if not sounds_still:
        assert lines(call.take(LineEnded(call.at_seconds, interjection, True))) == []
    outputs = call.hear("or i cannot help you with any of this")
    [judged] = [output for output in outputs if isinstance(output, TurnJudged)]
    assert (judged.resumed, judged.turn) == (True, 1)
    assert judged.text.endswith("calm down right now or i cannot help you with any of this")
    assert StopSpeaking not in call.kinds(outputs)
    if sounds_still:
        assert lines(outputs) == []
        outputs = call.take(LineEnded(call.at_seconds, interjection, True))
    assert len(lines(outputs)) == 1


def test_what_the_trainee_answers_is_judged_against_what_the_caller_said_before_it(call: Call) -> None:
    before = call.engine.state.said
    partial(call, PROVOCATION)
    call.start_line()
    assert call.engine.state.said == before != ""


def talks_until(call: Call, seconds: float, words_per_second: float = 2.5) -> tuple[Output, ...]:
    """The trainee has been going through the small print for so long."""
    since = call.engine.state.trainee_since_seconds
    text = " ".join(["so", "the", "form", "is"] * 50).split()[: round(seconds * words_per_second)]
    outputs: tuple[Output, ...] = call.take(PartialHeard(since + seconds, " ".join(text)))
    return outputs


@pytest.mark.parametrize("patience", [0.5, 1.0, 1.5])
@pytest.mark.parametrize(
    ("band", "bears_seconds"), [(Band.CALM, 45.0), (Band.ANNOYED, 28.0), (Band.ANGRY, 20.0), (Band.FURIOUS, 14.0)]
)
def test_a_monologue_is_borne_for_as_long_as_band_and_patience_say(
    call: Call, persona: Persona, detector: TextDetector, band: Band, bears_seconds: float, patience: float
) -> None:
    state = call.engine.state
    temper = persona.temper.model_copy(update={"patience": patience})
    call.engine = Engine(persona.model_copy(update={"temper": temper}), 1, detector, early=EarlyEar(detector))
    call.engine.state = state
    state.band = band
    assert talks_until(call, bears_seconds * patience - 0.1) == ()
    outputs = talks_until(call, bears_seconds * patience)
    assert [line.move for line in lines(outputs)] == ["interjection"]
    [told] = [output.text for output in outputs if isinstance(output, Remarked)]
    assert told.startswith(f"the caller cuts in on a monologue, after {bears_seconds * patience:.0f} s and ")


def test_a_monologue_is_cut_in_on_once_and_the_next_one_again(call: Call) -> None:
    assert lines(talks_until(call, 20.0))
    call.start_line()
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    assert talks_until(call, 60.0) == ()
    judged = call.hear("so the form is on the second page")
    assert "interrupt" not in call.ids(judged)
    call.let_caller_finish()
    call.at_seconds += 1.0
    call.onset()
    assert lines(talks_until(call, 20.0))


def test_two_turns_of_usual_length_are_no_monologue_together(call: Call) -> None:
    assert talks_until(call, 13.0) == ()
    call.hear("so the form is on the second page")
    call.let_caller_finish()
    call.at_seconds += 1.0
    call.onset()
    assert talks_until(call, 13.0) == ()


@pytest.mark.parametrize("sounds_still", [True, False])
def test_a_monologue_that_was_taken_for_over_in_its_midst_is_one_monologue(call: Call, sounds_still: bool) -> None:
    assert talks_until(call, 13.0) == ()
    call.hear("so the form is on the second page")
    call.start_line()
    call.at_seconds -= 0.9
    call.onset()
    call.take(SpeechSustained(call.at_seconds))
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, False))
    outputs = talks_until(call, 17.5)
    assert [line.move for line in lines(outputs)] == ["interjection"]
    call.start_line()
    interjection = call.engine.state.speaking.number
    if not sounds_still:
        call.take(LineEnded(call.at_seconds, interjection, True))
    outputs = call.hear("and that is all there is to it")
    [judged] = [output for output in outputs if isinstance(output, TurnJudged)]
    assert judged.resumed and "interrupt" not in call.ids(outputs)
    if sounds_still:
        assert lines(outputs) == [] and StopSpeaking not in call.kinds(outputs)
        outputs = call.take(LineEnded(call.at_seconds, interjection, True))
    assert len(lines(outputs)) == 1


def test_who_reads_a_number_out_slowly_makes_no_monologue(call: Call) -> None:
    assert talks_until(call, 60.0, words_per_second=0.5) == ()


@pytest.mark.parametrize("why", ["calm", "frozen", "on hold", "the caller speaks", "no ear for it"])
def test_nobody_cuts_in(call: Call, persona: Persona, why: str) -> None:
    if why == "calm":
        call.take(CoachActed(call.at_seconds, "nudge", -6.0))
    elif why == "frozen":
        call.take(CoachActed(call.at_seconds, "freeze"))
    elif why == "on hold":
        call.engine.state.hold_since_seconds = call.at_seconds
    elif why == "the caller speaks":
        call.take(CoachActed(call.at_seconds, "say", 0.0, "And another thing."))
        call.start_line()
    else:
        call.engine._early = None
    assert "interjection" not in [line.move for line in lines(partial(call, PROVOCATION))]


def test_a_call_with_a_cut_in_replays_to_the_bit(persona: Persona, detector: TextDetector, call: Call) -> None:
    def engine() -> Engine:
        return Engine(persona, 7, detector, early=EarlyEar(detector))

    recorded: list[tuple[Input, tuple[Output, ...]]] = []
    call.engine = engine()

    def take(event: Input) -> tuple[Output, ...]:
        recorded.append((event, call.engine.take(event)))
        return recorded[-1][1]

    call.take = take
    call.connect()
    call.let_caller_finish()
    call.onset()
    partial(call, PROVOCATION)
    call.start_line()
    call.take(LineEnded(call.at_seconds, call.engine.state.speaking.number, True))
    call.hear(f"{PROVOCATION} now")
    assert "interjection" in [line.move for _, outputs in recorded for line in lines(outputs)]
    assert replay([event for event, _ in recorded], engine()).steps == tuple(recorded)


def test_a_fork_that_is_cut_in_on_leaves_the_call_alone(call: Call) -> None:
    ahead = call.engine.fork()
    assert lines(ahead.take(PartialHeard(call.at_seconds + 1.0, PROVOCATION)))
    assert call.engine.state.interjection == 0
    assert lines(partial(call, PROVOCATION))


def test_an_interjection_of_another_number_is_fitted_when_replayed(call: Call) -> None:
    outputs = partial(call, PROVOCATION)
    number = lines(outputs)[0].number
    started = LineStarted(call.at_seconds, number)
    call.take(replace(started))
    assert call.engine.state.speaking.number == number == call.engine.state.interjection
