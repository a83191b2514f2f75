"""One line aloud or into a file: what the ``say`` command does."""

from __future__ import annotations

import time
from pathlib import Path

from voicecoach.audio.base import Loudspeaker, Pcm
from voicecoach.audio.files import write_wav
from voicecoach.errors import DeviceLost, UsageError
from voicecoach.tts.base import Voice
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ, VoiceSpec

PATIENCE_SECONDS = 5.0
"""How much longer than the line itself a loudspeaker may take before it counts as lost."""


def say(
    voice: Voice,
    text: str,
    spec: VoiceSpec,
    anger: float,
    *,
    out: Path | None = None,
    loudspeaker: Loudspeaker | None = None,
) -> float:
    """Render ``text``, write it to ``out`` (16 kHz mono WAV) and play it, as asked for; returns its length in seconds.

    Raises ``UsageError`` when the anger is not 0..10, the text has nothing to say, or neither place is given;
    ``VoiceError`` from the voice, ``StorageError`` when the file cannot be written and ``DeviceLost`` when the
    loudspeaker stops taking sound.
    """
    if not 0.0 <= anger <= 10.0:
        raise UsageError(f"anger {anger:g} is outside 0..10", remedy="use --anger with a number from 0 to 10")
    if out is None and loudspeaker is None:
        raise UsageError("nowhere to say it", remedy="name a file with --out, or use a loudspeaker")
    pcm = voice.render(text, spec, anger)
    if not len(pcm):
        raise UsageError("the text has nothing to say in it", remedy="give some words")
    if out is not None:
        write_wav(out, pcm)
    if loudspeaker is not None:
        play(pcm, loudspeaker)
    return len(pcm) / SAMPLE_RATE_HZ


def play(pcm: Pcm, loudspeaker: Loudspeaker) -> None:
    """Play it to its end. Raises ``DeviceLost`` when the loudspeaker stops taking sound."""
    limit = time.monotonic() + len(pcm) / SAMPLE_RATE_HZ + PATIENCE_SECONDS
    loudspeaker.play(pcm)
    while loudspeaker.playing:
        if time.monotonic() > limit:
            raise DeviceLost(
                "stopped taking sound", where=loudspeaker.name, remedy="plug it in again, or choose another"
            )
        loudspeaker.played()
        time.sleep(BLOCK_SECONDS)
