"""How loud the trainee's room is: in a quiet one there is nothing else, in a noisy one the voice stands out well, in a
loud one hardly."""

from __future__ import annotations

from collections import deque
from enum import IntEnum

NOISY_FLOOR_DBFS = -58.0
"""A room from here on talks and rattles: there only what is surely speech is a voice. In a quiet one everything that is
like speech is, or a whisper would be lost (``bench/feel/detectors.py``)."""

LOUD_BELOW_VOICE_DB = 21.0
"""A room whose quietest moments are no further below the trainee's strong sounds: with an office 10 dB below the voice
they are 15 to 21, with one 20 dB below it 22 to 30 (measured over whole turns, from the 1st to the 99th percentile)."""

STRONG_SOUNDS = 0.8
"""Voiced blocks are as loud as this quantile of them, or louder only where a sound is stressed."""

KEPT_BLOCKS, LEAST_BLOCKS = 100, 20
"""A second of voice says how loud it is; with less than a fifth of one nothing is said."""


class Room(IntEnum):
    """What the trainee's room is like; the order is that of its noise."""

    QUIET = 0
    NOISY = 1
    LOUD = 2


class RoomJudge:
    """Judges the room from the level of the voice and of the background, block by block."""

    def __init__(self) -> None:
        self._voiced_dbfs: deque[float] = deque(maxlen=KEPT_BLOCKS)

    def hear(self, level_dbfs: float, floor_dbfs: float, voiced: bool) -> Room:
        """The next block: its level, the background so far, and whether it holds a voice."""
        if voiced:
            self._voiced_dbfs.append(level_dbfs)
        if floor_dbfs < NOISY_FLOOR_DBFS:
            return Room.QUIET
        if len(self._voiced_dbfs) < LEAST_BLOCKS:
            return Room.NOISY
        strong_dbfs = sorted(self._voiced_dbfs)[int(STRONG_SOUNDS * len(self._voiced_dbfs))]
        return Room.LOUD if strong_dbfs - floor_dbfs < LOUD_BELOW_VOICE_DB else Room.NOISY
