"""An engine that hears words: the detector, with a coach's own phrases where there are any."""

from __future__ import annotations

from voicecoach.call.engine import Engine
from voicecoach.persona.file import Persona
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.detects import Detects
from voicecoach.techniques.early import EarlyEar
from voicecoach.techniques.extended_detector import ExtendedDetector
from voicecoach.techniques.extension import Extension
from voicecoach.techniques.voice import CalmVoice


def new_detector(extension: Extension) -> Detects:
    """The detector of words, with the coach's phrases where there are any."""
    detector = TextDetector()
    return ExtendedDetector(detector, extension) if extension.additions else detector


def new_engine(persona: Persona, seed: int, calm_voice: CalmVoice | None, extension: Extension) -> Engine:
    """A call that hears what it says, and provocations while they are spoken."""
    detector = new_detector(extension)
    return Engine(persona, seed, detector, calm_voice, EarlyEar(detector), extension)
