"""Silence around and inside a rendered line: cut it off, scale it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voicecoach.values import SAMPLE_RATE_HZ

Sound = NDArray[np.float32]
"""Mono at 16 kHz, shape (n,), full scale ±1."""

FRAME_SAMPLES = 80
"""5 ms."""

SILENT_DB = 45.0
"""A frame this far below the loudest one is silence; the softest sounds of speech ("f", "th") lie about 35 dB below."""

LEAD_SECONDS, TAIL_SECONDS = 0.01, 0.02
"""Left before the first and after the last sound."""

SHORTEST_PAUSE_SECONDS = 0.08
"""Shorter silences belong to consonants (the closure of a "p" or "t") and are left alone; no pause gets shorter."""


def frame_power(sound: Sound) -> NDArray[np.float32]:
    """Mean square of every 5 ms, shape (ceil(n / 80),); the last frame is filled up with zeros."""
    frames = -(-len(sound) // FRAME_SAMPLES)
    padded = np.zeros(frames * FRAME_SAMPLES, dtype=np.float32)
    padded[: len(sound)] = sound
    power: NDArray[np.float32] = np.mean(padded.reshape(frames, FRAME_SAMPLES) ** 2, axis=1)
    return power


def audible_frames(sound: Sound) -> NDArray[np.bool_]:
    """Which frames are not silence, shape (ceil(n / 80),); all False when there is no sound at all."""
    power = frame_power(sound)
    loudest = float(power.max(initial=0.0))
    audible: NDArray[np.bool_] = power > max(loudest * 10.0 ** (-SILENT_DB / 10.0), 1e-10)
    return audible


def trimmed(sound: Sound) -> Sound:
    """The sound with 10 ms of silence left before it and 20 ms after it; empty when nothing can be heard."""
    audible = np.flatnonzero(audible_frames(sound))
    if not len(audible):
        return sound[:0]
    start = int(audible[0]) * FRAME_SAMPLES - round(LEAD_SECONDS * SAMPLE_RATE_HZ)
    end = (int(audible[-1]) + 1) * FRAME_SAMPLES + round(TAIL_SECONDS * SAMPLE_RATE_HZ)
    return sound[max(0, start) : end]


def with_pauses_scaled(sound: Sound, factor: float) -> Sound:
    """The sound with every inner pause ``factor`` times as long (never below 80 ms); cut or repeated in its middle."""
    audible = audible_frames(sound)
    edges = np.flatnonzero(np.diff(audible.astype(np.int8)))
    pieces: list[Sound] = []
    done = 0
    for last_audible, last_silent in pairwise(edges):
        if not audible[last_audible]:
            continue
        start, end = (int(last_audible) + 1) * FRAME_SAMPLES, (int(last_silent) + 1) * FRAME_SAMPLES
        length = end - start
        wanted = max(round(length * factor), round(SHORTEST_PAUSE_SECONDS * SAMPLE_RATE_HZ))
        if wanted >= length:
            continue
        head = start + wanted // 2
        pieces.append(sound[done:head])
        done = end - (wanted - wanted // 2)
    pieces.append(sound[done:])
    return np.concatenate(pieces)
