"""A turn that was taken for over too soon: the caller gives the floor back, and both parts are one turn."""

from __future__ import annotations

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.replay import replay
from voicecoach.call.resuming import joined
from voicecoach.events import (
    Connected,
    Input,
    LineEnded,
    LineStarted,
    MoodMoved,
    Output,
    PartialHeard,
    Say,
    SpeechDropped,
    SpeechStarted,
    SpeechSustained,
    StopSpeaking,
    TurnHeard,
    TurnJudged,
)
from voicecoach.persona.loading import load
from voicecoach.review.curve import Story, read_story
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Heard

FIRST, SECOND = "i understand how upsetting this is", "and i will refund the second charge today"
WHOLE = f"{FIRST} {SECOND}"


class Talk:
    """A call by hand: who speaks when, in seconds; the caller's lines are played as a loop would."""

    def __init__(self) -> None:
        self.persona = load("double_charge")
        self.engine = self.new_engine()
        self.steps: list[tuple[Input, tuple[Output, ...]]] = []
        self.line = 0
        self.take(Connected(0.0))
        self.at = 1.0
        while self.line:
            self.line_runs(3.0)

    def new_engine(self) -> Engine:
        return Engine(self.persona, 1, TextDetector())

    def take(self, event: Input) -> tuple[Output, ...]:
        outputs = self.engine.take(event)
        self.steps.append((event, outputs))
        for output in outputs:
            if isinstance(output, Say):
                self.line = output.line.number
            if isinstance(output, StopSpeaking) and self.engine.state.speaking is not None:
                self.take(LineEnded(event.at_seconds, self.engine.state.speaking.number, False))
        return outputs

    def line_runs(self, seconds: float) -> None:
        number, self.line = self.line, 0
        self.take(LineStarted(self.at, number))
        self.at += seconds
        self.take(LineEnded(self.at, number, True))
        self.at += 1.0

    def turn(self, text: str, seconds: float = 2.0) -> tuple[Output, ...]:
        self.take(SpeechStarted(self.at))
        self.take(SpeechSustained(self.at + 0.1))
        self.take(PartialHeard(self.at + 0.6, text.split()[0]))
        heard = Heard.from_text(text, self.at, self.at + seconds)
        self.at = round(self.at + seconds + 0.3, 2)
        return self.take(TurnHeard(self.at, heard))

    def caller_begins(self, after_seconds: float) -> None:
        """The answer starts; so long after, the trainee goes on."""
        number, self.line = self.line, 0
        self.take(LineStarted(self.at, number))
        self.at = round(self.at + after_seconds, 2)

    @property
    def story(self) -> Story:
        return read_story(self.steps, self.persona.temper.start)


def judged(outputs: tuple[Output, ...]) -> list[TurnJudged]:
    return [output for output in outputs if isinstance(output, TurnJudged)]


def mended(after_seconds: float = 0.3) -> tuple[Talk, tuple[Output, ...]]:
    talk = Talk()
    talk.turn(FIRST)
    talk.caller_begins(after_seconds)
    return talk, talk.turn(SECOND)


def test_both_parts_are_judged_as_one_turn() -> None:
    talk, outputs = mended()
    (turn,) = judged(outputs)
    assert (turn.turn, turn.text, turn.resumed) == (1, WHOLE, True)
    assert talk.engine.state.turn == 1
    assert not {d.id for d in turn.detections} & {"interrupt"}


def test_the_mood_is_that_of_a_turn_said_without_a_break() -> None:
    _, outputs = mended()
    unbroken = Talk().turn(WHOLE)
    after = [output.after for output in outputs if isinstance(output, MoodMoved)]
    whole = [output.after for output in unbroken if isinstance(output, MoodMoved)]
    assert after[-1].anger == pytest.approx(whole[-1].anger, abs=0.05)
    assert after[-1].heard == whole[-1].heard


def test_the_caller_stops_at_the_voice_and_not_only_at_the_words() -> None:
    talk = Talk()
    talk.turn(FIRST)
    talk.caller_begins(0.3)
    assert not [o for o in talk.take(SpeechStarted(talk.at)) if isinstance(o, StopSpeaking)], "a key would do that"
    assert [o for o in talk.take(SpeechSustained(talk.at + 0.1)) if isinstance(o, StopSpeaking)]


def test_a_nod_after_the_first_syllable_lets_the_caller_begin_again() -> None:
    talk = Talk()
    talk.turn(FIRST)
    begun = talk.engine.state.pending
    talk.caller_begins(0.3)
    outputs = talk.turn("mm hm", 0.5)
    assert begun is not None
    assert [o.line.text for o in outputs if isinstance(o, Say)] == [begun.text]
    assert talk.engine.state.turn == 1
    assert [d.id for j in judged(outputs) for d in j.detections] == ["acknowledge"]


def test_a_cough_after_the_first_syllable_changes_nothing() -> None:
    talk = Talk()
    talk.turn(FIRST)
    before = talk.engine.state.anger
    talk.caller_begins(0.3)
    talk.take(SpeechStarted(talk.at))
    talk.take(SpeechDropped(talk.at + 0.4))
    assert talk.engine.state.speaking is not None, "the line goes on"
    assert talk.engine.state.anger == before


def test_who_comes_later_than_people_react_interrupts() -> None:
    _, outputs = mended(after_seconds=1.5)
    (turn,) = judged(outputs)
    assert (turn.turn, turn.resumed) == (2, False)
    assert "interrupt" in {d.id for d in turn.detections}


def test_a_turn_may_be_taken_for_over_twice() -> None:
    talk, _ = mended()
    talk.caller_begins(0.2)
    (turn,) = judged(talk.turn("so it will be with you by friday"))
    assert turn.turn == 1
    assert turn.text == f"{WHOLE} so it will be with you by friday"


def test_the_story_has_the_turn_once() -> None:
    talk, _ = mended()
    story = talk.story
    assert [turn.text for turn in story.turns if turn.who == "trainee"] == [WHOLE]
    assert [j.text for j in story.judged if j.text] == [WHOLE]
    assert story.points[-1].anger == pytest.approx(talk.engine.state.anger.mood.anger)
    assert len({step.moved.at_seconds for step in story.changes}) == len(story.changes)


def test_the_journal_replays_to_the_bit() -> None:
    talk, _ = mended()
    again = replay([event for event, _ in talk.steps], talk.new_engine())
    assert again.steps == tuple(talk.steps)


def test_two_parts_make_one_utterance() -> None:
    first = Heard.from_text("one two", 1.0, 2.0, level_dbfs=-20.0, pitch_hz=100.0)
    second = Heard.from_text("three four five six", 2.5, 4.5, level_dbfs=-26.0, pitch_hz=None)
    whole = joined(first, second)
    assert whole.text == "one two three four five six"
    assert (whole.start_seconds, whole.end_seconds) == (1.0, 4.5)
    assert whole.level_dbfs == pytest.approx(-24.0)
    assert whole.pitch_hz == 100.0
