"""The loop: the one place where ears, call and mouth are wired together.

One turn of the loop is one block (10 ms) of the microphone. Audio time is the number of blocks read; with a real
device reading waits, with a file or a script it does not, and nothing else differs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np

from voicecoach.audio.base import Loudspeaker, Microphone, Pcm
from voicecoach.audio.echo import EchoGuard
from voicecoach.audio.undisturbed import undisturbed
from voicecoach.call.engine import Engine
from voicecoach.errors import DeviceLost
from voicecoach.events import (
    CallStopped,
    Connected,
    Duck,
    EndCall,
    Input,
    LineEnded,
    LineStarted,
    Output,
    Say,
    StopSpeaking,
    TimeReached,
    TurnHeard,
    Unduck,
    WakeAt,
)
from voicecoach.tts.ahead import AnswersAhead
from voicecoach.tts.base import Voice
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, Line, VoiceSpec

DUCKED_GAIN = 0.3
"""How loud the caller goes on (-10 dB) while it is unclear whether the trainee means to interrupt."""

BROKEN_OFF = "broken off"

SILENCE: Pcm = np.zeros(BLOCK_SAMPLES, dtype=np.int16)

Watcher = Callable[[Input, tuple[Output, ...]], None]


class Hears(Protocol):
    """The ears, as the loop needs them."""

    patience: float
    """Factor on the silence that ends a turn."""

    def hear(self, block: Pcm, at_seconds: float, caller_speaking: bool) -> list[Input]:
        """What this block, which ends at ``at_seconds``, brought to light."""

    def supposed_turn(self, at_seconds: float) -> TurnHeard | None:
        """In a pause: the turn as it would be if it were over now, when there is anything new to suppose."""

    def flush(self, at_seconds: float) -> list[Input]:
        """The source has ended: the utterance being spoken is over."""


class Trainee(Protocol):
    """Somebody who acts besides speaking into the microphone: a script."""

    def act(self, at_seconds: float, caller_busy: bool) -> list[Input]:
        """Called once a block, before it is read."""

    @property
    def finished(self) -> bool:
        """There will be no more turns."""


class Records(Protocol):
    """Keeps the sound of the call."""

    def write(self, trainee: Pcm, caller: Pcm) -> None:
        """One block of each side."""


@dataclass
class Rehearsal:
    """A call with sound.

    ``watch`` gets every input with its outputs, in order (journal, terminal). ``reconnect`` is called when a device
    went away; it returns when sound is back, and audio time stands still meanwhile. ``first`` is what begins the call,
    at 0: its connection, or a step back into an earlier call that is taken over. ``echo_guard`` keeps the caller's
    voice from the ears where there is no headset; the recording has the sound as it was.
    With ``ahead``, which has the same voice, answers are rendered while the pause that ends a turn is not over yet.
    """

    engine: Engine
    ears: Hears
    microphone: Microphone
    voice: Voice
    voice_spec: VoiceSpec
    loudspeaker: Loudspeaker
    watch: Watcher
    recorder: Records | None = None
    trainee: Trainee | None = None
    reconnect: Callable[[DeviceLost], None] | None = None
    first: Input = field(default_factory=lambda: Connected(0.0))
    echo_guard: EchoGuard | None = None
    ahead: AnswersAhead | None = None

    _blocks: int = field(default=0, init=False)
    _speaking: int | None = field(default=None, init=False)
    _line_pcm: Pcm = field(default_factory=lambda: SILENCE, init=False)
    _line_began_blocks: int = field(default=0, init=False)
    _held_pcm: Pcm | None = field(default=None, init=False)
    _next_line: tuple[float, int, Callable[[], Pcm]] | None = field(default=None, init=False)
    _wake_seconds: float | None = field(default=None, init=False)
    _ended: EndCall | None = field(default=None, init=False)
    _source_over: bool = field(default=False, init=False)

    @property
    def at_seconds(self) -> float:
        """Audio time: what has been read so far."""
        return round(self._blocks * BLOCK_SECONDS, 2)

    def run(self) -> EndCall:
        """Play the call to its end. Ctrl-C ends it as a call that was broken off, with everything kept."""
        with undisturbed() if self.microphone.live else nullcontext():
            return self._run()

    def _run(self) -> EndCall:
        try:
            self._take(self.first)
            while not self._over():
                self._one_block()
        except KeyboardInterrupt:
            self._break_off()
        if self._ended is None:  # the engine answers CallStopped with an end, whatever went before
            raise AssertionError("the loop ended without an outcome")
        return self._ended

    def _break_off(self) -> None:
        self.loudspeaker.stop()
        self._next_line = None
        if self._ended is None:
            self._take(CallStopped(self.at_seconds, BROKEN_OFF))
        self.loudspeaker.stop()

    def _over(self) -> bool:
        return self._ended is not None and not self._caller_busy

    @property
    def _caller_busy(self) -> bool:
        return self._speaking is not None or self._next_line is not None

    # ------------------------------------------------------------------------------------------------------ one block

    def _one_block(self) -> None:
        if self.trainee is not None:
            for event in self.trainee.act(self.at_seconds, self._caller_busy):
                self._take(event)
        block = self._read()
        self._blocks += 1
        played = self._played()
        if self.recorder is not None:
            self.recorder.write(block, played)
        if self.echo_guard is not None:
            block = self.echo_guard.clean(block, played, self._speaking is not None)
        self._line_goes_on()
        if self._ended is None:
            self.ears.patience = self.engine.patience
            for event in self.ears.hear(block, self.at_seconds, self._speaking is not None):
                self._take(event)
            self._suppose()
            self._mind_the_time()

    def _suppose(self) -> None:
        if self.ahead is not None and (turn := self.ears.supposed_turn(self.at_seconds)) is not None:
            self.ahead.suppose(self.engine, turn)

    def _read(self) -> Pcm:
        while not self._source_over:
            try:
                block = self.microphone.read()
            except DeviceLost as lost:
                self._wait_for_sound(lost)
                continue
            if block is not None:
                return block
            self._source_over = True
            for event in self.ears.flush(self.at_seconds):
                self._take(event)
        return SILENCE

    def _played(self) -> Pcm:
        try:
            return self.loudspeaker.played()
        except DeviceLost as lost:
            self._wait_for_sound(lost)
            return SILENCE

    def _wait_for_sound(self, lost: DeviceLost) -> None:
        """A device went away: audio time stands still until there is sound again, then the line begins anew."""
        if self.reconnect is None:
            raise lost
        self.reconnect(lost)
        if self._speaking is not None:
            self.loudspeaker.play(self._line_pcm)

    def _line_goes_on(self) -> None:
        if self._speaking is not None and self._held_pcm is None and not self.loudspeaker.playing:
            number, self._speaking = self._speaking, None
            self._take(LineEnded(self.at_seconds, number, True))
        if self._next_line is not None and self.at_seconds >= self._next_line[0]:
            self._take(self._start_line(self._next_line))

    def _mind_the_time(self) -> None:
        if self._wake_seconds is not None and self.at_seconds >= self._wake_seconds:
            self._wake_seconds = None
            self._take(TimeReached(self.at_seconds))
        scripted_to_the_end = self.trainee is not None and self.trainee.finished
        if (self._source_over or scripted_to_the_end) and not self._caller_busy and self._ended is None:
            what = "the script" if scripted_to_the_end else "the recording"
            self._take(CallStopped(self.at_seconds, f"{what} came to its end"))

    # -------------------------------------------------------------------------------------------- events and actions

    def _take(self, event: Input) -> None:
        waiting = deque([event])
        while waiting:
            current = waiting.popleft()
            outputs = self.engine.take(current)
            self.watch(current, outputs)
            for output in outputs:
                waiting.extend(self._do(output))

    def _do(self, output: Output) -> list[Input]:
        match output:
            case Say():
                self._wake_seconds = None
                sound = self._sound_of(output.line)
                self._next_line = (output.at_seconds + output.after_seconds, output.line.number, sound)
                if output.after_seconds == 0.0 and self._speaking is None:
                    return [self._start_line(self._next_line)]
            case StopSpeaking():
                self.loudspeaker.stop()
                self._next_line = self._held_pcm = None
                if self._speaking is not None:
                    number, self._speaking = self._speaking, None
                    return [LineEnded(self.at_seconds, number, False)]
            case Duck():
                self._hold() if output.holds else self._go_on(DUCKED_GAIN)
            case Unduck():
                self._go_on(1.0)
            case WakeAt():
                self._wake_seconds = output.deadline_seconds
            case EndCall():
                self._ended = output
        return []

    def _sound_of(self, line: Line) -> Callable[[], Pcm]:
        """The line's sound, once it is due."""
        if self.ahead is not None:
            self.ahead.begin(line)
            return partial(self.ahead.sound, line.number)
        pcm = self.voice.render(line.text, self.voice_spec, line.anger)
        return lambda: pcm

    def _hold(self) -> None:
        """Fall silent in mid-word; what is left of the line waits."""
        if self._speaking is not None and self._held_pcm is None:
            self._held_pcm = self._line_pcm[(self._blocks - self._line_began_blocks) * BLOCK_SAMPLES :]
            self.loudspeaker.stop()

    def _go_on(self, gain: float) -> None:
        """Speak this loud from now on: on from the word at which the line was held, if it was."""
        self.loudspeaker.set_gain(gain)
        if self._held_pcm is not None:
            self._play(self._held_pcm)
            self._held_pcm = None

    def _play(self, pcm: Pcm) -> None:
        self._line_pcm, self._line_began_blocks = pcm, self._blocks
        self.loudspeaker.play(pcm)

    def _start_line(self, due: tuple[float, int, Callable[[], Pcm]]) -> LineStarted:
        _, self._speaking, sound = due
        pcm = sound()
        self._next_line = self._held_pcm = None
        self.loudspeaker.set_gain(1.0)
        self._play(pcm)
        return LineStarted(self.at_seconds, self._speaking)
