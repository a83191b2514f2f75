"""What `voicecoach doctor` looks at in sound: PortAudio, microphone, its level, loudspeaker, and the echo between."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from voicecoach.audio.devices import Device, Direction, choose, list_devices, portaudio
from voicecoach.audio.echo_finding import Echo
from voicecoach.audio.level import Level, measure_level, refuse_silence
from voicecoach.audio.live import LiveLoudspeaker, LiveMicrophone, LiveSound
from voicecoach.commands.checkup import Finding, Mark
from voicecoach.commands.loudspeakers import tested_echo
from voicecoach.errors import VoicecoachError

LISTEN_SECONDS = 2.0
QUIET_PEAK_DBFS = -40.0
"""Speech at a headset peaks between -25 and -6; a peak below this is a room, or a voice turned far down."""

CLIPPED_PEAK_DBFS = -0.1


def check_sound(announce: Callable[[str], None]) -> Iterator[Finding]:
    """PortAudio, the devices, and two seconds of the microphone; ``announce`` tells the person what to do now."""
    try:
        with quiet_libraries():
            version = portaudio().get_portaudio_version()[1].split(",")[0]
            devices = list_devices()
    except VoicecoachError as error:
        yield Finding.of("portaudio", error)
        return
    yield Finding("portaudio", Mark.GOOD, version)
    yield from check_microphone(devices, announce)
    yield from check_loudspeaker(devices)
    yield from check_echo(announce)


def check_microphone(devices: Sequence[Device], announce: Callable[[str], None]) -> Iterator[Finding]:
    """Which one a call would use, and how loud it is."""
    try:
        device = choose(devices, "input", None)
        announce(f'Listening at "{device.name}" for {LISTEN_SECONDS:.0f} seconds: please say something.')
        with quiet_libraries(), contextlib.closing(LiveMicrophone(device)) as microphone:
            level = measure_level(microphone, LISTEN_SECONDS)
    except VoicecoachError as error:
        yield Finding.of("microphone", error)
        return
    yield Finding("microphone", Mark.GOOD, _chosen(device, devices, "input"))
    yield level_finding(level, device.name)


def level_finding(level: Level, name: str) -> Finding:
    """What a microphone's level over two seconds of (asked for) speech means."""
    try:
        refuse_silence(level, name)
    except VoicecoachError as error:
        return Finding.of("level", error)
    says = f"peak {level.peak_dbfs:.0f} dBFS, average {level.rms_dbfs:.0f} dBFS"
    if level.peak_dbfs >= CLIPPED_PEAK_DBFS:
        return Finding("level", Mark.POOR, f"too loud, it clips: {says}", "turn the microphone down, or move it away")
    if level.peak_dbfs < QUIET_PEAK_DBFS:
        remedy = "if you did speak, turn the microphone up or bring it closer; if you did not, try again and speak"
        return Finding("level", Mark.POOR, f"very quiet: {says}", remedy)
    return Finding("level", Mark.GOOD, says)


def check_loudspeaker(devices: Sequence[Device]) -> Iterator[Finding]:
    """Which one a call would use, and whether it opens."""
    try:
        device = choose(devices, "output", None)
        with quiet_libraries():
            LiveLoudspeaker(device).close()
    except VoicecoachError as error:
        yield Finding.of("loudspeaker", error)
        return
    yield Finding("loudspeaker", Mark.GOOD, _chosen(device, devices, "output"))


def check_echo(announce: Callable[[str], None]) -> Iterator[Finding]:
    """Whether the microphone hears the loudspeaker; what is found is kept for the calls on these devices."""
    announce("Now a short sound: please be silent for two seconds.")
    try:
        with quiet_libraries(), LiveSound() as devices:
            echo = tested_echo(devices)
    except VoicecoachError:
        return  # microphone and loudspeaker have been told about already
    yield echo_finding(echo)


def echo_finding(echo: Echo) -> Finding:
    """What the echo test's result means."""
    heard = f"{1000 * echo.delay_seconds:.0f} ms later at {echo.level_db:.0f} dB"
    if echo.audible:
        says = f"the microphone hears the loudspeaker ({heard}): a call listens only while the caller is silent"
        return Finding("echo", Mark.POOR, says, "put on a headset to be able to interrupt, or use --echo cancel")
    if math.isinf(echo.level_db):
        return Finding("echo", Mark.GOOD, "the microphone does not hear the loudspeaker: you can interrupt the caller")
    return Finding("echo", Mark.GOOD, f"the microphone hardly hears the loudspeaker ({heard}): you can interrupt")


def _chosen(device: Device, devices: Sequence[Device], direction: Direction) -> str:
    """The one a call would use, and the names of the others (``--input`` and ``--output`` take them)."""
    says = f'"{device.name}" ({device.system}, {device.rate_hz} Hz)'
    others = dict.fromkeys(f'"{other.name}"' for other in devices if other.channels(direction) and other != device)
    return f"{says}; there are also {', '.join(others)}" if others else says


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep what ALSA and others write to the error output by themselves out of the report; Python's own stays."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
