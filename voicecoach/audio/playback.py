"""What is being played: position, loudness and the fade at a stop, shared by every loudspeaker.

Whoever owns the device asks ``take`` for the next piece; everybody else swaps the sound, the gain or asks for
silence. Each call holds a small lock for microseconds, so ``take`` may run in a device's callback.
"""

from __future__ import annotations

import threading

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.values import SAMPLE_RATE_HZ

FADE_SECONDS = 0.004
"""Long enough not to click (a pitch period of a low voice is 10 ms), short enough to be over within a block."""

_NOTHING: Pcm = np.zeros(0, dtype=np.int16)


class Playback:
    """One sound at a time at ``rate_hz``, with a twin at 16 kHz that says what really left.

    A device at 16 kHz is its own twin. Any other device plays the sound resampled to its rate, and the twin follows
    in step, so that what was played can be recorded beside the microphone without resampling it back.
    """

    def __init__(self, rate_hz: int = SAMPLE_RATE_HZ) -> None:
        self.rate_hz = rate_hz
        self._lock = threading.Lock()
        self._device = _Track(rate_hz)
        self._twin = _Track(SAMPLE_RATE_HZ)
        self._taken = 0
        self._gain = self._gain_wanted = 1.0

    def play(self, pcm: Pcm, at_device_rate: Pcm | None = None) -> None:
        """Swap in ``pcm`` (16 kHz); ``at_device_rate`` is the same sound at ``rate_hz`` when that is not 16 kHz."""
        with self._lock:
            self._device.swap(pcm if at_device_rate is None else at_device_rate, self._gain)
            self._twin.swap(pcm, self._gain)

    def stop(self) -> None:
        """Fade out within the next piece, and forget the sound."""
        self.play(_NOTHING)

    def set_gain(self, gain: float) -> None:
        """Loudness factor 0..1, reached by a ramp over the next piece."""
        with self._lock:
            self._gain_wanted = min(1.0, max(0.0, gain))

    @property
    def playing(self) -> bool:
        """True until the last sample was taken."""
        return self._device.playing

    def take(self, samples: int) -> tuple[Pcm, Pcm]:
        """The next ``samples`` at the device's rate, shape (samples,), and the same stretch of time at 16 kHz."""
        with self._lock:
            ramp, self._gain = (self._gain, self._gain_wanted), self._gain_wanted
            piece = self._device.take(samples, ramp)
            start, self._taken = self._taken, self._taken + samples
            if self.rate_hz == SAMPLE_RATE_HZ:
                return piece, piece
            # Rounded from the running total, so that 44.1 kHz and its like never drift away from their twin.
            twin_start, twin_end = (round(at * SAMPLE_RATE_HZ / self.rate_hz) for at in (start, self._taken))
            return piece, self._twin.take(twin_end - twin_start, ramp)


class _Track:
    """A sound, how far it is, and the fading rest of the one before it."""

    def __init__(self, rate_hz: int) -> None:
        self._fade_samples = round(FADE_SECONDS * rate_hz)
        self._sound = self._fading = _NOTHING
        self._position = 0

    @property
    def playing(self) -> bool:
        return self._position < len(self._sound)

    def swap(self, sound: Pcm, gain: float) -> None:
        rest = self._sound[self._position : self._position + self._fade_samples]
        if rest.size:
            self._fading = _scaled(rest, gain, 0.0)
        self._sound, self._position = sound, 0

    def take(self, samples: int, ramp: tuple[float, float]) -> Pcm:
        out: Pcm = np.zeros(samples, dtype=np.int16)
        there = self._sound[self._position : self._position + samples]
        self._position += len(there)
        out[: len(there)] = _scaled(there, *ramp)
        if self._fading.size:
            mixed = out[: len(self._fading)].astype(np.int32) + self._fading[:samples]
            out[: len(mixed)] = mixed.clip(-32768, 32767)
            self._fading = self._fading[samples:]
        return out


def _scaled(sound: Pcm, first: float, last: float) -> Pcm:
    if first == last == 1.0:
        return sound
    return (sound * np.linspace(first, last, len(sound), dtype=np.float32)).astype(np.int16)
