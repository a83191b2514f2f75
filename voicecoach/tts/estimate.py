"""How long a line takes when nobody speaks it."""

from __future__ import annotations

from voicecoach.values import SPEECH_RATE_WORDS_PER_SECOND


def estimated_seconds(text: str) -> float:
    """Length of the text in audio seconds for unvoiced calls: words / 2.7; 0 for a text without words."""
    return len(text.split()) / SPEECH_RATE_WORDS_PER_SECOND
