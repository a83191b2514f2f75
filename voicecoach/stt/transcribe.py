"""A whole recording into turns, heard by the same ears as a call."""

from __future__ import annotations

from voicecoach.audio.base import Pcm
from voicecoach.events import Input, TurnHeard
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import Ears, blocks_of
from voicecoach.values import BLOCK_SECONDS, Heard


def transcribe(pcm: Pcm, recognizer: Recognizer, patience: float = 1.0) -> list[Heard]:
    """The utterances of a recording (int16, 16 kHz, mono, any length), times counted from its beginning.

    Empty when nobody speaks in it. Raises ``RecognizerError``.
    """
    ears = Ears(recognizer, patience)
    inputs: list[Input] = []
    at_seconds = 0.0
    for number, block in enumerate(blocks_of(pcm), start=1):
        at_seconds = round(number * BLOCK_SECONDS, 2)
        inputs += ears.hear(block, at_seconds)
    inputs += ears.flush(at_seconds)
    return [happened.heard for happened in inputs if isinstance(happened, TurnHeard)]
