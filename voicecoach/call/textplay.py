"""A call without sound: turns of words against an engine, as fast as it goes.

A small event simulation in audio time. Caller lines and trainee turns last words / 2.7 seconds; the endpoint comes
0.3 s after the trainee's last word, as it would for a finished sentence.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterable

from voicecoach.call.engine import Engine
from voicecoach.call.floor import COLLISION_SECONDS
from voicecoach.call.script import CoachTurn, HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.events import (
    CallStopped,
    CoachActed,
    Connected,
    EndCall,
    HoldEnded,
    HoldStarted,
    Input,
    LineEnded,
    LineStarted,
    Output,
    PartialHeard,
    Say,
    SpeechStarted,
    StopSpeaking,
    TimeReached,
    TraineeHungUp,
    TurnHeard,
    WakeAt,
)
from voicecoach.techniques.voice import CalmVoice
from voicecoach.values import SPEECH_RATE_WORDS_PER_SECOND, Heard

ENDPOINT_SECONDS = 0.3
INTERRUPTION_AFTER_SECONDS = 0.8
"""A scripted interruption starts this long after the caller's line began (or at its middle, if that comes earlier)."""

UNVOICED_CALM = CalmVoice(level_dbfs=-26.0, pitch_hz=160.0, words_per_second=SPEECH_RATE_WORDS_PER_SECOND)
"""Stands for the calibration where there is no sound, so that a scripted ``raised: true`` can be told."""

CONNECTED = Connected(0.0)

RAISED_BY_DB = 10.0
RAISED_PITCH_RATIO = 1.25

Watcher = Callable[[Input, tuple[Output, ...]], None]


class TextCall:
    """One engine, played with words.

    ``turn`` plays one scripted turn and returns when the caller has answered it to the end; ``ended`` tells whether
    the call is over. ``watch`` is called with every input and its outputs.
    """

    def __init__(self, engine: Engine, watch: Watcher | None = None) -> None:
        self.at_seconds = 0.0
        self.ended: EndCall | None = None
        self._engine = engine
        self._watch = watch
        self._due: list[tuple[float, int, Input]] = []
        self._order = itertools.count()
        self._wake_seconds: float | None = None
        self._started_seconds = 0.0
        self._number = 0

    def begin(self, first: Input = CONNECTED) -> None:
        """Connect, or go on where an earlier call is taken over."""
        self._take(first)

    def turn(self, turn: Turn) -> None:
        """Play one turn; unless it is an interruption the caller may first finish."""
        if not (isinstance(turn, SayTurn) and turn.interrupt):
            self.settle()
        if self.ended is not None:
            return
        match turn:
            case SayTurn():
                self._say(turn)
            case HoldTurn():
                self._take(HoldStarted(self.at_seconds))
                self._run_until(self.at_seconds + turn.seconds)
                self._take(HoldEnded(self.at_seconds))
            case SilenceTurn():
                self._run_until(self.at_seconds + turn.seconds)
            case HangUpTurn():
                self._take(TraineeHungUp(self.at_seconds))
            case CoachTurn():
                self._take(CoachActed(self.at_seconds, turn.act, turn.value, turn.text))

    def settle(self) -> None:
        """Let the caller say everything there is to say."""
        while self._due:
            self._step()

    def stop(self, reason: str) -> EndCall:
        """No more turns will come."""
        self.settle()
        if self.ended is None:
            self._take(CallStopped(self.at_seconds, reason))
        if self.ended is None:
            raise AssertionError("a stopped call has an outcome")
        return self.ended

    # ------------------------------------------------------------------------------------------------------ the clock

    def _say(self, turn: SayTurn) -> None:
        start = self.at_seconds + turn.after_seconds
        if turn.interrupt and self._caller_line_due():
            start = self._run_into_line()
        else:
            self._run_until(start)
        if self.ended is not None:
            return
        heard = _as_heard(turn, start)
        self._take(SpeechStarted(start))
        spoken: list[str] = []
        for word in heard.words:
            spoken.append(word.text)
            if self._engine.state.speaking is None and not self._due:
                break  # nobody to interrupt: the partial words change nothing
            self._run_until(word.end_seconds)
            self._take(PartialHeard(self.at_seconds, " ".join(spoken)))
        end_seconds = heard.end_seconds + ENDPOINT_SECONDS
        self._run_until(end_seconds)
        self._take(TurnHeard(end_seconds, heard))

    def _run_into_line(self) -> float:
        """Let the caller begin the next line, and go some way into it; that moment."""
        while self._due and self._engine.state.speaking is None and self.ended is None:
            self._step()
        line = self._engine.state.speaking
        if line is not None:
            half = len(line.text.split()) / SPEECH_RATE_WORDS_PER_SECOND / 2
            self._run_until(self._started_seconds + min(INTERRUPTION_AFTER_SECONDS, max(COLLISION_SECONDS, half)))
        return self.at_seconds

    def _caller_line_due(self) -> bool:
        return self._engine.state.speaking is not None or self._engine.state.pending is not None

    def _run_until(self, at_seconds: float) -> None:
        while self.ended is None:
            upcoming = self._due[0][0] if self._due else math.inf
            if self._wake_seconds is not None and self._wake_seconds < upcoming:
                upcoming = self._wake_seconds
            if upcoming > at_seconds:
                break
            self._step(upcoming)
        self.at_seconds = max(self.at_seconds, at_seconds)

    def _step(self, until: float | None = None) -> None:
        wake = self._wake_seconds
        if wake is not None and until is not None and wake <= until and (not self._due or wake < self._due[0][0]):
            self._wake_seconds = None
            self.at_seconds = wake
            self._take(TimeReached(wake))
            return
        at_seconds, _, event = heapq.heappop(self._due)
        self.at_seconds = max(self.at_seconds, at_seconds)
        if isinstance(event, LineStarted):
            self._started_seconds = at_seconds
        self._take(event)

    def _take(self, event: Input) -> None:
        outputs = self._engine.take(event)
        if self._watch is not None:
            self._watch(event, outputs)
        for output in outputs:
            self._do(output)

    def _do(self, output: Output) -> None:
        match output:
            case Say():
                start = output.at_seconds + output.after_seconds
                seconds = len(output.line.text.split()) / SPEECH_RATE_WORDS_PER_SECOND
                self._number = output.line.number
                self._put(LineStarted(start, output.line.number))
                self._put(LineEnded(start + seconds, output.line.number, True))
                self._wake_seconds = None
            case StopSpeaking():
                self._due.clear()
                if self._engine.state.speaking is not None:
                    self._put(LineEnded(output.at_seconds, self._number, False))
            case WakeAt():
                self._wake_seconds = output.deadline_seconds
            case EndCall():
                self.ended = output

    def _put(self, event: Input) -> None:
        heapq.heappush(self._due, (event.at_seconds, next(self._order), event))


def play_text(engine: Engine, turns: Iterable[Turn], watch: Watcher | None = None) -> EndCall:
    """A whole scripted call; the end of the script ends it."""
    call = TextCall(engine, watch)
    call.begin()
    for turn in turns:
        if call.ended is not None:
            break
        call.turn(turn)
    ended = call.ended or call.stop("the script came to its end")
    call.settle()
    return ended


def _as_heard(turn: SayTurn, start_seconds: float) -> Heard:
    level, pitch = UNVOICED_CALM.level_dbfs, UNVOICED_CALM.pitch_hz
    if turn.raised and pitch is not None:
        level, pitch = level + RAISED_BY_DB, pitch * RAISED_PITCH_RATIO
    return Heard.from_text(turn.text, start_seconds, level_dbfs=level, pitch_hz=pitch)
