"""Going back into an earlier call: the engine stands as it did before that turn, and time starts anew."""

from __future__ import annotations

import pytest

from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, Journal
from voicecoach.call.replay import replay
from voicecoach.call.script import parse_script
from voicecoach.call.taking_over import taken_over
from voicecoach.call.textplay import UNVOICED_CALM, play_text
from voicecoach.errors import UsageError
from voicecoach.events import CoachActed, EndCall, Input, Output, Say, TurnHeard
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.techniques.extension import NO_EXTENSION

SEED = 4
TURNS = """
turns:
  - say: "I can hear how upsetting that is."
  - {say: "Listen to me now please because I have to say this.", interrupt: true}
  - say: "So you were charged twice for March, is that right?"
  - say: "Calm down."
  - say: "You are a liar and I do not care."
  - say: "Shut up, you stupid man."
  - say: "Shut up, you stupid man."
"""


@pytest.fixture(scope="module")
def persona() -> Persona:
    return load("double_charge")


@pytest.fixture(scope="module")
def journal(persona: Persona) -> Journal:
    return played(persona, TURNS)


def played(persona: Persona, turns: str) -> Journal:
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    engine = new_engine(persona, SEED, UNVOICED_CALM, NO_EXTENSION)
    play_text(engine, parse_script(turns, "turns"), lambda event, outputs: steps.append((event, outputs)))
    return Journal(Header("c", persona.id, "", SEED), tuple(steps))


def moods_before(journal: Journal, persona: Persona) -> dict[int, float]:
    """The anger just before each trainee turn."""
    engine = new_engine(persona, SEED, UNVOICED_CALM, NO_EXTENSION)
    angers = {}
    for event, _ in journal.steps:
        before = engine.state.anger.mood.anger
        turn = engine.state.turn
        engine.take(event)
        if isinstance(event, TurnHeard) and engine.state.turn == turn + 1:
            angers[turn + 1] = before
    return angers


def test_the_caller_is_as_angry_as_before_that_turn_and_says_the_last_thing_again(
    journal: Journal, persona: Persona
) -> None:
    angers = moods_before(journal, persona)
    assert len(angers) >= 5
    for turn, anger in angers.items():
        inputs = taken_over(journal, turn)
        engine = new_engine(persona, SEED, UNVOICED_CALM, NO_EXTENSION)
        *_, (_, outputs) = replay(inputs, engine).steps
        assert engine.state.anger.mood.anger == pytest.approx(anger, abs=1e-9)
        assert engine.state.turn == turn - 1
        (said,) = (output for output in outputs if isinstance(output, Say))
        assert said.line.text == engine.state.pending.text  # type: ignore[union-attr]


def test_what_went_before_lies_below_zero_and_the_step_back_at_zero(journal: Journal) -> None:
    *before, back = taken_over(journal, 3)
    assert back == CoachActed(0.0, "back", 3.0)
    assert all(event.at_seconds <= 0 for event in before)
    assert [event.at_seconds for event in before] == sorted(event.at_seconds for event in before)


def test_even_the_turn_that_ended_the_call_can_be_taken_again(journal: Journal, persona: Persona) -> None:
    ended = next(i for i, (_, outputs) in enumerate(journal.steps) if any(isinstance(o, EndCall) for o in outputs))
    last = max(moods_before(journal, persona))
    engine = new_engine(persona, SEED, UNVOICED_CALM, NO_EXTENSION)
    replay(taken_over(journal, last), engine)
    assert ended < len(journal.steps)
    assert not engine.state.ended


def test_a_turn_that_was_gone_back_from_is_not_the_one_that_counts(persona: Persona) -> None:
    script = """
turns:
  - say: "I can hear how upsetting that is."
  - say: "Calm down."
  - coach: {act: back, value: 2}
  - say: "I am so sorry about that."
"""
    journal = played(persona, script)
    inputs = taken_over(journal, 2)
    heard = [event.heard.text for event in inputs if isinstance(event, TurnHeard)]
    assert heard == ["I can hear how upsetting that is.", "Calm down."], "up to the turn as it was taken last"


@pytest.mark.parametrize("turn", [0, -1, 99])
def test_a_turn_that_never_was_is_told(journal: Journal, turn: int) -> None:
    with pytest.raises(UsageError, match=r"there is no turn"):
        taken_over(journal, turn)


def test_nothing_said_is_nothing_to_go_back_to(persona: Persona) -> None:
    with pytest.raises(UsageError) as told:
        taken_over(played(persona, "turns:\n  - silence: 1"), 1)
    assert "nothing was said" in str(told.value)
