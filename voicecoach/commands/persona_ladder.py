"""`voicecoach persona ladder`: a line at anger 0, 2 ... 10, into a file or aloud."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rich.text import Text

from voicecoach.audio.files import write_wav
from voicecoach.commands.session import people_console
from voicecoach.persona.loading import load
from voicecoach.studio.ladder import Ladder, ladder
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.say import play


def say_ladder(persona_id: str, text: str, *, out: Path | None) -> None:
    """Write the ladder to a file, or play it. Raises ``VoiceError``, ``StorageError`` or a device's error."""
    spec = load(persona_id).voice.to_spec()
    with closing(Pyttsx3Voice()) as voice:
        if out is not None:
            said = ladder(voice, text, spec)
            write_wav(out, said.pcm)
            _tell(said, out)
            return
        from voicecoach.audio.devices import find_output
        from voicecoach.audio.live import LiveLoudspeaker

        with closing(LiveLoudspeaker(find_output())) as loudspeaker:
            said = ladder(voice, text, spec)
            _tell(said, None)
            play(said.pcm, loudspeaker)


def _tell(said: Ladder, out: Path | None) -> None:
    console = people_console()
    console.print(Text("anger   at        length   words a minute   pitch (semitones)   loudness", style="bold"))
    for rung in said.rungs:
        asked = rung.asked
        row = f"{rung.anger:5.0f}   {rung.start_seconds:5.1f} s   {rung.seconds:5.2f} s   {asked.rate_wpm:14d}   "
        console.print(Text(f"{row}{asked.pitch_semitones:+17.1f}   {asked.level_dbfs:5.1f} dBFS"), soft_wrap=True)
    if out is not None:
        console.print(Text(f"Wrote {out}"), soft_wrap=True)
