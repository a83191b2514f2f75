"""Answers rendered ahead: there in time when the guess was right, gone without a trace when it was not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from voicecoach.audio.base import Pcm
from voicecoach.call.engine import Engine
from voicecoach.errors import VoiceError
from voicecoach.events import Connected, LineEnded, LineStarted, Say, SpeechStarted, TurnHeard
from voicecoach.persona.loading import load
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.ahead import AnswersAhead
from voicecoach.tts.tone_voice import ToneVoice
from voicecoach.values import Heard, VoiceSpec

ASKED = "could you tell me the date of the second charge please"


class CountingVoice(ToneVoice):
    def __init__(self) -> None:
        self.rendered: list[str] = []

    def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
        self.rendered.append(text)
        return super().render(text, spec, anger)


@pytest.fixture
def engine() -> Engine:
    """A call in which the caller has said the opening."""
    engine = Engine(load("double_charge"), 1, TextDetector())
    says = engine.take(Connected(0.0))
    at = 1.0
    while lines := [output.line for output in says if isinstance(output, Say)]:
        engine.take(LineStarted(at, lines[0].number))
        says = engine.take(LineEnded(at + 3.0, lines[0].number, True))
        at += 4.0
    engine.take(SpeechStarted(at))
    return engine


@pytest.fixture
def voice() -> CountingVoice:
    return CountingVoice()


@pytest.fixture
def ahead(voice: CountingVoice) -> Iterator[AnswersAhead]:
    with closing(AnswersAhead(voice, VoiceSpec())) as ahead:
        yield ahead


def turn(text: str, at: float = 30.0) -> TurnHeard:
    return TurnHeard(at, Heard.from_text(text, at - 3.0, at - 0.1))


def answer(engine: Engine, heard: TurnHeard) -> Say:
    return next(output for output in engine.take(heard) if isinstance(output, Say))


def test_a_right_guess_is_rendered_once_and_before_the_turn_is_over(
    engine: Engine, ahead: AnswersAhead, voice: CountingVoice
) -> None:
    ahead.suppose(engine, turn(ASKED))
    said = answer(engine, turn(ASKED, 30.25))
    ahead.begin(said.line)
    assert ahead.sound(said.line.number).size
    assert voice.rendered == [said.line.text]
    assert (ahead.right_guesses, ahead.wrong_guesses) == (1, 0)


def test_a_supposed_turn_leaves_the_call_as_it_was(engine: Engine, ahead: AnswersAhead) -> None:
    untouched = engine.fork()
    for text in ("you need to calm down", "i am so sorry", ASKED):
        ahead.suppose(engine, turn(text))
    assert engine.state == untouched.state
    assert engine.take(turn(ASKED)) == untouched.take(turn(ASKED))


def test_a_wrong_guess_is_dropped(engine: Engine, ahead: AnswersAhead, voice: CountingVoice) -> None:
    ahead.suppose(engine, turn("you need to calm down and stop shouting at me"))
    said = answer(engine, turn(ASKED))
    ahead.begin(said.line)
    assert ahead.sound(said.line.number).tolist() == voice.render(said.line.text, VoiceSpec(), said.line.anger).tolist()
    assert ahead.wrong_guesses == 1


def test_the_same_supposition_is_not_rendered_twice(engine: Engine, ahead: AnswersAhead, voice: CountingVoice) -> None:
    for later in (0.0, 0.1, 0.2):
        ahead.suppose(engine, turn(ASKED, 30.0 + later))
    ahead.close()
    assert len(voice.rendered) == 1


def test_the_first_line_is_ready_before_the_call_connects(ahead: AnswersAhead, voice: CountingVoice) -> None:
    engine = Engine(load("double_charge"), 1, TextDetector())
    ahead.suppose(engine, Connected(0.0))
    ahead.wait()
    assert len(voice.rendered) == 1
    opening = next(output for output in engine.take(Connected(0.0)) if isinstance(output, Say))
    ahead.begin(opening.line)
    assert ahead.sound(opening.line.number).size
    assert voice.rendered == [opening.line.text]


def test_lines_that_are_dropped_in_the_breath_before_them_are_not_kept(engine: Engine) -> None:
    """Half a minute of sound is a megabyte; a call has hundreds of lines."""
    rendered: list[weakref.ref[Pcm]] = []

    class Watched(ToneVoice):
        def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
            pcm = super().render(text, spec, anger)
            rendered.append(weakref.ref(pcm))
            return pcm

    line = answer(engine, turn(ASKED)).line
    with closing(AnswersAhead(Watched(), VoiceSpec())) as ahead:
        for number in range(1, 41):
            ahead.suppose(engine, turn(f"{ASKED} or number {number}"))
            ahead.wait()
            ahead.begin(replace(line, number=number, text=f"{line.text} {number}"))
            if number % 4 == 0:
                ahead.sound(number)
        gc.collect()
        assert len(rendered) >= 10
        assert sum(pcm() is not None for pcm in rendered) <= 2


def test_a_voice_that_fails_ahead_fails_when_the_line_is_due(engine: Engine) -> None:
    class Broken(ToneVoice):
        def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
            raise VoiceError("the voice is gone")

    with closing(AnswersAhead(Broken(), VoiceSpec())) as ahead:
        ahead.suppose(engine, turn(ASKED))
        said = answer(engine, turn(ASKED))
        ahead.begin(said.line)
        with pytest.raises(VoiceError):
            ahead.sound(said.line.number)
