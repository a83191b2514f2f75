"""What the loop asks of a microphone and of a loudspeaker.

A block is an ``int16`` array of shape (160,): 10 ms at 16 kHz, mono. ``Pcm`` is the same of any length.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]


class Microphone(Protocol):
    """Where the trainee's voice comes from."""

    name: str
    live: bool
    """True where time passes by itself (a real device); False where blocks come as fast as they are read."""

    @property
    def dropped_blocks(self) -> int:
        """Blocks lost because nobody read them in time (the queue is bounded)."""

    def read(self) -> Pcm | None:
        """The next block; waits for it. None when the source has come to its end.

        Raises ``DeviceLost`` when the device went away.
        """

    def close(self) -> None:
        """Let go of the device. Safe to call twice."""


class Loudspeaker(Protocol):
    """Where the caller's voice goes."""

    name: str

    def play(self, pcm: Pcm) -> None:
        """Start playing now, in place of whatever was playing."""

    def stop(self) -> None:
        """Silence within a block (a fade of a few milliseconds, no click)."""

    def set_gain(self, gain: float) -> None:
        """Loudness factor 0..1 from the next block on, ramped within the block."""

    @property
    def playing(self) -> bool:
        """True until the last sample of what was given to ``play`` has been handed out."""

    def played(self) -> Pcm:
        """The block that sounded while the latest microphone block was recorded; call it once for each of those."""

    def close(self) -> None:
        """Let go of the device. Safe to call twice."""
