"""A whole line from its pieces: speech, bleeps and the pauses between, shaped as one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.tts.breath import with_breaths
from voicecoach.tts.prosody import Prosody
from voicecoach.tts.shaping import at_level, faded, shaped, to_pcm
from voicecoach.tts.silence import Sound, trimmed, with_pauses_scaled
from voicecoach.tts.spoken_text import Bleep, spoken_parts
from voicecoach.values import SAMPLE_RATE_HZ

BLEEP_HZ = 1000.0
BLEEP_SECONDS = 0.25
BLEEP_DBFS = -20.0
BLEEP_GAP_SECONDS = 0.03
"""Silence on either side of a bleep."""

SENTENCE_PAUSE_SECONDS = 0.35
"""Between the pieces of a text that is too long for one go; scaled like every other pause."""


def bleep_tone() -> Sound:
    """250 ms of 1 kHz at -20 dBFS RMS."""
    time_seconds = np.arange(round(BLEEP_SECONDS * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return faded(at_level(np.sin(2.0 * np.pi * BLEEP_HZ * time_seconds).astype(np.float32), BLEEP_DBFS))


def rendered_line(text: str, speak: Callable[[str], Sound], manner: Prosody, *, telephone: bool) -> Pcm:
    """The line as it is played (int16, 16 kHz), from ``speak``, which gives the plain sound of a piece of text.

    At most 20 ms of silence come before it and 30 ms after it. Words written with asterisks ("f***ing") and "[bleep]"
    are covered by a tone. Empty for a text with nothing to say in it.
    """
    pieces: list[Sound] = []
    tones_at: list[int] = []
    tone, gap = bleep_tone(), _silence(BLEEP_GAP_SECONDS)
    after_speech = False
    for part in spoken_parts(text):
        if isinstance(part, Bleep):
            before = [gap] if pieces else []
            tones_at.append(sum(map(len, pieces + before)))
            pieces += [*before, np.zeros_like(tone), gap]
        else:
            if after_speech:
                pieces.append(_silence(SENTENCE_PAUSE_SECONDS * manner.pause_factor))
            said = with_pauses_scaled(trimmed(speak(part.text)), manner.pause_factor)
            pieces.append(with_breaths(said, manner.effort))
        after_speech = not isinstance(part, Bleep)
    if not pieces:
        return np.zeros(0, dtype=np.int16)
    sound = np.concatenate(pieces)
    pcm = shaped(sound, level_dbfs=manner.level_dbfs, effort=manner.effort, telephone=telephone)
    for start in tones_at:
        pcm[start : start + len(tone)] = to_pcm(tone)
    return pcm


def _silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), dtype=np.float32)
