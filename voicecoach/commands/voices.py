"""Which voice speaks: the one place where a voice engine is picked."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.places import home_folder
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec


def open_voice(name: str | None = None) -> Pyttsx3Voice:
    """A neural voice by its name or file; None for pyttsx3. Close it.

    Raises ``UsageError`` when there is no such voice or the extra is missing, ``VoiceError``, ``StorageError``.
    """
    if name is None:
        return Pyttsx3Voice()
    from voicecoach.tts.neural_voices import model_of
    from voicecoach.tts.piper_voice import PiperVoice

    return PiperVoice(model_of(name, home_folder()))


def on_the_line(spec: VoiceSpec, telephone: bool | None) -> VoiceSpec:
    """The persona's voice, through a telephone line or not where the person said so."""
    return spec if telephone is None else replace(spec, telephone=telephone)
