"""A long angry line is said with breaths: nobody talks for ten seconds on one lungful.

Where a stretch of speech has lasted for some seconds, the next pause in it becomes a breath: a little longer, with an
intake of air that is heard under strain. Winkworth et al. 1995 ("Breathing patterns during spontaneous speech") find
breath groups of 3 to 5 s, and pauses for breath at the boundaries of clauses.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from voicecoach.tts.silence import FRAME_SAMPLES, Sound, audible_frames, frame_power
from voicecoach.values import SAMPLE_RATE_HZ

GROUP_SECONDS = 4.0
"""So much speech at least lies between two breaths."""

LEAST_PAUSE_SECONDS = 0.05
"""A shorter silence belongs to a consonant."""

BREATH_SECONDS = 0.34
"""The pause that a breath takes, the intake of air 240 ms of it."""

INTAKE_SECONDS = 0.24
INTAKE_HZ = (600.0, 3200.0)
"""Air through an open mouth: a soft noise between these."""

SOFTEST_DB, LOUDEST_DB = -38.0, -28.0
"""Against the voice, from an annoyed caller to a furious one."""

LEAST_EFFORT = 0.1
"""A voice pressed less than this (anger below 3 or so) breathes unheard."""


def with_breaths(sound: Sound, effort: float) -> Sound:
    """The speech with a breath in the first pause after every four seconds or more; as it is when calm or short."""
    if effort < LEAST_EFFORT or len(sound) < GROUP_SECONDS * SAMPLE_RATE_HZ:
        return sound
    pieces: list[Sound] = []
    done = group_start = 0
    for start, end in _pauses(sound):
        if start - group_start < GROUP_SECONDS * SAMPLE_RATE_HZ:
            continue
        pieces += [sound[done:start], _breath(sound, end - start, effort)]
        done = group_start = end
    return np.concatenate((*pieces, sound[done:]))


def _pauses(sound: Sound) -> list[tuple[int, int]]:
    """First and last sample of every silence inside the speech that can hold a breath."""
    audible = audible_frames(sound)
    edges = np.flatnonzero(np.diff(audible.astype(np.int8)))
    pauses = [
        ((int(last_audible) + 1) * FRAME_SAMPLES, (int(last_silent) + 1) * FRAME_SAMPLES)
        for last_audible, last_silent in pairwise(edges)
        if audible[last_audible]
    ]
    return [(start, end) for start, end in pauses if end - start >= LEAST_PAUSE_SECONDS * SAMPLE_RATE_HZ]


def _breath(sound: Sound, pause_samples: int, effort: float) -> Sound:
    """What takes the place of a pause; the same for the same line."""
    length = max(pause_samples, round(BREATH_SECONDS * SAMPLE_RATE_HZ))
    intake = round(INTAKE_SECONDS * SAMPLE_RATE_HZ)
    noise = np.random.default_rng(len(sound)).standard_normal(intake)
    spectrum = np.fft.rfft(noise)
    frequencies = np.fft.rfftfreq(intake, 1.0 / SAMPLE_RATE_HZ)
    spectrum[(frequencies < INTAKE_HZ[0]) | (frequencies > INTAKE_HZ[1])] = 0.0
    air = np.fft.irfft(spectrum, intake) * np.sin(np.pi * np.linspace(0.0, 1.0, intake)) ** 1.5
    power = frame_power(sound)
    voice_power = float(power[power > power.max() * 1e-3].mean())
    level_db = SOFTEST_DB + (LOUDEST_DB - SOFTEST_DB) * min(1.0, effort)
    air *= np.sqrt(voice_power / np.mean(air**2)) * 10.0 ** (level_db / 20.0)
    breath = np.zeros(length, dtype=np.float32)
    begin = (length - intake) // 2
    breath[begin : begin + intake] = air.astype(np.float32)
    return breath
