"""The scenes of the drills: three for each technique, each winnable by the very sentences that the hint gives."""

from __future__ import annotations

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.hearing import new_engine
from voicecoach.call.replay import replay
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.drill import take_before
from voicecoach.drill.director import Director
from voicecoach.drill.scenes import Scene, drills, scenes_for
from voicecoach.errors import UsageError
from voicecoach.review.advice import example_sentences
from voicecoach.techniques.catalogue import entry
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.techniques.ids import TECHNIQUES

ALL = [
    pytest.param(technique, scene, id=f"{technique}-{number}")
    for technique in TECHNIQUES
    for number, scene in enumerate(drills()[technique], 1)
]


def engine_for(scene: Scene) -> Engine:
    return new_engine(scene.persona(), 1, UNVOICED_CALM, NO_EXTENSION)


def test_every_technique_has_its_drill() -> None:
    assert set(drills()) == set(TECHNIQUES)


def test_what_cannot_be_practised_is_told() -> None:
    with pytest.raises(UsageError, match="no drill for 'calm_down'"):
        scenes_for("calm_down")


@pytest.mark.parametrize(("technique", "scene"), ALL)
def test_the_scene_begins_in_the_mood_it_says_with_the_caller_speaking(technique: str, scene: Scene) -> None:
    engine = engine_for(scene)
    replay(scene.inputs(), engine)
    mood = engine.state.anger.mood
    if not scene.you_said:
        assert (mood.anger, mood.heard, mood.resolution) == (scene.anger, scene.heard, scene.resolution)
    assert engine.state.pending is not None, "the caller is about to speak"
    assert not engine.state.ended


@pytest.mark.parametrize(("technique", "scene"), ALL)
def test_the_sentences_of_the_hint_are_what_the_scene_wants(technique: str, scene: Scene) -> None:
    heard = []
    persona = scene.persona()
    for sentence in (*example_sentences(entry(technique), persona), *entry(technique).say):
        director = Director(technique, lambda tried, again: None)
        engine = engine_for(scene)
        first = take_before(engine, director, scene)
        call = TextCall(engine, director.watch)
        call.begin(first)
        call.settle()
        call.turn(SayTurn(sentence))
        call.settle()
        director.act(call.at_seconds, caller_busy=False)
        heard.append(director.succeeded)
    assert any(heard[:2]), "one of the two sentences that the hint gives is heard"
