"""How often the ears take the caller for the trainee on loudspeakers, and whether they hear an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from bench.echo_path import EchoingRoom
from voicecoach.audio.base import Pcm
from voicecoach.audio.echo import EchoGuard, sounds
from voicecoach.events import Input, SpeechStarted
from voicecoach.persona.loading import load
from voicecoach.stt.ears import Ears
from voicecoach.tts.base import Voice
from voicecoach.values import BLOCK_SECONDS, VoiceSpec, Word

CALLERS = ("double_charge", "cancelled_flight")
PAUSE_SECONDS = 0.8
"""Between two lines of a caller who talks on: ten minutes hold eight of speech."""

TRAINEE_DBFS = -23.0
"""The trainee's usual level, as a calibration finds it."""

HEARD_WITHIN_SECONDS = 1.0
"""An interruption that is noticed later than this went under."""


@dataclass
class Counted:
    """``triggers`` are onsets of speech where the trainee was silent; the echo is measured while the trainee is."""

    triggers: int = 0
    interruptions: int = 0
    interruptions_heard: int = 0
    caller_seconds: float = 0.0
    heard_after_seconds: list[float] = field(default_factory=list)
    echo_power: float = 0.0
    left_power: float = 0.0

    @property
    def echo_reduction_db(self) -> float:
        """How much weaker the caller is behind the guard than before it."""
        return 10.0 * float(np.log10((self.echo_power + 1e-3) / (self.left_power + 1e-3)))


class NoWords:
    """A recogniser that hears nothing: here only the onset of speech counts."""

    name = "nothing"

    def feed(self, pcm: Pcm) -> None:
        """Let it pass."""

    def partial(self) -> str:
        """No words."""
        return ""

    def finish(self) -> tuple[Word, ...]:
        """No words."""
        return ()

    def drop(self) -> None:
        """There is nothing to drop."""

    def close(self) -> None:
        """There is nothing to close."""


def caller_speaks(
    voice: Voice, room: EchoingRoom, guard: EchoGuard | None, minutes: float, interruption: Pcm | None = None
) -> Counted:
    """Let callers talk for so long, at every anger; with an ``interruption``, into each line from the fourth on.

    It is said a second after the line began. Blocks run as in the loop: read, played, guard, ears.
    """
    counted = Counted()
    ears = Ears(NoWords(), speech_dbfs=TRAINEE_DBFS)
    at_seconds = 0.0
    for number, line in enumerate(_lines(voice)):
        if at_seconds >= minutes * 60.0:
            break
        room.loudspeaker.play(line)
        interrupts_seconds: float | None = None
        over_seconds = PAUSE_SECONDS
        start_seconds = at_seconds
        while over_seconds > 0.0:
            due = number >= 3 and at_seconds >= start_seconds + 1.0
            if interruption is not None and due and interrupts_seconds is None:
                room.trainee.say(interruption)
                interrupts_seconds = at_seconds
                counted.interruptions += 1
            speaking = room.loudspeaker.playing
            trainee_silent = not room.trainee.waiting_seconds
            at_seconds += BLOCK_SECONDS
            heard = _one_block(room, guard, ears, speaking, at_seconds, counted, trainee_silent)
            _count(counted, heard, at_seconds, interrupts_seconds, speaking)
            if not speaking and not room.trainee.waiting_seconds:
                over_seconds -= BLOCK_SECONDS
    return counted


def _one_block(
    room: EchoingRoom,
    guard: EchoGuard | None,
    ears: Ears,
    speaking: bool,
    at_seconds: float,
    counted: Counted,
    trainee_silent: bool,
) -> list[Input]:
    block = room.microphone.read()
    played = room.loudspeaker.played()
    assert block is not None
    cleaned = block if guard is None else guard.clean(block, played, speaking)
    if sounds(played):
        counted.caller_seconds += BLOCK_SECONDS
        if trainee_silent:
            counted.echo_power += float(np.sum(np.square(block.astype(np.float64))))
            counted.left_power += float(np.sum(np.square(cleaned.astype(np.float64))))
    return ears.hear(cleaned, at_seconds, speaking)


def _count(
    counted: Counted, heard: list[Input], at_seconds: float, interrupts_seconds: float | None, speaking: bool
) -> None:
    for event in heard:
        if not isinstance(event, SpeechStarted):
            continue
        after_seconds = at_seconds - interrupts_seconds if interrupts_seconds is not None else None
        if after_seconds is None:
            counted.triggers += 1
        elif speaking and after_seconds <= HEARD_WITHIN_SECONDS:
            counted.interruptions_heard += 1
            counted.heard_after_seconds.append(after_seconds)


def _lines(voice: Voice) -> Iterator[Pcm]:
    """What the callers tell, at every anger in turn, for ever."""
    personas = [load(name) for name in CALLERS]
    facts = [(fact, persona.voice.to_spec()) for persona in personas for fact in persona.facts.values()]
    told = [(said, spec) for fact, spec in facts for said in fact.said]
    rendered: dict[tuple[str, VoiceSpec, int], Pcm] = {}
    number = 0
    while True:
        text, spec = told[number % len(told)]
        anger = number * 3 % 11
        key = (text, spec, anger)
        if key not in rendered:
            rendered[key] = voice.render(text, spec, float(anger))
        yield rendered[key]
        number += 1
