"""`voicecoach say`: a line in a caller's voice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from voicecoach.commands.voices import on_the_line, open_voice
from voicecoach.persona.loading import load
from voicecoach.tts.say import say


def say_line(
    text: str,
    *,
    persona: str,
    anger: float,
    out: Path | None,
    voice_name: str | None = None,
    telephone: bool | None = None,
) -> None:
    """Write the line to a file, or play it. Raises ``VoiceError``, ``StorageError`` or a device's error."""
    spec = on_the_line(load(persona).voice.to_spec(), telephone)
    with closing(open_voice(voice_name)) as voice:
        if out is not None:
            say(voice, text, spec, anger, out=out)
            return
        from voicecoach.audio.devices import find_output
        from voicecoach.audio.live import LiveLoudspeaker

        with closing(LiveLoudspeaker(find_output())) as loudspeaker:
            say(voice, text, spec, anger, loudspeaker=loudspeaker)
