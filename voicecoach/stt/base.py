"""What the ears ask of a recogniser."""

from __future__ import annotations

from typing import Protocol

from voicecoach.audio.base import Pcm
from voicecoach.values import Word


class Recognizer(Protocol):
    """Turns the sound of one utterance into words.

    ``feed`` any number of blocks, look at ``partial`` whenever, then ``finish`` once; the next ``feed`` begins a new
    utterance. Word times count from the first sample fed since the last ``finish`` (or ``drop``).
    """

    name: str

    def feed(self, pcm: Pcm) -> None:
        """More sound of the utterance: int16, 16 kHz, mono, any length. Raises ``RecognizerError``."""

    def partial(self) -> str:
        """The words so far, lower case ("" when there are none yet). Never waits for more than a few milliseconds."""

    def finish(self) -> tuple[Word, ...]:
        """The utterance's words. Raises ``RecognizerError``; never an empty result in place of a failure."""

    def drop(self) -> None:
        """Forget the utterance so far."""

    def close(self) -> None:
        """Let go of everything. Safe to call twice."""
