"""Answering ahead: while a pause is still too short to end the turn, its answer is worked out and rendered.

A copy of the engine takes the turn as if it were over; only the sound of the line it would say is kept. The call
itself learns nothing of it: if the trainee goes on, the sound is thrown away, and if the turn is over, the engine
answers it as ever and the sound is there already. What was guessed wrong costs what it would have cost anyway.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from voicecoach.audio.base import Pcm
from voicecoach.events import Input, Output, Say
from voicecoach.tts.base import Voice
from voicecoach.values import Line, VoiceSpec

NEAR_ENOUGH_ANGER = 0.15
"""Nobody hears the difference: the anger drifts by a hundredth while a pause lasts."""


class Thinks(Protocol):
    """The engine, as far as it is tried out."""

    def fork(self) -> Thinks:
        """A copy that goes its own way."""

    def take(self, event: Input) -> tuple[Output, ...]:
        """What follows from an event."""


@dataclass(frozen=True, slots=True)
class _Rendering:
    text: str
    anger: float
    sound: Future[Pcm]

    def fits(self, line: Line) -> bool:
        return self.text == line.text and abs(self.anger - line.anger) <= NEAR_ENOUGH_ANGER


class AnswersAhead:
    """Renders the caller's lines, the likely next one ahead of time. One voice, one line at a time."""

    def __init__(self, voice: Voice, spec: VoiceSpec) -> None:
        self._voice = voice
        self._spec = spec
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="answers-ahead")
        self._guessed: _Rendering | None = None
        self._due: tuple[int, Future[Pcm]] | None = None
        self.right_guesses = self.wrong_guesses = 0

    def suppose(self, engine: Thinks, event: Input) -> None:
        """This may be what happens next (the turn is over): have the answer to it ready. ``engine`` stays as it is."""
        line = next((o.line for o in engine.fork().take(event) if isinstance(o, Say)), None)
        if line is None or (self._guessed is not None and self._guessed.fits(line)):
            return
        if self._guessed is not None:
            self._guessed.sound.cancel()
        self._guessed = _Rendering(line.text, line.anger, self._render_later(line))

    def wait(self) -> None:
        """Until what was supposed is rendered (or could not be, which will be told when it is due)."""
        if self._guessed is not None:
            wait([self._guessed.sound])

    def begin(self, line: Line) -> None:
        """The caller is going to say this line; ``sound`` will be asked for it, or for a later one in its place.

        A line begun before it is forgotten: a trainee who spoke first, in the breath before it, had it dropped.
        """
        if self._due is not None:
            self._due[1].cancel()
        guessed, self._guessed = self._guessed, None
        if guessed is not None and guessed.fits(line):
            self.right_guesses += 1
            self._due = (line.number, guessed.sound)
            return
        if guessed is not None:
            self.wrong_guesses += 1
            guessed.sound.cancel()
        self._due = (line.number, self._render_later(line))

    def sound(self, number: int) -> Pcm:
        """The sound of the line that was begun last; waits for it. Raises ``VoiceError``."""
        if self._due is None or self._due[0] != number:
            raise AssertionError(f"line {number} was not the last one begun")
        sound, self._due = self._due[1], None
        return sound.result()

    def close(self) -> None:
        """Let what is being rendered come to its end, and forget the rest. Safe to call twice."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _render_later(self, line: Line) -> Future[Pcm]:
        return self._worker.submit(self._voice.render, line.text, self._spec, line.anger)
