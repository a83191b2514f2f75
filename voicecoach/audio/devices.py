"""Which microphones and loudspeakers there are; the only way to PortAudio.

sounddevice is imported late, because the import fails where the PortAudio library is missing, and nothing but a real
device needs it. PortAudio looks at the devices once, when it is initialised: ``look_again`` is how new ones are seen.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from voicecoach.audio.quiet import hushed
from voicecoach.errors import DeviceError, NoDevice, PortAudioMissing

Direction = Literal["input", "output"]

_WORDS: dict[Direction, str] = {"input": "microphone", "output": "loudspeaker"}
_INSTALL = {
    "linux": "install it: sudo apt install libportaudio2 (Debian, Ubuntu), sudo dnf install portaudio (Fedora), "
    "sudo pacman -S portaudio (Arch)",
    "darwin": "reinstall the sounddevice package, which brings it: pip install --force-reinstall sounddevice",
    "win32": "reinstall the sounddevice package, which brings it: pip install --force-reinstall sounddevice",
}


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device as PortAudio lists it.

    ``index`` holds until PortAudio looks again; ``name`` is what finds the device after that. ``rate_hz`` is the
    rate the device itself likes. ``default_for`` says for what the system would choose it.
    """

    index: int
    name: str
    system: str
    inputs: int
    outputs: int
    rate_hz: int
    default_for: frozenset[Direction]

    def channels(self, direction: Direction) -> int:
        """How many channels it has in this direction; 0 when it cannot be used so."""
        return self.inputs if direction == "input" else self.outputs


def portaudio() -> Any:
    """The sounddevice module. Raises ``PortAudioMissing``, or ``DeviceError`` when PortAudio does not start."""
    try:
        import sounddevice
    except OSError as error:
        raise PortAudioMissing(
            "the PortAudio library, which reaches microphone and loudspeaker, is not on this machine",
            remedy=_INSTALL.get(sys.platform, "install PortAudio with the system's package manager"),
        ) from error
    except Exception as error:
        if type(error).__name__ != "PortAudioError":  # its class cannot be named before the import has succeeded
            raise
        raise DeviceError(
            f"PortAudio does not start ({error})", remedy="check that a sound system is running"
        ) from error
    return sounddevice


def look_again() -> None:
    """Have PortAudio look for devices anew. Every stream must be closed before. Raises ``DeviceError``."""
    sounddevice = portaudio()
    try:
        # Private names, but the only way: PortAudio keeps its list for as long as it stays initialised.
        with hushed():
            sounddevice._terminate()
            sounddevice._initialize()
    except sounddevice.PortAudioError as error:
        raise DeviceError(
            f"PortAudio does not start ({error})", remedy="check that a sound system is running"
        ) from error


def list_devices() -> list[Device]:
    """All devices that can record or play, in PortAudio's order. Raises ``PortAudioMissing``."""
    sounddevice = portaudio()
    systems = sounddevice.query_hostapis()
    chosen: dict[Direction, int] = dict(zip(("input", "output"), sounddevice.default.device, strict=True))
    return [
        Device(
            index=entry["index"],
            name=entry["name"],
            system=systems[entry["hostapi"]]["name"],
            inputs=entry["max_input_channels"],
            outputs=entry["max_output_channels"],
            rate_hz=round(entry["default_samplerate"]),
            default_for=frozenset(direction for direction, index in chosen.items() if index == entry["index"]),
        )
        for entry in sounddevice.query_devices()
    ]


def find_input(name: str | None = None) -> Device:
    """The microphone of this name, a part of it or a number of the list; None: the system's. Raises ``NoDevice``."""
    return choose(list_devices(), "input", name)


def find_output(name: str | None = None) -> Device:
    """The loudspeaker of this name, a part of it or a number of the list; None: the system's. Raises ``NoDevice``."""
    return choose(list_devices(), "output", name)


def choose(devices: Sequence[Device], direction: Direction, name: str | None) -> Device:
    """The one of ``devices`` that is meant: by number, exact name, part of a name, or (None) the system's choice.

    Where several fit, the system's choice among them comes first (on Windows a headset is listed once for each sound
    system), then the first in the list. Raises ``NoDevice``.
    """
    word = _WORDS[direction]
    usable = [device for device in devices if device.channels(direction)]
    if not usable:
        raise NoDevice(f"this machine has no {word}", remedy=f"plug a headset or {word} in and try again")
    fitting = usable if name is None else _named(usable, name)
    if not fitting:
        there = ", ".join(sorted({f'"{device.name}"' for device in usable}))
        raise NoDevice(f"there is no such {word}", where=str(name), remedy=f"choose one of: {there}")
    return next((device for device in fitting if direction in device.default_for), fitting[0])


def _named(devices: Sequence[Device], name: str) -> list[Device]:
    wanted = name.casefold()
    for fits in (
        lambda device: str(device.index) == wanted,
        lambda device: device.name.casefold() == wanted,
        lambda device: wanted in device.name.casefold(),
    ):
        if found := [device for device in devices if fits(device)]:
            return found
    return []
