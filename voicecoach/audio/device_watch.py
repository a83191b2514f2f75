"""Notices in mid-call that the system's sound goes elsewhere: another default was chosen, a headset was plugged in.

The sound server moves a running stream by itself, so that nothing is lost; but the person should know where the caller
is now. Asking the server takes some 30 ms, so it is done beside the call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from voicecoach.audio.devices import Direction
from voicecoach.audio.identity import behind

EVERY_SECONDS = 2.0

_WORDS: dict[Direction, str] = {"input": "The microphone", "output": "The loudspeaker"}


class DeviceWatch:
    """Watches the devices of these names for as long as the block lasts; ``tell`` gets a line for each change."""

    def __init__(self, microphone: str, loudspeaker: str, tell: Callable[[str], None]) -> None:
        self._names: dict[Direction, str] = {"input": microphone, "output": loudspeaker}
        self._tell = tell
        self._before = self._now()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def look(self) -> None:
        """Look once, and tell what has changed since the last time."""
        now = self._now()
        for direction, device in now.items():
            if device != self._before[direction]:
                self._tell(f"{_WORDS[direction]} is {device} now.")
        self._before = now

    def _watch(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            self.look()

    def _now(self) -> dict[Direction, str]:
        return {direction: behind(name, direction) for direction, name in self._names.items()}

    def __enter__(self) -> DeviceWatch:
        # A name that the system does not resolve stays the same: nothing to watch.
        if any(self._before[direction] != name for direction, name in self._names.items()):
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(EVERY_SECONDS)
