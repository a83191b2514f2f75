"""Opening and letting go of PortAudio's streams: what the real microphone and the real loudspeaker have in common."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Literal

from voicecoach.audio.devices import Device, Direction, portaudio
from voicecoach.audio.quiet import hush, hushed, unhush
from voicecoach.errors import NoDevice
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ

REMEDY = "plug it in again, or choose another device"

BUSY_CODES = (-9985, -9996)
"""PortAudio's paDeviceUnavailable and paInvalidDevice: somebody else has it for themselves, or it has just gone."""

LOST_AFTER_SECONDS = 1.0
"""A device that has not called for so long is gone; a living one was held up for 0.4 s at the very worst."""

FIRST_SOUND_SECONDS = 3.0
"""How long a device may take to begin: a Bluetooth headset changes its profile first."""

QUEUE_BLOCKS = 200
"""Two seconds: longer than the loop is ever busy elsewhere, short enough to notice that nobody reads."""

Callback = Callable[[Any, int, Any, Any], None]
"""Gets a buffer of int16 samples (to read or to fill), their number, PortAudio's times and its flags."""


def rate_hz_for(device: Device, direction: Direction) -> int:
    """16 kHz if the device takes it, else the rate it likes."""
    sounddevice = portaudio()
    check = sounddevice.check_input_settings if direction == "input" else sounddevice.check_output_settings
    try:
        with hushed():
            check(device=device.index, channels=1, dtype="int16", samplerate=SAMPLE_RATE_HZ)
    except sounddevice.PortAudioError:
        return device.rate_hz
    return SAMPLE_RATE_HZ


def open_stream(
    device: Device,
    direction: Direction,
    rate_hz: int,
    callback: Callback,
    *,
    latency_seconds: float | Literal["low"] = "low",
    block_seconds: float = BLOCK_SECONDS,
) -> Any:
    """A running stream of int16 mono blocks (of any size for 0). Raises ``NoDevice`` when it cannot be opened."""
    sounddevice = portaudio()
    kind = sounddevice.RawInputStream if direction == "input" else sounddevice.RawOutputStream
    with contextlib.ExitStack() as half_open:
        hush()  # until the stream is closed: the libraries' own threads complain when a device is torn away
        half_open.callback(unhush)
        try:
            stream = kind(
                samplerate=rate_hz,
                blocksize=round(rate_hz * block_seconds),
                device=device.index,
                channels=1,
                dtype="int16",
                latency=latency_seconds,
                callback=callback,
            )
            half_open.callback(stream.close)
            stream.start()
        except sounddevice.PortAudioError as error:
            raise _refused(error, device, direction) from error
        half_open.pop_all()
    return stream


def _refused(error: Exception, device: Device, direction: Direction) -> NoDevice:
    word = "microphone" if direction == "input" else "loudspeaker"
    if len(error.args) > 1 and error.args[1] in BUSY_CODES:
        return NoDevice(
            f"the {word} cannot be opened: another program has it for itself, or it has just been unplugged",
            where=device.name,
            remedy="close the program that uses it (a meeting, a browser), or choose another device",
        )
    return NoDevice(f"the {word} cannot be opened ({error})", where=device.name, remedy=REMEDY)


def is_active(stream: Any) -> bool:
    """Whether the stream still runs, as far as PortAudio knows."""
    try:
        return bool(stream.active)
    except portaudio().PortAudioError:
        return False


def close_stream(stream: Any) -> None:
    """Abort (1 ms; a proper stop waits for up to a second) and close. Safe to call twice."""
    if not stream.closed:
        stream.abort()
        stream.close()
        unhush()
