"""In the midst of a call: does the microphone begin to hear the loudspeaker? The headset was taken off, or changed.

The caller's own voice is the test sound here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.audio.echo import HalfDuplexGate, sounds
from voicecoach.audio.echo_finding import AGREE_SECONDS, NO_ECHO, Echo, answer
from voicecoach.values import BLOCK_SECONDS

WINDOW_BLOCKS = 150
"""1.5 s in which the caller speaks are looked at together."""

AGREEING_WINDOWS = 2
"""So many in a row find the same echo before it is believed."""


class EchoWatch:
    """Lets everything through until it finds an echo; from then on it is a half-duplex gate.

    ``found`` is called once, when that happens.
    """

    def __init__(self, found: Callable[[Echo], None]) -> None:
        self._found = found
        self._gate: HalfDuplexGate | None = None
        self._heard: list[Pcm] = []
        self._played: list[Pcm] = []
        self._before = NO_ECHO
        self._agreeing = 0

    @property
    def gated(self) -> bool:
        """Whether an echo was found."""
        return self._gate is not None

    def clean(self, block: Pcm, played: Pcm, caller_speaking: bool) -> Pcm:
        """The block as it is, or as the gate lets it through."""
        if self._gate is not None:
            return self._gate.clean(block, played, caller_speaking)
        if self._heard or sounds(played):
            self._heard.append(block)
            self._played.append(played)
            if len(self._heard) == WINDOW_BLOCKS:
                self._look()
        return block

    def _look(self) -> None:
        heard, played = (np.concatenate(blocks).astype(np.float64) for blocks in (self._heard, self._played))
        self._heard, self._played = [], []
        echo = answer(heard, played) or NO_ECHO
        agrees = echo.audible and abs(echo.delay_seconds - self._before.delay_seconds) <= AGREE_SECONDS
        self._agreeing = self._agreeing + 1 if agrees and self._before.audible else int(echo.audible)
        self._before = echo
        if self._agreeing >= AGREEING_WINDOWS:
            self._gate = HalfDuplexGate(max(0.0, echo.delay_seconds + BLOCK_SECONDS))
            self._found(echo)
