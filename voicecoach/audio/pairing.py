"""Putting what was played beside what was recorded at the same time.

Microphone and loudspeaker call back on their own, in bursts, by clocks that may differ: two sound cards run apart by
up to some ten milliseconds a minute. The loop reads microphone blocks, sometimes late; for each of them it asks for
one block of what the loudspeaker sounded.
"""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ

BEHIND_BLOCKS = 8
"""The record may trail the microphone by 80 ms of bursts before it is put right at once."""

MEAN_BLOCKS = 500
"""What is held is averaged over so many blocks (5 s), which evens out bursts of 40 ms to less than a millisecond."""

STEADY_BLOCKS = 50
"""Fewer (0.5 s) say nothing: a stumble is over in 50 ms, and what is held still jumps for as long again."""

SETTLING_BLOCKS = 200
"""So long it takes to know how much is usually held."""

QUIET_DRIFT_SAMPLES = SAMPLE_RATE_HZ // 250
"""4 ms away from that, and the record is put right where the caller is silent: nobody can tell."""

DRIFT_SAMPLES = SAMPLE_RATE_HZ // 100
"""10 ms away, and it is put right wherever it is."""


class PlayedRecord:
    """Pieces of any length in, from the loudspeaker's callback; blocks out, one for each microphone block.

    ``lead_blocks`` is how much earlier a piece comes in than it is heard back: both devices' latency. ``most_blocks``
    bounds it when nobody asks.
    """

    def __init__(self, lead_blocks: int, most_blocks: int) -> None:
        self.realigned_blocks = 0
        self.drift_samples = 0
        self._lead_samples = lead_blocks * BLOCK_SAMPLES
        self._most_samples = most_blocks * BLOCK_SAMPLES
        self._lock = threading.Lock()
        self._pieces: deque[Pcm] = deque([np.zeros(lead_blocks * BLOCK_SAMPLES, dtype=np.int16)])
        self._samples = lead_blocks * BLOCK_SAMPLES
        self._begun = False
        self._owed_samples = 0
        self._drift = _Drift()

    def add(self, piece: Pcm) -> None:
        """The next piece has been handed to the device."""
        with self._lock:
            self._owed_samples = 0
            self._add(piece)

    def add_silence(self, samples: int) -> None:
        """The device sounded nothing for so long; what of it ``next_block`` has had to make up is not told twice."""
        with self._lock:
            told = min(samples, self._owed_samples)
            self._owed_samples -= told
            self._add(np.zeros(samples - told, dtype=np.int16))

    def sounds_later(self, samples: int) -> None:
        """What comes in from now on is heard back so much later (less than zero: earlier) than it was so far.

        For earlier, so much of what came in last is left out: the device dropped it.
        """
        with self._lock:
            if samples < 0:
                kept = max(0, self._samples + samples)
                rest, self._samples = self._take(kept), kept
                self._pieces = deque([rest])
            else:
                self._pieces.append(np.zeros(samples, dtype=np.int16))
                self._samples += samples
            self._lead_samples += samples

    def stumbled(self) -> None:
        """The device ran out of sound, and dropped some while it was filled again.

        How much nobody tells, so what is held may have jumped by some milliseconds. Its average is begun anew, and puts
        the record right half a second later and not five.
        """
        with self._lock:
            self._drift.begin_anew()

    def next_block(self, waiting_blocks: int = 0) -> Pcm:
        """The block beside the microphone block just read, when ``waiting_blocks`` more are still to be read.

        Zeros when it is not there yet. What is more than 80 ms too old is left out. Both are counted in
        ``realigned_blocks`` (but for the first block, which finds the beginning). A slow drift between the clocks is
        taken out a few milliseconds at a time, counted in ``drift_samples`` (more than zero: the loudspeaker is fast).
        """
        with self._lock:
            surplus = self._samples - (1 + waiting_blocks) * BLOCK_SAMPLES - self._lead_samples
            behind = surplus // BLOCK_SAMPLES
            if behind > (BEHIND_BLOCKS if self._begun else 0):
                self._take(behind * BLOCK_SAMPLES)
                self.realigned_blocks += behind if self._begun else 0
                self._drift.begin_anew()
            elif self._begun:
                self._drift.observe(surplus)
                self._put_right()
            if self._samples < BLOCK_SAMPLES:
                if self._begun:
                    self.realigned_blocks += 1
                    self._owed_samples += BLOCK_SAMPLES
                return np.zeros(BLOCK_SAMPLES, dtype=np.int16)
            self._begun = True
            return self._take(BLOCK_SAMPLES)

    def _add(self, piece: Pcm) -> None:
        self._pieces.append(piece)
        self._samples += len(piece)
        while self._samples > self._most_samples:
            self._samples -= len(self._pieces.popleft())

    def _put_right(self) -> None:
        drifted = self._drift.samples
        if abs(drifted) < QUIET_DRIFT_SAMPLES or self._samples < abs(drifted) + BLOCK_SAMPLES:
            return
        if abs(drifted) < DRIFT_SAMPLES and not self._silent_ahead(abs(drifted)):
            return
        if drifted > 0:
            self._take(drifted)
        else:
            self._pieces.appendleft(np.zeros(-drifted, dtype=np.int16))
            self._samples -= drifted
        self._drift.taken_out(drifted)
        self.drift_samples += drifted

    def _silent_ahead(self, samples: int) -> bool:
        for piece in self._pieces:
            if piece[:samples].any():
                return False
            samples -= len(piece)
            if samples <= 0:
                break
        return True

    def _take(self, samples: int) -> Pcm:
        taken: list[Pcm] = [np.zeros(0, dtype=np.int16)]
        self._samples -= samples
        while samples:
            piece = self._pieces.popleft()
            if len(piece) > samples:
                self._pieces.appendleft(piece[samples:])
                piece = piece[:samples]
            taken.append(piece)
            samples -= len(piece)
        return np.concatenate(taken)


class _Drift:
    """How far the amount held has moved, on average, from what it was when it had settled."""

    def __init__(self) -> None:
        self._observed = 0
        self._mean = 0.0
        self._usual = 0.0
        self._settled = False

    def observe(self, surplus: int) -> None:
        self._observed += 1
        self._mean += (surplus - self._mean) / min(self._observed, MEAN_BLOCKS)
        if not self._settled:
            self._usual = self._mean
            self._settled = self._observed >= SETTLING_BLOCKS

    def begin_anew(self) -> None:
        """What is held has jumped; what is usual, once that is known, is still what is right."""
        self._settled = self._settled or self._observed >= STEADY_BLOCKS
        self._observed = 0

    @property
    def samples(self) -> int:
        return round(self._mean - self._usual) if self._observed >= STEADY_BLOCKS else 0

    def taken_out(self, samples: int) -> None:
        self._mean -= samples
