"""One line said at rising anger, one after another: what a persona's voice makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.errors import UsageError
from voicecoach.tts.base import Voice
from voicecoach.tts.prosody import Prosody, prosody
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

RUNGS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
BETWEEN_SECONDS = 0.7
"""Silence between two rungs."""


@dataclass(frozen=True, slots=True)
class Rung:
    """The line at one ``anger``: where in the sound it is, and how it was asked to be spoken."""

    anger: float
    start_seconds: float
    seconds: float
    asked: Prosody


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs in one sound, ``pcm`` (n,) at 16 kHz."""

    pcm: Pcm
    rungs: tuple[Rung, ...]


def ladder(voice: Voice, text: str, spec: VoiceSpec) -> Ladder:
    """The line at anger 0, 2 ... 10. Raises ``UsageError`` for a text without words, ``VoiceError`` from the voice."""
    pause: Pcm = np.zeros(round(BETWEEN_SECONDS * SAMPLE_RATE_HZ), dtype=np.int16)
    parts: list[Pcm] = []
    rungs: list[Rung] = []
    samples = 0
    for anger in RUNGS:
        pcm = voice.render(text, spec, anger)
        if not len(pcm):
            raise UsageError("the text has nothing to say in it", remedy="give some words")
        rungs.append(Rung(anger, samples / SAMPLE_RATE_HZ, len(pcm) / SAMPLE_RATE_HZ, prosody(spec, anger)))
        parts += [pcm, pause]
        samples += len(pcm) + len(pause)
    return Ladder(np.concatenate(parts[:-1]), tuple(rungs))
