"""A real microphone and a real loudspeaker, through PortAudio.

Two separate streams of 10 ms blocks, opened once and never stopped: a duplex stream can die without a word, and
stopping one takes up to a second. The callbacks copy and leave. Rates are converted outside of them, and only for
devices that refuse 16 kHz.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

import numpy as np
import soxr

from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import Device, Direction, choose, find_input, find_output, list_devices, look_again
from voicecoach.audio.pairing import PlayedRecord
from voicecoach.audio.playback import Playback
from voicecoach.audio.streams import REMEDY, close_stream, is_active, open_stream, rate_hz_for
from voicecoach.errors import DeviceLost, NoDevice
from voicecoach.events import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE_HZ

LOST_AFTER_SECONDS = 1.0
"""A device that has not called for so long is gone; a living one was held up for 0.4 s at the very worst."""

FIRST_SOUND_SECONDS = 3.0
"""How long a device may take to begin: a Bluetooth headset changes its profile first."""

QUEUE_BLOCKS = 200
"""Two seconds: longer than the loop is ever busy elsewhere, short enough to notice that nobody reads."""

_WAIT_SECONDS = 0.1

# Latency and block length to try in turn (0: the device's own block). PulseAudio behind ALSA sometimes starts into a
# storm of underflows, hundreds a second, that lasts: another try, or more latency, avoids it.
_OUTPUT_LADDER = ((0.02, 0.0), (0.02, 0.0), (0.04, BLOCK_SECONDS), (0.08, BLOCK_SECONDS))
_SETTLE_SECONDS = 0.1
_PROBE_SECONDS = 0.15
_HICCUPS = 2


class LiveMicrophone:
    """A device (None: the system's) to listen at. Raises ``NoDevice`` when it cannot be opened or delivers nothing.

    ``also_check`` is asked at each ``read``, and may raise ``DeviceLost`` for a device that belongs to the same call.
    """

    live = True

    def __init__(self, device: Device | None = None) -> None:
        self.dropped_blocks = 0
        self.overflows = 0
        self.also_check: Callable[[], None] = lambda: None
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
            self._recorded.put(
                self._next(FIRST_SOUND_SECONDS)
            )  # some systems open a device that is not there, and never call
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


class LiveLoudspeaker:
    """A device (None: the system's) to play on. Raises ``NoDevice`` when it cannot be opened.

    With ``beside``, the microphone of the same call, ``played`` hands out what that microphone could hear.
    """

    def __init__(self, device: Device | None = None, beside: LiveMicrophone | None = None) -> None:
        self._beside = beside
        self._stream: Any = None
        self.open(device or find_output())

    def open(self, device: Device) -> None:
        """Play on this device from now on, as promptly as it can without stumbling. Raises ``NoDevice``."""
        self.name = device.name
        self.rate_hz = rate_hz_for(device, "output")
        self._playback = Playback(self.rate_hz)
        for latency_seconds, block_seconds in _OUTPUT_LADDER:
            self.close()
            self._start(device, latency_seconds, block_seconds)
            if self._runs_smoothly():
                break
        lead_seconds = self.latency_seconds + (self._beside.latency_seconds if self._beside else 0.0)
        self._record = PlayedRecord(round(lead_seconds / BLOCK_SECONDS), 2 * QUEUE_BLOCKS)

    def play(self, pcm: Pcm) -> None:
        """Start playing now, in place of whatever was playing (which fades out in 4 ms)."""
        if self.rate_hz == SAMPLE_RATE_HZ:
            self._playback.play(pcm)
        else:
            self._playback.play(pcm, soxr.resample(pcm, SAMPLE_RATE_HZ, self.rate_hz))

    def stop(self) -> None:
        """Fade to silence within the next block."""
        self._playback.stop()

    def set_gain(self, gain: float) -> None:
        """Loudness factor 0..1, reached by a ramp over the next block."""
        self._playback.set_gain(gain)

    @property
    def playing(self) -> bool:
        """True until the device has taken the last sample of what was given to ``play``."""
        return self._playback.playing

    @property
    def realigned_blocks(self) -> int:
        """Blocks of the record left out or put in, because the devices' clocks or the system's bursts differ."""
        return self._record.realigned_blocks

    @property
    def latency_seconds(self) -> float:
        """What lies between the callback and the loudspeaker, by PortAudio's account."""
        return float(self._stream.latency)

    def played(self) -> Pcm:
        """The block that sounded while the latest microphone block was recorded; call it once for each of those."""
        return self._record.next_block(self._beside.waiting_blocks if self._beside else 0)

    def check(self) -> None:
        """Call it once for each microphone block (10 ms).

        Raises ``DeviceLost`` when the device has not asked for sound for a second or the stream broke off.
        """
        self._unanswered += 1
        silent_seconds = time.monotonic() - self._called_at_seconds
        # Both: blocks read in a rush after a pause, or a program held up with its device, are no loss.
        silent = silent_seconds > LOST_AFTER_SECONDS and self._unanswered * BLOCK_SECONDS > LOST_AFTER_SECONDS
        if silent or not is_active(self._stream):
            raise DeviceLost("the loudspeaker went away", where=self.name, remedy=REMEDY)

    def close(self) -> None:
        """Let what was handed over sound to its end, and let go of the device. Safe to call twice."""
        if self._stream is not None:
            if is_active(self._stream):
                time.sleep(self.latency_seconds + BLOCK_SECONDS)
            close_stream(self._stream)

    def _start(self, device: Device, latency_seconds: float, block_seconds: float) -> None:
        self.underflows = self._calls = self._unanswered = 0
        self._called_at_seconds = time.monotonic()
        self._record = PlayedRecord(0, QUEUE_BLOCKS)
        self._stream = open_stream(
            device,
            "output",
            self.rate_hz,
            self._on_wanted,
            latency_seconds=latency_seconds,
            block_seconds=block_seconds,
        )

    def _runs_smoothly(self) -> bool:
        time.sleep(_SETTLE_SECONDS)
        calls = self._calls
        for _ in range(round(FIRST_SOUND_SECONDS / _WAIT_SECONDS)):
            if self._calls > calls:
                break
            time.sleep(_WAIT_SECONDS)
        else:
            self.close()
            raise NoDevice("the loudspeaker opens, but takes no sound", where=self.name, remedy=REMEDY)
        before = self.underflows
        time.sleep(_PROBE_SECONDS)
        return self.underflows - before <= _HICCUPS

    def _on_wanted(self, wanted: Any, frames: int, _times: Any, flags: Any) -> None:
        if flags:
            self.underflows += 1
        piece, twin = self._playback.take(frames)
        wanted[:] = piece.tobytes()
        self._record.add(twin)
        self._called_at_seconds = time.monotonic()
        self._calls += 1
        self._unanswered = 0


class LiveSound:
    """The microphone and the loudspeaker of a call, which can be opened again in the midst of it.

    ``input_name`` and ``output_name`` as for ``find_input`` and ``find_output``. Raises ``NoDevice``,
    ``PortAudioMissing``.
    """

    def __init__(self, input_name: str | None = None, output_name: str | None = None) -> None:
        devices = list_devices()
        speaker = choose(devices, "output", output_name)
        with contextlib.ExitStack() as opened:
            self.microphone = LiveMicrophone(choose(devices, "input", input_name))
            opened.callback(self.microphone.close)
            self.loudspeaker = LiveLoudspeaker(speaker, self.microphone)
            opened.callback(self.loudspeaker.close)
            self._opened = opened.pop_all()
        self.microphone.also_check = self.loudspeaker.check

    def reopen(self) -> None:
        """Open both again after ``DeviceLost``: those of the same name, or else the system's choice.

        Both, even if one was lost: PortAudio sees new devices only when all its streams are closed. The two objects
        stay the same; what was playing is forgotten. Raises ``NoDevice`` as long as there is none: try again later.
        """
        self.loudspeaker.close()
        self.microphone.close()
        look_again()
        devices = list_devices()
        self.microphone.open(_same_or_other(devices, "input", self.microphone.name))
        self.loudspeaker.open(_same_or_other(devices, "output", self.loudspeaker.name))

    def close(self) -> None:
        """Let go of both devices. Safe to call twice."""
        self._opened.close()

    def __enter__(self) -> LiveSound:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _same_or_other(devices: Sequence[Device], direction: Direction, name: str) -> Device:
    try:
        return choose(devices, direction, name)
    except NoDevice:
        return choose(devices, direction, None)
