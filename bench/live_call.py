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
from voicecoach.events import Input, Output
from voicecoach.persona.loading import load
from voicecoach.rehearsal import Rehearsal
from voicecoach.stt.ears import Ears
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice


def main(persona_id: str, seed: int) -> None:
    """Take the call; everything is warm before it connects."""
    persona = load(persona_id)
    spec = persona.voice.to_spec()
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    with LiveSound() as devices, closing(VoskRecognizer(model)) as recognizer, closing(Pyttsx3Voice()) as voice:
        voice.warm_up(spec)
        rehearsal = Rehearsal(
            engine=Engine(persona, seed, TextDetector()),
            ears=Ears(recognizer, judge=SpeechJudge()),
            microphone=devices.microphone,
            voice=voice,
            voice_spec=spec,
            loudspeaker=devices.loudspeaker,
            watch=_tell,
        )
        devices.microphone.flush()
        rehearsal.run()
        told = {"dropped_blocks": devices.microphone.dropped_blocks, "underflows": devices.loudspeaker.underflows}
        sys.stdout.write(json.dumps({"event": "Devices", **told}) + "\n")


def _tell(event: Input, outputs: tuple[Output, ...]) -> None:
    sys.stdout.write("".join(json.dumps(encode(item)) + "\n" for item in (event, *outputs)))
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
