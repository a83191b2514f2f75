"""Which voice speaks: the one place where a voice engine is picked."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.events import VoiceSpec
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice


def open_voice(name: str | None = None) -> Pyttsx3Voice:
    """The engine by its name; None for pyttsx3. Close it. Raises ``VoiceError``, ``UsageError``, ``StorageError``."""
    return Pyttsx3Voice()


def on_the_line(spec: VoiceSpec, telephone: bool | None) -> VoiceSpec:
    """The persona's voice, through a telephone line or not where the person said so."""
    return spec if telephone is None else replace(spec, telephone=telephone)
