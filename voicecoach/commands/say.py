"""`voicecoach say`: a line in a caller's voice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from voicecoach.persona.loading import load
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.say import say


def say_line(text: str, *, persona: str, anger: float, out: Path | None) -> None:
    """Write the line to a file, or play it. Raises ``VoiceError``, ``StorageError`` or a device's error."""
    spec = load(persona).voice.to_spec()
    with closing(Pyttsx3Voice()) as voice:
        if out is not None:
            say(voice, text, spec, anger, out=out)
            return
        from voicecoach.audio.devices import find_output
        from voicecoach.audio.live import LiveLoudspeaker

        with closing(LiveLoudspeaker(find_output())) as loudspeaker:
            say(voice, text, spec, anger, loudspeaker=loudspeaker)
