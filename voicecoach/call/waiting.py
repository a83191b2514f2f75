"""How long the caller bears a silence: it depends on what the trainee said before falling silent."""

from __future__ import annotations

from collections.abc import Set

from voicecoach.techniques.timing import DEAD_AIR_SECONDS, HOLD_STEP_SECONDS

NARRATED_SILENCE_SECONDS = 10.0
"""Who has just said what they are looking up is given time to read it (start)."""


def bearable_silence_seconds(ids: Set[str]) -> float:
    """For how long nothing need be said after a turn with these ids, times the caller's patience.

    An announced hold is borne for as long as makes it dearer by a step; then the caller asks whether anybody is there.
    """
    if "hold" in ids:
        return HOLD_STEP_SECONDS
    return NARRATED_SILENCE_SECONDS if "narrate" in ids else DEAD_AIR_SECONDS
