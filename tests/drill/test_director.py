"""The director of a scene: when it is over, and when the same moment comes once more."""

from __future__ import annotations

import pytest

from voicecoach.call.hearing import new_engine
from voicecoach.call.script import CoachTurn, SayTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.drill import take_before
from voicecoach.drill.director import Director, Tried
from voicecoach.drill.results import DrillResult, keep_result, last_results
from voicecoach.drill.scenes import scenes_for
from voicecoach.events import CoachActed
from voicecoach.techniques.extension import NO_EXTENSION


class Played:
    """A scene of `empathize`, answered with these sentences."""

    def __init__(self, *answers: str, technique: str = "empathize", number: int = 0) -> None:
        self.told: list[tuple[Tried, bool]] = []
        scene = scenes_for(technique)[number]
        self.director = Director(technique, lambda tried, again: self.told.append((tried, again)))
        self.engine = new_engine(scene.persona(), 1, UNVOICED_CALM, NO_EXTENSION)
        call = TextCall(self.engine, self.director.watch)
        call.begin(take_before(self.engine, self.director, scene))
        call.settle()
        self.angers = [self.engine.state.anger.mood.anger]
        for answer in answers:
            call.turn(SayTurn(answer))
            call.settle()
            for event in self.director.act(call.at_seconds, caller_busy=False):
                assert isinstance(event, CoachActed)
                call.turn(CoachTurn(event.act, event.value))
                call.settle()
                self.angers.append(self.engine.state.anger.mood.anger)


def test_the_right_words_end_the_scene_at_once() -> None:
    scene = Played("I can hear how upsetting that is for you.")
    assert scene.director.succeeded
    assert scene.director.finished
    ((tried, again),) = scene.told
    assert tried.found is not None
    assert not again


def test_a_miss_brings_the_same_moment_once_more_with_the_caller_as_angry_as_before() -> None:
    scene = Played("Calm down.", "I can hear how upsetting that is for you.")
    assert [again for _, again in scene.told] == [True, False]
    assert [d.id for d in scene.told[0][0].mistakes] == ["calm_down"]
    assert scene.angers[1] == pytest.approx(scene.angers[0])
    assert scene.director.succeeded


def test_after_two_misses_the_scene_is_over() -> None:
    scene = Played("Well.", "Hm, let me see.")
    assert scene.director.finished
    assert not scene.director.succeeded
    assert len(scene.director.tries) == 2


def test_a_turn_that_went_before_is_no_try_and_is_not_gone_back_over() -> None:
    scene = Played("Well.", "I am so sorry that this happened to you.", technique="apologize")
    assert scene.director.succeeded
    assert scene.engine.state.turn == 2, "the turn before the scene, and the one that was tried twice"


def test_nothing_is_told_before_the_trainee_has_spoken() -> None:
    scene = Played()
    assert scene.director.act(9.0, caller_busy=False) == []
    assert scene.told == []


def test_results_are_kept_for_the_owner_and_the_newest_counts(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "home" / "drills"
    assert last_results(folder) == {}
    for tries in ((2, 0, 1), (1, 1, 2)):
        keep_result(folder, DrillResult("own", tries, "2026-01-01T10:00:00+00:00"))
    with (folder / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write("not ours\n")
    assert last_results(folder)["own"].at_once == 2
    assert (folder / "results.jsonl").stat().st_mode & 0o777 == 0o600
