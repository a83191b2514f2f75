"""A recorded call under an edited persona: both curves on one sheet."""

from __future__ import annotations

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.replay import replay
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import play_text
from voicecoach.events import Connected, Input, Output
from voicecoach.persona.loading import load
from voicecoach.studio.beside import beside, curve_of
from voicecoach.studio.overrides import overridden
from voicecoach.techniques.detector import TextDetector

TURNS = (SayTurn("I can hear how upsetting that is."), SayTurn("Calm down."), SayTurn("I'm so sorry about that."))


def test_a_recorded_call_and_the_same_words_to_an_edited_caller() -> None:
    persona = load("double_charge")
    milder = overridden(persona, ["temper.provocation_scale=0.2", "temper.start=6"])
    recorded: list[tuple[Input, tuple[Output, ...]]] = []
    play_text(Engine(persona, 3, TextDetector()), TURNS, lambda event, outputs: recorded.append((event, outputs)))
    now = replay((event for event, _ in recorded), Engine(milder, 3, TextDetector()))
    (panel,) = beside(recorded, persona, now.steps, milder, ("recorded", "mine.yaml")).panels
    then, after = panel.series
    assert (then.name, after.name) == ("recorded", "mine.yaml")
    assert (then.middle[0], after.middle[0]) == (persona.temper.start, 6.0)
    assert after.middle[-1] < then.middle[-1] - 1.0
    assert panel.told == "abandoned -> abandoned"


def test_nothing_drifts_before_the_call_is_connected() -> None:
    persona = load("double_charge")
    series = curve_of([(Connected(6.0), ())], persona, "x")
    assert series.middle == pytest.approx([persona.temper.start] * len(series.middle))
