"""A call over real sound devices that goes on until Ctrl-C, as a child of the soak: the program's own loop and session.

The model made here listens, because the voice at the microphone is a synthetic one. What the devices counted is
written to a file at the end.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing, suppress
from importlib import resources
from pathlib import Path

from voicecoach.audio.live import LiveSound
from voicecoach.commands.loudspeakers import guard_for
from voicecoach.commands.session import Setup
from voicecoach.commands.sound_call import Sound, play_call
from voicecoach.errors import DeviceError, DeviceLost
from voicecoach.persona.loading import load
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

CALLER = Path(__file__).with_name("soak_caller.yaml")


def main(counts: Path, guard: str) -> None:
    """Take the call with this guard against echo; what was lost on the way goes to ``counts`` as JSON."""
    persona = load(CALLER)
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    with LiveSound() as devices, closing(VoskRecognizer(model)) as recognizer, closing(Pyttsx3Voice()) as voice:
        voice.warm_up(persona.voice.to_spec())
        echo_guard = guard_for(devices, guard, lambda line: None).guard
        devices.microphone.flush()
        overflows, underflows = devices.microphone.overflows, devices.loudspeaker.underflows
        dropped_blocks = devices.microphone.dropped_blocks
        lost: list[str] = []

        def reconnect(error: DeviceLost) -> None:
            """A loss counts as a failure of the soak, and the call goes on as at a headset."""
            lost.append(error.what)
            while True:
                time.sleep(0.5)
                with suppress(DeviceError):
                    devices.reopen()
                    return

        sound = Sound(
            devices.microphone, devices.loudspeaker, recognizer, voice, reconnect=reconnect, echo_guard=echo_guard
        )
        play_call(Setup(persona=persona, seed=1, stt=recognizer.name, voice=voice.name, as_json=True), sound)
        counted = {
            "devices_lost": len(lost),
            "dropped_blocks": devices.microphone.dropped_blocks - dropped_blocks,
            "overruns": devices.microphone.overflows - overflows,
            "underruns": devices.loudspeaker.underflows - underflows,
            "realigned_blocks": devices.loudspeaker.realigned_blocks,
            "drift_samples": devices.loudspeaker.drift_samples,
        }
        counts.write_text(json.dumps(counted), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
