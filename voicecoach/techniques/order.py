"""What the order of things says: a solution before the caller is heard, an apology before any empathy, one too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voicecoach.techniques.ids import MISTAKES
from voicecoach.values import Detection

SOLUTION_IDS = frozenset({"offer", "goodwill", "counteroffer"})
EMPATHY_IDS = frozenset({"empathize", "validate", "relate"})
_HEARING_IDS = EMPATHY_IDS | {"paraphrase", "check_understanding"}
_MISTAKES = frozenset(MISTAKES)
PROMISING_IDS = frozenset(
    {"offer", "state_action", "refer", "document", "goodwill", "counteroffer", "own", "exception", "overpromise"}
)
"""A day or a time in a retelling is the caller's own unless one of these comes with it."""

RUSH_BELOW_HEARD = 0.3
RUSH_FROM_ANGER = 7.0
APOLOGIES_BEFORE_TOO_MANY = 2
MINIMUM_CONFIDENCE = 0.5
"""Below this a detection has no consequences (the same border as the anger model's)."""


def judge_order(
    detections: Sequence[Detection], counts: Mapping[str, int], heard: float, anger: float
) -> tuple[Detection, ...]:
    """The detections with `rush`, `apologize_too_soon` and `over_apologize` set in where they belong, and without a
    `listen` that the words belie.

    ``counts`` are the earlier turns' ids, ``heard`` 0..1 and ``anger`` 0..10 the mood before this turn.
    """
    judged: list[Detection] = []
    if _slaps(detections):
        detections = [d for d in detections if d.id != "listen"]
    empathized = any(map(counts.get, EMPATHY_IDS))
    apologies = counts.get("apologize", 0)
    ids = {d.id for d in detections}
    told_too_many = "over_apologize" in ids
    hearing = not ids.isdisjoint(_HEARING_IDS)
    retold = "paraphrase" in ids and ids.isdisjoint(PROMISING_IDS)
    for detection in detections:
        if detection.id == "timeframe" and retold:
            continue
        if detection.id in EMPATHY_IDS:
            empathized = True
        if detection.id in SOLUTION_IDS and heard < RUSH_BELOW_HEARD and anger >= RUSH_FROM_ANGER and not hearing:
            judged.append(_ordered(detection, "rush", "a solution before the caller felt heard"))
        if detection.id == "apologize":
            apologies += 1
            if not empathized:
                judged.append(_ordered(detection, "apologize_too_soon", "an apology before any empathy"))
            if apologies > APOLOGIES_BEFORE_TOO_MANY and not told_too_many:
                judged.append(_ordered(detection, "over_apologize", f"apology number {apologies} of this call"))
                continue
        judged.append(detection)
    return tuple(judged)


def _slaps(detections: Sequence[Detection]) -> bool:
    """Nothing but mistakes came after the silence: who answers a vent with "calm down" has not been listening."""
    spoken = {d.id for d in detections if d.evidence == "text" and d.confidence >= MINIMUM_CONFIDENCE}
    return bool(spoken) and spoken <= _MISTAKES


def _ordered(by: Detection, cause: str, why: str) -> Detection:
    return Detection(cause, by.words, by.span, by.confidence, "order", why)
