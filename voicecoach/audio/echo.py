"""Keeping the caller's own voice out of the ears, where the trainee has no headset.

A guard stands between the microphone and the ears. What is recorded stays as the microphone heard it. The guards are
plain and keep no clock: one block of the microphone and the block that was played beside it in, one block out.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS

AUDIBLE_PEAK = 33
"""A played block whose largest sample is at least this (-60 dBFS) sounds."""

REVERBERATION_SECONDS = 0.1
"""A room rings on: a living room's 60 dB take 0.4 s, so its echo is 15 dB weaker after this."""

MISALIGNED_SECONDS = 0.08
"""What was played lies beside what was heard to within this (``pairing.BEHIND_BLOCKS``)."""

AMBIENT_BLOCKS = 300
"""How many open blocks the sound of the room is known from: three seconds."""

QUIET_SHARE = 0.1
"""The room is as loud as the quietest tenth of them: people pause."""


class EchoGuard(Protocol):
    """What keeps the loudspeaker's sound from being taken for the trainee's."""

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The microphone's block without the caller.

        ``played`` is the block that sounded while it was recorded; ``caller_speaking`` whether a line is being played.
        """


class HalfDuplexGate:
    """Listens only while the caller is silent.

    It is closed from the beginning of a line until ``delay_seconds`` (the echo's, as the echo test found it) and the
    room's reverberation after its last sample. What the ears get meanwhile is the room's own quiet, and not zeros,
    which would teach them that the room is quieter than it is.
    """

    def __init__(self, delay_seconds: float = 0.0, *, seed: int = 0) -> None:
        tail_seconds = delay_seconds + MISALIGNED_SECONDS + REVERBERATION_SECONDS
        self._tail_blocks = round(tail_seconds / BLOCK_SECONDS)
        self._closed_for_blocks = 0
        self._quiet = RoomTone(seed)

    @property
    def open(self) -> bool:
        """Whether the latest block went through."""
        return self._closed_for_blocks == 0

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The block as it is while the caller is silent, else the room's quiet."""
        if caller_speaking or sounds(played):
            self._closed_for_blocks = self._tail_blocks
        elif self._closed_for_blocks:
            self._closed_for_blocks -= 1
        if not self.open:
            return self._quiet.block()
        self._quiet.learn(block)
        return block


class RoomTone:
    """What the room sounds like when nobody speaks: noise of the level of its quietest moments.

    Before anything was learnt it is silent.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._levels: deque[float] = deque(maxlen=AMBIENT_BLOCKS)
        self._level: float | None = 0.0

    def learn(self, block: Pcm) -> None:
        """Take in a block in which the loudspeaker was silent."""
        self._levels.append(float(np.std(block.astype(np.float32))))
        self._level = None

    def block(self) -> Pcm:
        """A block of it, int16 of shape (160,)."""
        if self._level is None:
            self._level = float(np.quantile(np.asarray(self._levels), QUIET_SHARE))
        noise: Pcm = np.rint(self._random.standard_normal(BLOCK_SAMPLES) * self._level).astype(np.int16)
        return noise


def sounds(played: Pcm) -> bool:
    """Whether a played block can be heard at all."""
    return bool(np.abs(played.astype(np.int32)).max(initial=0) >= AUDIBLE_PEAK)
