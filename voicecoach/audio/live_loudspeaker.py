"""A real loudspeaker, through PortAudio."""

from __future__ import annotations

import time
from typing import Any

import soxr

from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import Device, find_output
from voicecoach.audio.live_microphone import LiveMicrophone
from voicecoach.audio.pairing import PlayedRecord
from voicecoach.audio.playback import Playback
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
from voicecoach.audio.stumbling import Stumbling
from voicecoach.errors import DeviceLost, NoDevice
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ

# Latency and block length to try in turn (0: the device's own block). PulseAudio behind ALSA sometimes starts into a
# storm of underflows, hundreds a second, that lasts: starting once more, or more latency, ends it.
_LADDER = ((0.02, 0.0), (0.02, 0.0), (0.03, 0.0), (0.04, BLOCK_SECONDS), (0.08, BLOCK_SECONDS))
_PROBE_SECONDS = 0.15
_HICCUPS = 2

_SETTLE_SECONDS = 0.1
"""Nearly every stream begins with some underflows, in which sound would be lost: so long it is given silence."""

_FORGOTTEN_SHARE = 0.002
"""With each callback, of how late it is: within seconds a device's clock of its own is followed, a stumble is not."""


class LiveLoudspeaker:
    """A device (None: the system's) to play on. Raises ``NoDevice`` when it cannot be opened.

    With ``beside``, the microphone of the same call, ``played`` hands out what that microphone could hear.
    ``stumbling`` keeps count of how often the sound broke; ``rung`` is which of its latencies it has come to for that.
    """

    def __init__(self, device: Device | None = None, beside: LiveMicrophone | None = None) -> None:
        self._beside = beside
        self._stream: Any = None
        self.open(device or find_output())

    def open(self, device: Device) -> None:
        """Play on this device from now on, as promptly as it can without stumbling. Raises ``NoDevice``."""
        self.close()
        self.name = device.name
        self.rate_hz = rate_hz_for(device, "output")
        self._device = device
        self._playback = Playback(self.rate_hz)
        self._record = PlayedRecord(0, QUEUE_BLOCKS)
        self._recorded_until_seconds, self._sounding = time.monotonic(), False
        self.stumbling = Stumbling(time.monotonic())
        self._start(0)
        while not self._runs_smoothly() and self.rung + 1 < len(_LADDER):
            self._start(self.rung + 1)
        self.stumbling = Stumbling(time.monotonic())
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
    def underflows(self) -> int:
        """How many times the device has run out of sound since it was opened, the first moments of a stream apart."""
        return self.stumbling.underflows

    @property
    def realigned_blocks(self) -> int:
        """Blocks of the record left out or put in, because the devices' clocks or the system's bursts differ."""
        return self._record.realigned_blocks

    @property
    def drift_samples(self) -> int:
        """Samples (16 kHz) taken out of the record little by little, because this device's clock is the faster one."""
        return self._record.drift_samples

    @property
    def latency_seconds(self) -> float:
        """What lies between the callback and the loudspeaker, by PortAudio's account."""
        return float(self._stream.latency)

    def played(self) -> Pcm:
        """The block that sounded while the latest microphone block was recorded; call it once for each of those.

        Raises ``DeviceLost`` unless there is a microphone ``beside`` it, whose ``read`` does.
        """
        if self._beside is None:
            self.check()
            return self._record.next_block()
        return self._record.next_block(self._beside.waiting_blocks)

    def check(self) -> None:
        """Call it once for each microphone block (10 ms).

        Goes over to more latency where the sound keeps stumbling, and back when it has long been calm.
        Raises ``DeviceLost`` when the device has not asked for sound for a second or the stream broke off.
        """
        self._unanswered += 1
        silent_seconds = time.monotonic() - self._called_at_seconds
        # Both: blocks read in a rush after a pause, or a program held up with its device, are no loss.
        silent = silent_seconds > LOST_AFTER_SECONDS and self._unanswered * BLOCK_SECONDS > LOST_AFTER_SECONDS
        if silent or not is_active(self._stream):
            raise DeviceLost("the loudspeaker went away", where=self.name, remedy=REMEDY)
        try:
            self._mind_the_latency(time.monotonic())
        except NoDevice as error:
            raise DeviceLost("the loudspeaker went away", where=self.name, remedy=REMEDY) from error

    def close(self) -> None:
        """Let what was handed over sound to its end, and let go of the device. Safe to call twice."""
        if self._stream is not None:
            if is_active(self._stream):
                time.sleep(self.latency_seconds + BLOCK_SECONDS)
            close_stream(self._stream)

    def _mind_the_latency(self, at_seconds: float) -> None:
        if self.stumbling.wants_more_latency(at_seconds) and self.rung + 1 < len(_LADDER):
            self._go_over_to(self.rung + 1)
            self.stumbling.given_more(at_seconds)
        elif self.rung and not self.playing and self.stumbling.wants_less_latency(at_seconds):
            self._go_over_to(self.rung - 1)
            self.stumbling.given_less(at_seconds)

    def _go_over_to(self, rung: int) -> None:
        before_seconds = self.latency_seconds
        self._start(rung)
        self._record.sounds_later(round((self.latency_seconds - before_seconds) * SAMPLE_RATE_HZ))

    def _start(self, rung: int) -> None:
        """Start a stream with this setting, in place of the one before; what is playing goes on."""
        self.rung = rung
        latency_seconds, block_seconds = _LADDER[rung]
        if self._stream is not None:
            close_stream(self._stream)
        self._calls = self._unanswered = 0
        self._settled_at_seconds = time.monotonic() + _SETTLE_SECONDS
        self._called_at_seconds = time.monotonic()
        self._stream = open_stream(
            self._device,
            "output",
            self.rate_hz,
            self._on_wanted,
            latency_seconds=latency_seconds,
            block_seconds=block_seconds,
        )

    def _runs_smoothly(self) -> bool:
        """Whether the stream that was just started takes sound without stumbling. Raises ``NoDevice``."""
        time.sleep(_SETTLE_SECONDS)
        calls, waited_seconds = self._calls, 0.0
        while self._calls == calls:
            if waited_seconds > FIRST_SOUND_SECONDS:
                close_stream(self._stream)
                raise NoDevice("the loudspeaker opens, but takes no sound", where=self.name, remedy=REMEDY)
            time.sleep(_SETTLE_SECONDS)
            waited_seconds += _SETTLE_SECONDS
        before = self.underflows
        time.sleep(_PROBE_SECONDS)
        return self.underflows - before <= _HICCUPS

    # ---------------------------------------------------------------------------------------------- in the callback

    def _on_wanted(self, wanted: Any, frames: int, _times: Any, flags: Any) -> None:
        self._called_at_seconds = now_seconds = time.monotonic()
        settled = now_seconds > self._settled_at_seconds
        if flags and settled:
            self.stumbling.underflow(now_seconds)
            self._record.stumbled()
        if settled and self.stumbling.on_its_feet(now_seconds):
            if not self._sounding:
                self._silent_until(now_seconds)
            piece, twin = self._playback.take(frames)
            wanted[:] = piece.tobytes()
            self._record.add(twin)
            # Late callbacks are made up for by early ones, unless the device runs dry: so what is late is kept in mind.
            self._recorded_until_seconds += frames / self.rate_hz
            late_seconds = now_seconds + frames / self.rate_hz - self._recorded_until_seconds
            self._recorded_until_seconds += _FORGOTTEN_SHARE * late_seconds
            self._sounding = True
        else:
            # The line waits, and the record goes by the clock: nobody tells how much of this is dropped.
            wanted[:] = bytes(2 * frames)
            self._silent_until(now_seconds)
            self._sounding = False
        self._calls += 1
        self._unanswered = 0

    def _silent_until(self, now_seconds: float) -> None:
        samples = round((now_seconds - self._recorded_until_seconds) * SAMPLE_RATE_HZ)
        if samples > 0:
            self._record.add_silence(samples)
            self._recorded_until_seconds = now_seconds
