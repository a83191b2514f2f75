"""Putting what was played beside what was recorded at the same time.

Microphone and loudspeaker call back on their own, in bursts, by clocks that may differ. The loop reads microphone
blocks, sometimes late; for each of them it asks for one block of what the loudspeaker sounded.
"""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.events import BLOCK_SAMPLES

BEHIND_BLOCKS = 8
"""The record may trail the microphone by 80 ms of bursts before it is put right again."""


class PlayedRecord:
    """Pieces of any length in, from the loudspeaker's callback; blocks out, one for each microphone block.

    ``lead_blocks`` is how much earlier a piece comes in than it is heard back: both devices' latency. ``most_blocks``
    bounds it when nobody asks.
    """

    def __init__(self, lead_blocks: int, most_blocks: int) -> None:
        self.realigned_blocks = 0
        self._lead_blocks = lead_blocks
        self._most_samples = most_blocks * BLOCK_SAMPLES
        self._lock = threading.Lock()
        self._pieces: deque[Pcm] = deque([np.zeros(lead_blocks * BLOCK_SAMPLES, dtype=np.int16)])
        self._samples = lead_blocks * BLOCK_SAMPLES
        self._begun = False

    def add(self, piece: Pcm) -> None:
        """The next piece has been handed to the device."""
        with self._lock:
            self._pieces.append(piece)
            self._samples += len(piece)
            while self._samples > self._most_samples:
                self._samples -= len(self._pieces.popleft())

    def next_block(self, waiting_blocks: int = 0) -> Pcm:
        """The block beside the microphone block just read, when ``waiting_blocks`` more are still to be read.

        Zeros when it is not there yet. What is more than 80 ms too old is left out. Both are counted in
        ``realigned_blocks`` (but for the first block, which finds the beginning).
        """
        with self._lock:
            behind = self._samples // BLOCK_SAMPLES - 1 - self._lead_blocks - waiting_blocks
            if behind > (BEHIND_BLOCKS if self._begun else 0):
                self._take(behind * BLOCK_SAMPLES)
                self.realigned_blocks += behind if self._begun else 0
            if self._samples < BLOCK_SAMPLES:
                self.realigned_blocks += 1 if self._begun else 0
                return np.zeros(BLOCK_SAMPLES, dtype=np.int16)
            self._begun = True
            return self._take(BLOCK_SAMPLES)

    def _take(self, samples: int) -> Pcm:
        taken: list[Pcm] = []
        self._samples -= samples
        while samples:
            piece = self._pieces.popleft()
            if len(piece) > samples:
                self._pieces.appendleft(piece[samples:])
                piece = piece[:samples]
            taken.append(piece)
            samples -= len(piece)
        return np.concatenate(taken)
