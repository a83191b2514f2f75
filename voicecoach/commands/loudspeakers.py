"""With a headset or without: what keeps the caller's voice out of the microphone, and what the trainee is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from voicecoach.audio.canceller import EchoCanceller
from voicecoach.audio.echo import EchoGuard, HalfDuplexGate
from voicecoach.audio.echo_finding import Echo, measure_echo
from voicecoach.audio.echo_memory import recall, remember
from voicecoach.audio.echo_watch import EchoWatch
from voicecoach.audio.identity import behind
from voicecoach.audio.live import LiveSound
from voicecoach.errors import StorageError
from voicecoach.places import home_folder

ON_LOUDSPEAKERS = "You are on loudspeakers: I listen only while the caller is silent; a headset lets you interrupt."
ECHO_CANCELLED = "You are on loudspeakers: the caller's voice is taken out of what I hear, so you can interrupt."
HEADSET_OFF = "The microphone hears the loudspeaker now: I listen only while the caller is silent until the call ends."
TESTING = "Testing once whether this microphone hears this loudspeaker: a short sound."


@dataclass(frozen=True, slots=True)
class Guarding:
    """The guard, None for none, and the line about it, "" where there is nothing to tell."""

    guard: EchoGuard | None
    says: str = ""


def guard_for(devices: LiveSound, wanted: str, tell: Callable[[str], None]) -> Guarding:
    """By ``wanted``: ``auto`` (what the echo test finds), ``none``, ``gate`` or ``cancel``.

    Raises ``UsageError`` when cancellation is not installed, ``DeviceLost`` when a device goes away in the test.
    """
    if wanted == "none":
        return Guarding(None)
    if wanted == "gate":
        return Guarding(HalfDuplexGate(_delay_seconds(known_echo(devices, tell))), ON_LOUDSPEAKERS)
    if wanted == "cancel":
        canceller = EchoCanceller(_delay_seconds(known_echo(devices, tell)))
        return Guarding(canceller, ECHO_CANCELLED)
    echo = known_echo(devices, tell)
    if echo.audible:
        return Guarding(HalfDuplexGate(_delay_seconds(echo)), ON_LOUDSPEAKERS)
    return Guarding(EchoWatch(lambda found: _headset_off(devices, found, tell)))


def known_echo(devices: LiveSound, tell: Callable[[str], None]) -> Echo:
    """What is known of these two devices, or found out now. Raises ``DeviceLost``."""
    found = recall(home_folder(), *_pair(devices))
    if found is not None:
        return found
    tell(TESTING)
    return tested_echo(devices)


def tested_echo(devices: LiveSound) -> Echo:
    """Test now, and remember. Raises ``DeviceLost``."""
    devices.microphone.flush()
    echo = measure_echo(devices.microphone, devices.loudspeaker)
    _keep(devices, echo)
    return echo


def _headset_off(devices: LiveSound, found: Echo, tell: Callable[[str], None]) -> None:
    tell(HEADSET_OFF)
    _keep(devices, found)


def _keep(devices: LiveSound, echo: Echo) -> None:
    with suppress(StorageError):  # then it is tested again the next time; the call's own folder tells what is wrong
        remember(home_folder(), *_pair(devices), echo)


def _pair(devices: LiveSound) -> tuple[str, str]:
    return behind(devices.microphone.name, "input"), behind(devices.loudspeaker.name, "output")


def _delay_seconds(echo: Echo) -> float:
    return max(0.0, echo.delay_seconds) if echo.audible else 0.0
