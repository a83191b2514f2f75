"""Which ids can stand beside each other in one turn: the rules of the labelling that no single phrase shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voicecoach.values import Detection

NEEDS = {"over_apologize": "apologize"}
"""Where the first is heard, so is the second."""

FILLERS = frozenset({"well", "so", "um", "uh", "er", "erm", "ah", "hm", "hmm", "anyway", "now", "then", "like"})
"""A turn of nothing but these is somebody looking for words."""

EITHER = (("refer", "involve_supervisor"),)
"""The same words are the one or the other: a supervisor is fetched for the caller, or because of abuse."""


def settle(likely: Mapping[str, float]) -> dict[str, float]:
    """The ids of a turn with their probabilities, made consistent with each other."""
    settled = dict(likely)
    for id_, needed in NEEDS.items():
        if id_ in settled:
            settled[needed] = max(settled.get(needed, 0.0), settled[id_])
    return settled


def says_nothing(words: Sequence[str]) -> bool:
    """Nothing but fillers: no technique and no mistake, whatever the caller had said before."""
    return all(word in FILLERS for word in words)


def one_reading(found: Sequence[Detection]) -> list[Detection]:
    """The detections without the less likely of two that read the same words in two ways."""
    by_id = {each.id: each for each in found}
    dropped = set()
    for pair in EITHER:
        first, second = (by_id.get(id_) for id_ in pair)
        if first and second and first.span[0] < second.span[1] and second.span[0] < first.span[1]:
            dropped.add(min(first, second, key=lambda each: each.confidence).id)
    return [each for each in found if each.id not in dropped]
