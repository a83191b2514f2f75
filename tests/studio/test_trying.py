"""Trying a caller: from any state, and again after every edit of its file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.call.script import SayTurn, SilenceTurn
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.overrides import overridden
from voicecoach.studio.trying import Start, Trial, WatchedFiles, differences, nudge_to, played
from voicecoach.values import Mood

KIND = SayTurn("I can hear how upsetting that is.")
RUDE = SayTurn("You need to calm down.")

CALLER = """format: 1
id: mine
extends: _short_fuse
name: Mo
title: A lamp that came broken
briefing: {company: Brightly, you_are: an agent, situation: A customer calls.}
voice: {name: en-us}
wants: {wanted: [{name: new_lamp, words: [new lamp]}]}
lines:
  opening: ["Hello, this is Mo."]
  vent: [["My lamp came broken.", "Three whole weeks I waited."]]
  react: {empathize: "That is what I thought."}
"""


@pytest.fixture(scope="module")
def persona() -> Persona:
    return load("double_charge")


def test_from_the_first_word_the_caller_begins(persona: Persona) -> None:
    trial = Trial(persona, 1, Start())
    assert trial.exchanges[0].replies
    assert trial.mood.anger == pytest.approx(persona.temper.start, abs=0.5)


def test_in_mid_call_the_trainee_begins_and_the_mood_is_the_one_that_was_named(persona: Persona) -> None:
    trial = Trial(persona, 1, Start(Mood(7.0, 0.2, 0.0)))
    assert trial.exchanges == []
    assert trial.mood == Mood(7.0, 0.2, 0.0)
    exchange = trial.play(KIND)
    assert exchange.replies
    assert trial.mood.anger < 7.0
    assert trial.mood.heard > 0.2


def test_the_same_turns_are_the_same_conversation(persona: Persona) -> None:
    turns = (KIND, SilenceTurn(6.0), RUDE)
    first, again = (played(persona, 1, Start(), turns) for _ in range(2))
    assert differences(first, again) == ()
    assert first.turns() == turns


def test_an_edit_shows_the_exchanges_that_go_otherwise_and_no_others(persona: Persona) -> None:
    turns = (KIND, RUDE)
    before = played(persona, 1, Start(), turns)
    after = played(overridden(persona, ["temper.provocations.calm_down.gain=0"]), 1, Start(), turns)
    found = differences(before, after)
    assert [difference.number for difference in found] == [2]
    assert found[0].moved < -0.5


def test_the_anger_can_be_set(persona: Persona) -> None:
    trial = Trial(persona, 1, Start())
    trial.play(nudge_to(3.0, trial))
    assert trial.mood.anger == pytest.approx(3.0, abs=0.3)  # it drifts while the caller speaks


def test_a_file_and_what_it_extends_are_watched(tmp_path: Path) -> None:
    parent, own = tmp_path / "_mother.yaml", tmp_path / "mine.yaml"
    parent.write_text("format: 1\nid: _mother\nextends: _common\n", encoding="utf-8")
    own.write_text("format: 1\nid: mine\nextends: _mother\n", encoding="utf-8")
    files = WatchedFiles(str(own))
    assert not files.changed()
    parent.write_text("format: 1\nid: _mother\nextends: _common\ntitle: x\n", encoding="utf-8")
    assert files.changed()
    assert not files.changed()
    own.unlink()
    assert not files.changed(), "an editor is putting the new file in place"
    own.write_text("format: 1\nid: mine\nextends: _common\n", encoding="utf-8")
    assert files.changed()


def test_by_keyboard_with_an_edit_a_broken_one_and_wrong_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(CALLER, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "persona", "try", str(file), "--seed", "2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "VOICECOACH_HOME": str(tmp_path / "home")},
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def until(text: str) -> str:
        told = ""
        assert process.stdout is not None
        while text not in told:
            line = process.stdout.readline()
            assert line, f"{text!r} was never told, but: {told}"
            told += line
        return told

    def type_in(*lines: str) -> None:
        assert process.stdin is not None
        process.stdin.write("".join(f"{line}\n" for line in lines))
        process.stdin.flush()

    type_in("I can hear how upsetting that is.", "/dance")
    told = until("There is no /dance here")
    assert "That is what I thought." in told
    file.write_text(CALLER.replace("That is what", "Now that is what"), encoding="utf-8")
    type_in("/anger")
    told = until("problem solved")
    assert "- That is what I thought." in told
    assert "+ Now that is what I thought." in told
    file.write_text(CALLER.replace("title:", "titel:"), encoding="utf-8")
    type_in("/why", "/quit")
    rest = process.stdout.read()
    assert f"{file}:5: unknown field `titel`; did you mean `title`?" in " ".join(rest.split("\n"))
    assert "The caller goes on as before that edit." in rest
    assert "= -0.70 x scale" in rest
    assert process.wait(timeout=20) == 0
