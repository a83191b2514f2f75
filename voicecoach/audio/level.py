"""How loud a microphone is, to tell a dead one before the call begins."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voicecoach.audio.base import Microphone, Pcm
from voicecoach.errors import SilentMicrophone
from voicecoach.values import BLOCK_SECONDS

FLOOR_DBFS = -120.0
"""Stands for silence, where a logarithm has no value."""

_UNMUTE = {
    "darwin": "allow this terminal to use the microphone in System Settings > Privacy & Security > Microphone",
    "win32": "allow desktop apps to use the microphone in Settings > Privacy & security > Microphone, and unmute it",
}


@dataclass(frozen=True, slots=True)
class Level:
    """``rms_dbfs`` and ``peak_dbfs`` against full scale (0 is the loudest, -120 stands for nothing at all).

    ``all_zero``: not one sample differed from zero, which no open microphone does.
    """

    rms_dbfs: float
    peak_dbfs: float
    all_zero: bool


MUTED_SECONDS = 3.0
"""Nothing but zeros for so long: a switch on the headset was turned. A driver that stumbles gives 0.1 s of them."""


class MuteWatch:
    """Tells once when a microphone begins to deliver nothing but zeros, and once when it delivers sound again."""

    def __init__(self, tell: Callable[[bool], None]) -> None:
        self._tell = tell
        self._zero_blocks = 0
        self._muted = False

    def observe(self, block: Pcm) -> None:
        """The next block of the microphone."""
        self._zero_blocks = 0 if block.any() else self._zero_blocks + 1
        if self._muted != (muted := self._zero_blocks * BLOCK_SECONDS >= MUTED_SECONDS):
            self._muted = muted
            self._tell(muted)


def measure_level(microphone: Microphone, seconds: float) -> Level:
    """Listen for so long, or until the source ends. Raises ``DeviceLost``."""
    peak, power, samples = 0.0, 0.0, 0
    for _ in range(round(seconds / BLOCK_SECONDS)):
        block = microphone.read()
        if block is None:
            break
        scaled = block.astype(np.float64) / 32768.0
        peak = max(peak, float(np.abs(scaled).max()))
        power += float(np.square(scaled).sum())
        samples += len(block)
    return Level(_dbfs((power / max(1, samples)) ** 0.5), _dbfs(peak), peak == 0.0)


def refuse_silence(level: Level, name: str) -> None:
    """Raises ``SilentMicrophone`` when the microphone of this name delivered nothing but zeros."""
    if level.all_zero:
        raise SilentMicrophone(
            "the microphone delivers nothing but silence: it is muted, or the program may not use it",
            where=name,
            remedy=_UNMUTE.get(sys.platform, "unmute it in the system's sound settings, or choose another one"),
        )


def _dbfs(amplitude: float) -> float:
    return max(FLOOR_DBFS, 20.0 * float(np.log10(amplitude))) if amplitude else FLOOR_DBFS
