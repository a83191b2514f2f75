"""A voice for tests, demonstrations and machines without one: a short tone for every word."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.tts.estimate import estimated_seconds
from voicecoach.tts.prosody import prosody
from voicecoach.tts.shaping import shaped
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

CALM_TONE_HZ = 220.0
SOUNDING_SHARE = 0.75
"""Of the time a word takes; the rest is silence."""


class ToneVoice:
    """Speaks tones instead of words: same text, same spec and same anger give the same samples on every machine.

    A line lasts ``estimated_seconds`` when calm and is faster, higher and louder with anger, by the same table as
    real voices.
    """

    name = "tones"

    def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
        """One tone a word; empty for a text without words."""
        words = len(text.split())
        if not words:
            return np.zeros(0, dtype=np.int16)
        manner = prosody(spec, anger)
        seconds = estimated_seconds(text) * spec.rate_wpm / manner.rate_wpm
        samples = round(seconds * SAMPLE_RATE_HZ)
        time_seconds = np.arange(samples) / SAMPLE_RATE_HZ
        place_in_word = (time_seconds * words / seconds) % 1.0
        envelope = np.sin(np.pi * np.minimum(place_in_word / SOUNDING_SHARE, 1.0))
        tone_hz = CALM_TONE_HZ * 2.0 ** (manner.pitch_semitones / 12.0)
        tones = (0.1 * envelope * np.sin(2.0 * np.pi * tone_hz * time_seconds)).astype(np.float32)
        return shaped(tones, level_dbfs=manner.level_dbfs)

    def close(self) -> None:
        """Nothing to end."""
