"""A real microphone, through PortAudio."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

import numpy as np
import soxr

from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import Device, find_input
from voicecoach.audio.level import MuteWatch
from voicecoach.audio.streams import (
    FIRST_SOUND_SECONDS,
    LOST_AFTER_SECONDS,
    QUEUE_BLOCKS,
    REMEDY,
    close_stream,
    is_active,
    open_stream,
    rate_hz_for,
)
from voicecoach.errors import DeviceLost, NoDevice
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ

_WAIT_SECONDS = 0.1


class LiveMicrophone:
    """A device (None: the system's) to listen at. Raises ``NoDevice`` when it cannot be opened or delivers nothing.

    ``also_check`` is asked at each ``read``, and may raise ``DeviceLost`` for a device that belongs to the same call;
    ``mute_watch``, where there is one, sees each block.
    """

    live = True

    def __init__(self, device: Device | None = None) -> None:
        self.dropped_blocks = 0
        self.overflows = 0
        self.also_check: Callable[[], None] = lambda: None
        self.mute_watch: MuteWatch | None = None
        self.open(device or find_input())

    def open(self, device: Device) -> None:
        """Listen at this device from now on. Raises ``NoDevice``."""
        self.name = device.name
        self.rate_hz = rate_hz_for(device, "input")
        self._resampler: Any = None
        if self.rate_hz != SAMPLE_RATE_HZ:
            # "LQ" keeps all that speech needs, 6 ms late at 48 kHz where the default quality is 21 ms late.
            self._resampler = soxr.ResampleStream(self.rate_hz, SAMPLE_RATE_HZ, 1, dtype="int16", quality="LQ")
        self._recorded: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._rest: Pcm = np.zeros(0, dtype=np.int16)
        self._stream = open_stream(device, "input", self.rate_hz, self._on_recorded)
        try:
            # Some systems open a device that is not there, and never call.
            self._recorded.put(self._next(FIRST_SOUND_SECONDS))
        except DeviceLost as error:
            self.close()
            raise NoDevice("the microphone opens, but delivers nothing", where=self.name, remedy=REMEDY) from error

    def read(self) -> Pcm | None:
        """The next block; waits for it. Never None: a device has no end.

        Raises ``DeviceLost`` when nothing came for a second or the stream broke off.
        """
        self.also_check()
        while len(self._rest) < BLOCK_SAMPLES:
            pcm: Pcm = np.frombuffer(self._next(), dtype=np.int16)
            if self._resampler is not None:
                pcm = self._resampler.resample_chunk(pcm)
            self._rest = np.concatenate((self._rest, pcm))
        block, self._rest = self._rest[:BLOCK_SAMPLES], self._rest[BLOCK_SAMPLES:]
        if self.mute_watch is not None:
            self.mute_watch.observe(block)
        return block

    def flush(self) -> None:
        """Forget what was recorded while nobody read."""
        while self._recorded.qsize():
            self._recorded.get()

    @property
    def waiting_blocks(self) -> int:
        """How many blocks are recorded and not yet read."""
        return self._recorded.qsize()

    @property
    def latency_seconds(self) -> float:
        """What lies between the microphone and the callback, by PortAudio's account."""
        return float(self._stream.latency)

    def close(self) -> None:
        """Let go of the device. Safe to call twice."""
        close_stream(self._stream)

    def _next(self, patience_seconds: float = LOST_AFTER_SECONDS) -> bytes:
        # Counted in waits, not by the clock: a program that was itself held up must not take the device for lost.
        for _ in range(round(patience_seconds / _WAIT_SECONDS)):
            try:
                return self._recorded.get(timeout=_WAIT_SECONDS)
            except queue.Empty:
                if not is_active(self._stream):
                    break
        raise DeviceLost("the microphone went away", where=self.name, remedy=REMEDY)

    def _on_recorded(self, sound: Any, _frames: int, _times: Any, flags: Any) -> None:
        if flags:
            self.overflows += 1
        if self._recorded.qsize() >= QUEUE_BLOCKS:
            self.dropped_blocks += 1
        else:
            self._recorded.put(bytes(sound))
