"""pyttsx3 on espeak-ng, in the child process. Imported nowhere else: it loads a C library for the whole process."""

from __future__ import annotations

import contextlib
import ctypes
import os
import time
from pathlib import Path
from typing import Any

from voicecoach.tts.voice_names import KnownVoice, espeak_id, nearest_names

LONGEST_DATA_PATH = 120
"""espeak-ng keeps its data folder in a buffer of 160 characters and cuts off the rest; file names are added to it."""

HEADROOM_VOLUME = 0.5
"""pyttsx3 volume, 0..1: at 1 some voices clip inside the engine. Loudness is set afterwards, on the PCM."""

_GENDERS = {1: "male", 2: "female"}


def load_bundled_library(scratch: Path) -> bool:
    """Map the espeak-ng of the espeakng-loader wheel into this process, so that no system package is needed.

    pyttsx3 opens ``libespeak-ng.so.1`` by that name; a library of that name which is loaded already is the one it
    gets. False when the wheel is not installed (then a system library is used). Raises ``OSError`` when the wheel's
    library does not load.
    """
    try:
        import espeakng_loader
    except ModuleNotFoundError:
        return False
    data = Path(espeakng_loader.get_data_path())
    if len(str(data)) > LONGEST_DATA_PATH:
        link = scratch / "data"
        link.symlink_to(data, target_is_directory=True)
        data = link
    os.environ["ESPEAK_DATA_PATH"] = str(data)
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    return True


class EspeakSpeech:
    """Renders texts to WAV files with pyttsx3's espeak driver.

    The driver hands everything to espeak-ng's own thread, and ``runAndWait`` begins by cancelling whatever that thread
    still does: settings that were just made, or the end of the line before. That is how pyttsx3 comes to ignore a
    rate, speak only the first line or write an empty file. So the thread is always waited for first.
    """

    driver = "espeak"
    has_pitch = True

    def __init__(self, scratch: Path) -> None:
        load_bundled_library(scratch)
        import pyttsx3
        from pyttsx3.drivers import _espeak

        self._espeak: Any = _espeak
        self._engine: Any = pyttsx3.init("espeak")
        self._file = scratch / "line.wav"
        self._errors: list[Exception] = []
        self._engine.connect("error", self._on_error)
        # Only after a first, empty run does the engine apply a property at once instead of queueing it.
        self._engine.runAndWait()
        self._voices = [self._known(voice) for voice in _espeak.ListVoices(None)]
        self._variants = [
            voice.identifier.decode("utf-8").rpartition("/")[2]
            for voice in _espeak.ListVoices(ctypes.pointer(_espeak.VOICE(languages=b"variant")))
        ]

    def voices(self) -> list[str]:
        """The language tags that can be named, each once."""
        return sorted({tag.lower() for voice in self._voices for tag in voice.languages})

    def voice_id(self, name: str) -> str | None:
        """The engine's id for this voice name; None when it is unknown."""
        return espeak_id(name, self._voices, self._variants)

    def nearest(self, name: str) -> list[str]:
        """A few names that exist, for the error message."""
        return nearest_names(name, self._voices, self._variants)

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, pitch_range: int) -> bytes:
        """A WAV file of the text. Raises ``RuntimeError`` when the engine refused a setting or wrote nothing."""
        self._errors.clear()
        properties = {"voice": voice, "rate": rate_wpm, "pitch": pitch, "volume": HEADROOM_VOLUME}
        for name, value in properties.items():
            self._engine.setProperty(name, value)
        # pyttsx3 has no property for the pitch range.
        self._espeak.SetParameter(self._espeak.RANGE, pitch_range, 0)
        self._settle()
        try:
            self._engine.save_to_file(text, str(self._file))
            self._engine.runAndWait()
            self._settle()
            if self._errors:
                raise RuntimeError(str(self._errors[0]))
            return self._file.read_bytes()
        finally:
            with contextlib.suppress(FileNotFoundError):
                self._file.unlink()

    def _settle(self) -> None:
        while self._espeak.IsPlaying():
            time.sleep(0.0002)

    def _on_error(self, name: str | None, exception: Exception) -> None:
        self._errors.append(exception)

    @staticmethod
    def _known(voice: Any) -> KnownVoice:
        # ``languages`` begins with a priority byte and ends, for ctypes, after the first tag.
        return KnownVoice(
            id=voice.identifier.decode("utf-8"),
            name=voice.name.decode("utf-8"),
            languages=(voice.languages[1:].decode("utf-8"),),
            gender=_GENDERS.get(voice.gender, ""),
        )
