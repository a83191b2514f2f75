"""Which ids can stand beside each other in one turn: the rules of the labelling that no single phrase shows."""

from __future__ import annotations

from collections.abc import Mapping

NEEDS = {"over_apologize": "apologize"}
"""Where the first is heard, so is the second."""


def settle(likely: Mapping[str, float]) -> dict[str, float]:
    """The ids of a turn with their probabilities, made consistent with each other."""
    settled = dict(likely)
    for id_, needed in NEEDS.items():
        if id_ in settled:
            settled[needed] = max(settled.get(needed, 0.0), settled[id_])
    return settled
