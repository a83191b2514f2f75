"""pyttsx3 on the platform's own voices (SAPI5 on Windows, NSSpeech on macOS), in the child process."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from voicecoach.tts.voice_names import KnownVoice, nearest_names, platform_id


class PlatformSpeech:
    """Renders texts to sound files (WAV, or AIFF on macOS) with pyttsx3's driver for this platform.

    A fresh engine for every line: the known way around speaking only the first one. These drivers have no pitch; the
    voice shifts it on the PCM.
    """

    has_pitch = False

    def __init__(self, scratch: Path) -> None:
        import pyttsx3

        self._init = pyttsx3.init
        self._file = scratch / "line.wav"
        engine: Any = self._init()
        self.driver = str(engine)
        self._voices = [
            KnownVoice(
                id=voice.id,
                name=voice.name or voice.id,
                languages=tuple(str(tag) for tag in voice.languages if tag),
                gender=(voice.gender or "").removeprefix("VoiceGender").lower(),
            )
            for voice in engine.getProperty("voices")
        ]

    def voices(self) -> list[str]:
        """The names of the platform's voices."""
        return sorted(voice.name for voice in self._voices)

    def voice_id(self, name: str) -> str | None:
        """The engine's id for this voice name; None when nothing fits."""
        return platform_id(name, self._voices)

    def nearest(self, name: str) -> list[str]:
        """A few names that exist, for the error message."""
        return nearest_names(name, self._voices, ())

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, pitch_range: int) -> bytes:
        """A sound file of the text; pitch and range are ignored. Raises ``RuntimeError`` when the engine failed."""
        engine: Any = self._init()
        errors: list[Exception] = []
        engine.connect("error", lambda name, exception: errors.append(exception))
        try:
            engine.setProperty("voice", voice)
            engine.setProperty("rate", rate_wpm)
            engine.save_to_file(text, str(self._file))
            engine.runAndWait()
            if errors:
                raise RuntimeError(str(errors[0]))
            return self._file.read_bytes()
        finally:
            with contextlib.suppress(FileNotFoundError):
                self._file.unlink()
