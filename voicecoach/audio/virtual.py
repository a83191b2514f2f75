"""A microphone and a loudspeaker without devices: for files, scripted calls, the demo and tests.

They keep no clock; time passes by reading blocks, as fast as they are read.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.audio.playback import Playback
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ


class ScriptedMicrophone:
    """Hears what a driver says into it; zeros (or a very low noise) while the driver says nothing.

    ``noise_dbfs`` is the RMS of a seeded Gaussian noise under everything; None is a silence of exact zeros.
    """

    live = False

    def __init__(self, *, noise_dbfs: float | None = None, seed: int = 0, name: str = "scripted trainee") -> None:
        self.name = name
        self.dropped_blocks = 0
        self._waiting: deque[Pcm] = deque()
        self._ended = False
        self._random = np.random.default_rng(seed)
        self._noise_level = 0.0 if noise_dbfs is None else 32768.0 * 10.0 ** (noise_dbfs / 20.0)

    def say(self, pcm: Pcm) -> None:
        """Put sound (16 kHz, any length) behind whatever is still to be heard."""
        if pcm.size:
            self._waiting.append(pcm)

    def silence(self, seconds: float) -> None:
        """Put a pause behind whatever is still to be heard."""
        self.say(np.zeros(round(seconds * SAMPLE_RATE_HZ), dtype=np.int16))

    def hush(self) -> None:
        """Break off: forget whatever is still to be heard."""
        self._waiting.clear()

    def end(self) -> None:
        """Come to the end once all that was said has been read."""
        self._ended = True

    @property
    def waiting_seconds(self) -> float:
        """How much of what was said is still to be read."""
        return sum(len(piece) for piece in self._waiting) / SAMPLE_RATE_HZ

    def read(self) -> Pcm | None:
        """The next block, at once; None after ``end`` when nothing is left."""
        if self._ended and not self._waiting:
            return None
        block: Pcm = np.zeros(BLOCK_SAMPLES, dtype=np.int16)
        filled = 0
        while filled < BLOCK_SAMPLES and self._waiting:
            piece = self._waiting.popleft()
            taken = piece[: BLOCK_SAMPLES - filled]
            block[filled : filled + len(taken)] = taken
            filled += len(taken)
            if len(taken) < len(piece):
                self._waiting.appendleft(piece[len(taken) :])
        if self._noise_level:
            noise = np.rint(self._random.standard_normal(BLOCK_SAMPLES) * self._noise_level)
            block = (block + noise).clip(-32768, 32767).astype(np.int16)
        return block

    def close(self) -> None:
        """Come to the end now."""
        self.hush()
        self.end()


class RecordedLoudspeaker:
    """A loudspeaker that nobody hears: ``played`` hands out, block by block, what a real one would have sounded."""

    def __init__(self, name: str = "no loudspeaker") -> None:
        self.name = name
        self._playback = Playback()

    def play(self, pcm: Pcm) -> None:
        """Start playing now, in place of whatever was playing (which fades out in 4 ms)."""
        self._playback.play(pcm)

    def stop(self) -> None:
        """Fade to silence within the next block."""
        self._playback.stop()

    def set_gain(self, gain: float) -> None:
        """Loudness factor 0..1, reached by a ramp over the next block."""
        self._playback.set_gain(gain)

    @property
    def playing(self) -> bool:
        """True until the last sample of what was given to ``play`` has been handed out."""
        return self._playback.playing

    def played(self) -> Pcm:
        """The next block of 10 ms; time moves on by it."""
        return self._playback.take(BLOCK_SAMPLES)[0]

    def close(self) -> None:
        """Nothing to let go of."""
        self._playback.stop()
