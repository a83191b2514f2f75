"""A call over real sound devices with the model made here, as a child of the benchmark; tells its events as JSON lines.

The program itself refuses that model at a microphone, because it understands synthetic voices only. Here the voice at
the microphone is one.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from importlib import resources
from pathlib import Path

from voicecoach.audio.live import LiveSound
from voicecoach.call.codec import encode
from voicecoach.call.engine import Engine
from voicecoach.events import CoachActed, Connected, Input, Output
from voicecoach.persona.loading import load
from voicecoach.rehearsal import Rehearsal
from voicecoach.stt.ears import Ears
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.ahead import AnswersAhead
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice


class Soothed:
    """A coach who keeps the caller at this anger: how a caller yields depends on it."""

    finished = False

    def __init__(self, engine: Engine, anger: float) -> None:
        self._engine = engine
        self._anger = anger

    def act(self, at_seconds: float, caller_busy: bool) -> list[Input]:
        """Once a block."""
        off = self._anger - self._engine.state.anger.mood.anger
        return [CoachActed(at_seconds, "nudge", off)] if abs(off) > 0.5 else []


def main(persona_id: str, seed: int, anger: float | None = None) -> None:
    """Take the call, at this anger where one is given; everything is warm before it connects."""
    persona = load(persona_id)
    spec = persona.voice.to_spec()
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    with (
        LiveSound() as devices,
        closing(VoskRecognizer(model)) as recognizer,
        closing(Pyttsx3Voice()) as voice,
        closing(AnswersAhead(voice, spec)) as ahead,
    ):
        voice.warm_up(spec)
        engine = Engine(persona, seed, TextDetector())
        ahead.suppose(engine, Connected(0.0))
        ahead.wait()
        rehearsal = Rehearsal(
            engine=engine,
            ears=Ears(recognizer, judge=SpeechJudge()),
            microphone=devices.microphone,
            voice=voice,
            voice_spec=spec,
            loudspeaker=devices.loudspeaker,
            watch=_tell,
            trainee=None if anger is None else Soothed(engine, anger),
            ahead=ahead,
        )
        devices.microphone.flush()
        rehearsal.run()
        _put(
            {
                "event": "Devices",
                "dropped_blocks": devices.microphone.dropped_blocks,
                "underflows": devices.loudspeaker.underflows,
                "right_guesses": ahead.right_guesses,
                "wrong_guesses": ahead.wrong_guesses,
            }
        )


def _tell(event: Input, outputs: tuple[Output, ...]) -> None:
    sys.stdout.write("".join(json.dumps(encode(item)) + "\n" for item in (event, *outputs)))
    sys.stdout.flush()


def _put(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else None)
