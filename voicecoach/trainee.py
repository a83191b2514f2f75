"""A synthetic trainee: speaks the turns of a script into a scripted microphone, when the caller leaves room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Protocol

from voicecoach.audio.base import Pcm
from voicecoach.call.script import CoachTurn, HangUpTurn, HoldTurn, SayTurn, SilenceTurn, Turn
from voicecoach.call.textplay import INTERRUPTION_AFTER_SECONDS
from voicecoach.events import CoachActed, HoldEnded, HoldStarted, Input, TraineeHungUp
from voicecoach.tts.base import Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

CALM_ANGER = 0.0
RAISED_ANGER = 9.5
RAISED_ANGER_SCALE = 1.3
"""A raised voice is the same voice, rendered as an angry caller's would be, and a little more: 8.5 dB louder, in the
middle of the 6-10 dB of hot anger, so that a script that says `raised` leaves no doubt."""

ANSWER_TIMEOUT_SECONDS = 3.0
"""If the caller has not answered by then, the turn went unheard and the next one comes."""

LAST_WORD_SECONDS = 1.0


class SpeaksInto(Protocol):
    """A microphone that a program speaks into."""

    def say(self, pcm: Pcm) -> None:
        """Queue this sound."""


class _Phase(Enum):
    WAITING = auto()
    SPEAKING = auto()
    LISTENING = auto()
    SILENT = auto()
    HOLDING = auto()
    DONE = auto()


class SyntheticTrainee:
    """Plays a script by voice; ``act`` is called once a block by the loop.

    ``listeners`` also get each spoken turn's sound (a loudspeaker, so that a demo can be heard).
    """

    def __init__(
        self,
        turns: Sequence[Turn],
        voice: Voice,
        spec: VoiceSpec,
        microphone: SpeaksInto,
        also: SpeaksInto | None = None,
    ) -> None:
        self._turns = list(turns)
        self._voice = voice
        self._spec = spec
        self._microphone = microphone
        self._also = also
        self._phase = _Phase.WAITING
        self._until_seconds = 0.0
        self._busy_since_seconds: float | None = None
        self._free_since_seconds: float | None = None

    @property
    def finished(self) -> bool:
        """The last turn was spoken, and the caller's answer is over."""
        return self._phase is _Phase.DONE

    def act(self, at_seconds: float, caller_busy: bool) -> list[Input]:
        """What the script does in this block."""
        self._watch_the_floor(at_seconds, caller_busy)
        match self._phase:
            case _Phase.SPEAKING if at_seconds >= self._until_seconds:
                self._phase = _Phase.LISTENING
                self._until_seconds = at_seconds + ANSWER_TIMEOUT_SECONDS
            case _Phase.LISTENING if caller_busy or at_seconds >= self._until_seconds:
                self._phase = _Phase.WAITING
            case _Phase.SILENT if at_seconds >= self._until_seconds:  # nothing was said that wants an answer
                self._phase = _Phase.WAITING
            case _Phase.HOLDING if at_seconds >= self._until_seconds:
                self._phase = _Phase.LISTENING
                self._until_seconds = at_seconds + ANSWER_TIMEOUT_SECONDS
                return [HoldEnded(at_seconds)]
            case _Phase.WAITING:
                return self._next(at_seconds)
        return []

    def _watch_the_floor(self, at_seconds: float, caller_busy: bool) -> None:
        if caller_busy:
            self._free_since_seconds = None
            if self._busy_since_seconds is None:
                self._busy_since_seconds = at_seconds
        else:
            self._busy_since_seconds = None
            if self._free_since_seconds is None:
                self._free_since_seconds = at_seconds

    def _next(self, at_seconds: float) -> list[Input]:
        turn = self._turns[0] if self._turns else None
        if not self._may_begin(turn, at_seconds):
            return []
        if turn is None:
            self._phase = _Phase.DONE
            return []
        self._turns.pop(0)
        match turn:
            case SayTurn():
                self._speak(turn, at_seconds)
            case SilenceTurn():
                self._phase = _Phase.SILENT
                self._until_seconds = at_seconds + turn.seconds
            case HoldTurn():
                self._phase = _Phase.HOLDING
                self._until_seconds = at_seconds + turn.seconds
                return [HoldStarted(at_seconds)]
            case HangUpTurn():
                return [TraineeHungUp(at_seconds)]
            case CoachTurn():
                return [CoachActed(at_seconds, turn.act, turn.value, turn.text)]
        return []

    def _may_begin(self, turn: Turn | None, at_seconds: float) -> bool:
        if isinstance(turn, SayTurn) and turn.interrupt and self._busy_since_seconds is not None:
            return at_seconds - self._busy_since_seconds >= INTERRUPTION_AFTER_SECONDS
        if self._free_since_seconds is None:
            return False
        free_seconds = at_seconds - self._free_since_seconds
        if turn is None:
            return free_seconds >= LAST_WORD_SECONDS
        return free_seconds >= (turn.after_seconds if isinstance(turn, SayTurn) else 0.0)

    def _speak(self, turn: SayTurn, at_seconds: float) -> None:
        pcm = self._rendered(turn)
        self._microphone.say(pcm)
        if self._also is not None:
            self._also.say(pcm)
        self._phase = _Phase.SPEAKING
        self._until_seconds = at_seconds + len(pcm) / SAMPLE_RATE_HZ

    def _rendered(self, turn: SayTurn) -> Pcm:
        if not turn.raised:
            return self._voice.render(turn.text, self._spec, CALM_ANGER)
        louder = replace(self._spec, anger_scale=self._spec.anger_scale * RAISED_ANGER_SCALE)
        return self._voice.render(turn.text, louder, RAISED_ANGER)
