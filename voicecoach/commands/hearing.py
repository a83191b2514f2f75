"""Which techniques a call hears: the catalogue's, and what the coach added."""

from __future__ import annotations

from pathlib import Path

from voicecoach.call.engine import Engine
from voicecoach.persona.file import Persona
from voicecoach.places import techniques_file
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.detects import Detects
from voicecoach.techniques.early import EarlyEar
from voicecoach.techniques.extended_detector import ExtendedDetector
from voicecoach.techniques.extension import NO_EXTENSION, Extension, load_extension
from voicecoach.techniques.voice import CalmVoice


def own_techniques(named: Path | None) -> Extension:
    """The file that was named, else the one in the person's folder where there is one. Raises ``TechniquesError``."""
    if named is not None:
        return load_extension(named)
    usual = techniques_file()
    return load_extension(usual) if usual.is_file() else NO_EXTENSION


def new_detector(extension: Extension) -> Detects:
    """The detector of words, with the coach's phrases where there are any."""
    detector = TextDetector()
    return ExtendedDetector(detector, extension) if extension.additions else detector


def new_engine(persona: Persona, seed: int, calm_voice: CalmVoice | None, extension: Extension) -> Engine:
    """A call that hears what it says, and provocations while they are spoken."""
    detector = new_detector(extension)
    return Engine(persona, seed, detector, calm_voice, EarlyEar(detector), extension)
