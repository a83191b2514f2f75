"""What the loop asks of a voice."""

from __future__ import annotations

from typing import Protocol

from voicecoach.audio.base import Pcm
from voicecoach.values import VoiceSpec


class Voice(Protocol):
    """Renders a line to sound; playing it is somebody else's work."""

    name: str

    def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
        """The line as 16 kHz mono int16, spoken at this anger (0..10).

        Raises ``VoiceError`` when the voice is unknown, or hangs or dies even after a restart.
        """

    def close(self) -> None:
        """End the engine. Safe to call twice."""
