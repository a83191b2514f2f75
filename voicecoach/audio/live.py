"""The microphone and the loudspeaker of a call at the headset.

Two separate streams of 10 ms blocks, opened once and never stopped: a duplex stream can die without a word, and
stopping one takes up to a second. The callbacks copy and leave. Rates are converted outside of them, and only for
devices that refuse 16 kHz.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from types import TracebackType

from voicecoach.audio.devices import Device, Direction, choose, list_devices, look_again
from voicecoach.audio.live_loudspeaker import LiveLoudspeaker
from voicecoach.audio.live_microphone import LiveMicrophone
from voicecoach.errors import NoDevice

__all__ = ["LiveLoudspeaker", "LiveMicrophone", "LiveSound"]


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
        self.microphone.flush()

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
        self.microphone.flush()

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
