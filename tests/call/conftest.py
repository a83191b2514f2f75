"""A small caller, a detector that hears what the test says, and a call that can be driven by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from voicecoach.call.engine import Engine
from voicecoach.events import (
    Connected,
    EndCall,
    LineEnded,
    LineStarted,
    MoodMoved,
    Output,
    SpeechStarted,
    TurnHeard,
    TurnJudged,
    WakeAt,
)
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import loads
from voicecoach.values import Detection, Heard

CALLER = """
format: 1
id: small
extends: _common
name: Mo
title: A lamp that came broken
briefing: {company: Brightly, you_are: an agent, situation: A customer calls.}
voice: {name: en-us}
wants:
  wanted: [{name: new_lamp, words: [new lamp]}]
  accepted: [{name: refund, words: [refund]}]
  refused: [{name: voucher, words: [voucher]}]
lines:
  opening: ["Hello, this is Mo."]
  vent: [["My lamp came broken and the box was open.", "I waited three weeks for it.", "Three whole weeks."]]
"""


class SaidIds:
    """Detects the ids that stand in square brackets at the head of the text, as in `[own apologize] leave it to me`."""

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        if not text.startswith("["):
            return ()
        ids = text[1 : text.index("]")].split()
        return tuple(Detection(cause, text, (0, len(text.split())), 1.0) for cause in ids)


class DrivenCall:
    """An engine with a hand-driven loop: lines are played at once, time moves when told to."""

    def __init__(self, persona: Persona, seed: int = 1) -> None:
        self.engine = Engine(persona, seed, SaidIds())
        self.at_seconds = 0.0
        self.outputs: list[Output] = []

    def take(self, event: object) -> tuple[Output, ...]:
        outputs = self.engine.take(event)  # type: ignore[arg-type]
        self.outputs += outputs
        return outputs

    def connect(self) -> tuple[Output, ...]:
        return self.take(Connected(0.0))

    def let_caller_finish(self) -> list[str]:
        """Play every line that was asked for, until the caller waits; the texts."""
        said = []
        while (line := self.engine.state.pending) is not None and not self.engine.state.ended:
            self.take(LineStarted(self.at_seconds, line.number))
            self.at_seconds += 2.0
            self.take(LineEnded(self.at_seconds, line.number, True))
            said.append(line.text)
        return said

    def start_line(self) -> None:
        """The next line begins to sound."""
        line = self.engine.state.pending
        assert line is not None
        self.take(LineStarted(self.at_seconds, line.number))
        self.at_seconds += 1.0

    def onset(self) -> tuple[Output, ...]:
        return self.take(SpeechStarted(self.at_seconds))

    def hear(self, text: str) -> tuple[Output, ...]:
        """The trainee's whole turn: onset (if there was none), words, endpoint."""
        if self.engine.state.trainee_since_seconds is None:
            self.onset()
        heard = Heard.from_text(text, self.at_seconds)
        self.at_seconds = heard.end_seconds + 0.3
        return self.take(TurnHeard(self.at_seconds, heard))

    def turn(self, text: str) -> tuple[Output, ...]:
        """The caller finishes, the trainee speaks, the caller answers to the end."""
        self.let_caller_finish()
        self.at_seconds += 1.0
        outputs = self.hear(text)
        self.let_caller_finish()
        return outputs

    @property
    def anger(self) -> float:
        return self.engine.state.anger.mood.anger

    def ids(self, outputs: Sequence[Output] | None = None) -> list[str]:
        chosen = self.outputs if outputs is None else outputs
        return [d.id for o in chosen if isinstance(o, TurnJudged) for d in o.detections]

    def end(self) -> EndCall | None:
        return next((o for o in self.outputs if isinstance(o, EndCall)), None)

    def kinds(self, outputs: Sequence[Output]) -> list[type]:
        quiet = (TurnJudged, MoodMoved, WakeAt)
        return [type(o) for o in outputs if not isinstance(o, quiet)]


@pytest.fixture
def persona() -> Persona:
    return loads(CALLER)


@pytest.fixture
def call(persona: Persona) -> DrivenCall:
    return DrivenCall(persona)


@pytest.fixture
def new_call(persona: Persona) -> Callable[[], DrivenCall]:
    return lambda: DrivenCall(persona)
