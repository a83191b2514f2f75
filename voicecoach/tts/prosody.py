"""How anger moves a voice.

The directions are those that studies of the voice in anger agree on: Banse & Scherer 1996 ("Acoustic profiles in vocal
emotion expression", hot anger), Scherer 2003 ("Vocal communication of emotion") and Juslin & Laukka 2003
("Communication of emotions in vocal expression and music performance"): faster, louder, a higher F0 that moves over a
wider range, more energy at high frequencies, fewer and shorter pauses. The sizes are ours, smaller than an actor's, so
that a furious line is still understood: from anger 2 to 9 it lasts about a fifth less and is about 5.5 dB louder.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicecoach.values import VoiceSpec

ANGER_KNOTS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
"""Anger at which the rows below hold; in between they are interpolated. At 0 the voice is as its spec says."""

RATE_FACTOR = (1.0, 1.02, 1.06, 1.11, 1.18, 1.25)
PITCH_SEMITONES = (0.0, 0.4, 1.1, 2.0, 3.2, 4.5)
PITCH_RANGE_POINTS = (0.0, 3.0, 8.0, 16.0, 26.0, 36.0)
LEVEL_DB = (0.0, 0.6, 1.8, 3.4, 5.3, 7.0)
PAUSE_FACTOR = (1.0, 0.96, 0.86, 0.75, 0.63, 0.5)
EFFORT = (0.0, 0.04, 0.15, 0.4, 0.75, 1.0)

CALM_LEVEL_DBFS = -23.0
"""RMS over voiced sound; also the loudness that broadcasters level speech to (EBU R 128)."""

LOUDEST_DBFS = -14.0
SLOWEST_WPM, FASTEST_WPM = 80, 400
"""espeak-ng takes 80 to 450 words a minute; beyond 400 nothing is understood."""

POINTS_PER_SEMITONE = 5.5
"""espeak-ng pitch points (0..100) per semitone: measured, 20 → 75 Hz, 50 → 99 Hz, 99 → 168 Hz on voice en-us."""


@dataclass(frozen=True, slots=True)
class Prosody:
    """How one line is spoken.

    ``pitch_semitones`` is relative to the voice's own pitch; ``pitch_range`` 0..100 with 50 the voice's own;
    ``level_dbfs`` the RMS over voiced sound; ``pause_factor`` scales every pause inside the line; ``effort`` 0..1 is
    how much the voice is pressed: brighter, and compressed as if shouting.
    """

    rate_wpm: int
    pitch_semitones: float
    pitch_range: int
    level_dbfs: float
    pause_factor: float
    effort: float

    @property
    def pitch_points(self) -> int:
        """The pitch on espeak-ng's scale 0..100, of which 99 is the highest that it takes."""
        return round(min(99.0, max(0.0, 50.0 + self.pitch_semitones * POINTS_PER_SEMITONE)))


def prosody(spec: VoiceSpec, anger: float) -> Prosody:
    """How this voice speaks at ``anger`` (0..10, clamped); ``spec.anger_scale`` scales every deviation from calm."""
    scale = spec.anger_scale

    def moved(row: tuple[float, ...]) -> float:
        return scale * (float(np.interp(anger, ANGER_KNOTS, row)) - row[0])

    rate_wpm = spec.rate_wpm * (1.0 + moved(RATE_FACTOR))
    return Prosody(
        rate_wpm=round(min(FASTEST_WPM, max(SLOWEST_WPM, rate_wpm))),
        pitch_semitones=(spec.pitch - 50) / POINTS_PER_SEMITONE + moved(PITCH_SEMITONES),
        pitch_range=round(min(100.0, max(0.0, spec.pitch_range + moved(PITCH_RANGE_POINTS)))),
        level_dbfs=min(LOUDEST_DBFS, CALM_LEVEL_DBFS + moved(LEVEL_DB)),
        pause_factor=max(0.3, 1.0 + moved(PAUSE_FACTOR)),
        effort=min(1.0, moved(EFFORT)),
    )
