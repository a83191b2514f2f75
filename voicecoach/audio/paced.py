"""A microphone without a device, slowed down to real time: for a scripted call that is to be heard."""

from __future__ import annotations

import time

from voicecoach.audio.base import Microphone, Pcm
from voicecoach.values import BLOCK_SECONDS


class PacedMicrophone:
    """Hands out another microphone's blocks at the pace at which they would sound."""

    live = False

    def __init__(self, source: Microphone) -> None:
        self.name = source.name
        self._source = source
        self._due_at: float | None = None

    @property
    def dropped_blocks(self) -> int:
        """None are ever dropped unless the source drops them."""
        return self._source.dropped_blocks

    def read(self) -> Pcm | None:
        """The next block, not before it is due."""
        now = time.monotonic()
        if self._due_at is None:
            self._due_at = now
        if now < self._due_at:
            time.sleep(self._due_at - now)
        self._due_at += BLOCK_SECONDS
        return self._source.read()

    def close(self) -> None:
        """Close the source."""
        self._source.close()
