"""What the timing of a turn says: who had the floor when. Seconds are audio time."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.quick import quick
from voicecoach.values import Detection

INTERRUPTION_SECONDS = 0.5
"""Talking at once for less than this is a collision of two starts, not an interruption."""

DEAD_AIR_SECONDS = 4.0
"""Each such stretch of silence after the caller finished counts once."""

HOLD_STEP_SECONDS = 30.0
UNASKED_HOLD = (1.0, 0.3)
ASKED_HOLD = (0.2, 0.1)
"""What a hold weighs, and what each further 30 s add: announced as a fact, or asked for first."""


@quick
@dataclass(frozen=True, slots=True)
class FloorFacts:
    """Who had the floor around one trainee turn.

    ``venting``: the caller's last words were a vent of several bursts. ``spoke_into_vent``: the trainee began before it
    was over. ``cut_off``: the caller stopped for it. ``overlap_seconds``: both spoke at once.
    """

    venting: bool = False
    spoke_into_vent: bool = False
    cut_off: bool = False
    overlap_seconds: float = 0.0


def judge_timing(facts: FloorFacts) -> tuple[Detection, ...]:
    """`interrupt` or `listen` for a turn that is more than a back-channel."""
    if facts.cut_off or facts.spoke_into_vent or facts.overlap_seconds >= INTERRUPTION_SECONDS:
        why = f"spoke {facts.overlap_seconds:.1f} s over the caller" if facts.overlap_seconds else "cut into the vent"
        return (Detection("interrupt", "", (0, 0), 1.0, "time", why),)
    if facts.venting:
        return (Detection("listen", "", (0, 0), 1.0, "time", "let the caller finish"),)
    return ()


def nod(words: str) -> Detection:
    """A verbal nod while the caller speaks."""
    return Detection("acknowledge", words, (0, len(words.split())), 1.0, "time", "a nod while the caller speaks")


def dead_air(silence_seconds: float) -> Detection:
    """A silence after the caller has finished."""
    return Detection("dead_air", "", (0, 0), 1.0, "time", f"{silence_seconds:.0f} s of silence")


def hold_weight(held_seconds: float, asked: bool) -> float:
    """What a hold of this length weighs, as a factor on the mistake's gain."""
    first, step = ASKED_HOLD if asked else UNASKED_HOLD
    return first + step * (held_seconds / HOLD_STEP_SECONDS)


_SPOKEN_SECONDS = (
    (15.0, "ten seconds"),
    (25.0, "twenty seconds"),
    (40.0, "half a minute"),
    (52.0, "three quarters of a minute"),
    (75.0, "a whole minute"),
    (105.0, "a minute and a half"),
    (150.0, "two minutes"),
    (210.0, "three minutes"),
    (270.0, "four minutes"),
    (450.0, "five minutes"),
)


def spoken_duration(seconds: float) -> str:
    """How people say so long a wait: round, and in words."""
    return next((words for below, words in _SPOKEN_SECONDS if seconds < below), "ten minutes")
