"""What the sound of a turn says: a voice raised above the trainee's own calm one."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.values import Detection, Heard

RAISED_LEVEL_DB = 6.0
RAISED_PITCH_RATIO = 1.15
RAISED_PACE_RATIO = 1.3
"""Hot anger is about 6-10 dB louder, a fifth higher and a third faster than one's own calm speech (the acoustic
correlates in Scherer 2003 and Juslin & Laukka 2003); either end of that alone can be enthusiasm or a nearer microphone,
so loudness must come with pitch or pace."""

SHORTEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class CalmVoice:
    """The trainee's own voice at the calibration: ``level_dbfs`` (RMS, voiced), median ``pitch_hz``, words a second."""

    level_dbfs: float
    pitch_hz: float | None = None
    words_per_second: float | None = None


def raised_voice(heard: Heard, calm: CalmVoice) -> Detection | None:
    """`raised_voice` when this turn was clearly louder than calm, and higher or faster with it."""
    if heard.level_dbfs is None or len(heard.words) < SHORTEST_WORDS:
        return None
    louder_db = heard.level_dbfs - calm.level_dbfs
    higher = _ratio(heard.pitch_hz, calm.pitch_hz)
    duration_seconds = heard.end_seconds - heard.start_seconds
    pace = len(heard.words) / duration_seconds if duration_seconds > 0 else None
    faster = _ratio(pace, calm.words_per_second)
    if louder_db < RAISED_LEVEL_DB or (higher < RAISED_PITCH_RATIO and faster < RAISED_PACE_RATIO):
        return None
    why = f"{louder_db:+.0f} dB, pitch x{higher:.2f}, pace x{faster:.2f} against your calm voice"
    return Detection("raised_voice", "", (0, 0), min(1.0, 0.6 + (louder_db - RAISED_LEVEL_DB) / 10), "voice", why)


def _ratio(value: float | None, calm: float | None) -> float:
    return value / calm if value and calm else 1.0
