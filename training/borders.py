"""From which probability an id is reported: chosen on lines of unseen writers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.measure import f1_by_id, measure

FALSE_ALARM_COST = 0.5
"""Two points of false alarms weigh as much as one point of micro or macro F1."""

BORDERS = np.arange(0.42, 0.56, 0.02)
SURES = (0.7, 0.8, 0.85, 0.9, 0.95)
QUIETS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
"""What the borders are chosen from. A border far below one half gains on hands that write to be hard, and loses on
plain ones."""

OWN_BORDER = 0.5
"""How far an id's border goes from the common one to the one that is best for the id alone."""

HARD_TO_HEAR = 0.5
NOT_GUESSED = 0.5
"""An id of which unseen writers' turns show less than this share (``hostile``: contempt can be said in any words) is
reported from here on only. A lower border finds more of it among lines that were written to show it; in a call it is
rarer by far, and an agent who offered something would be told of contempt (three of 482 real agents' lines)."""


@dataclass(frozen=True, slots=True)
class Borders:
    """``own`` (ids,) probabilities to report from; ``sure`` in turns that are NOTHING with ``quiet`` or more."""

    own: NDArray[np.float64]
    sure: float
    quiet: float

    def reported(self, probability: NDArray[np.float64]) -> NDArray[np.bool_]:
        """(lines, ids): what is reported; the last column of ``probability`` is NOTHING."""
        quiet = probability[:, -1:] >= self.quiet
        return np.asarray(probability[:, :-1] >= np.where(quiet, self.sure, self.own[None, :-1]))


def goodness(y: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """What the borders are chosen by: micro and macro F1, less what false alarms cost."""
    figures = measure(y[:, :-1], said)
    return figures["micro_f1"] + figures["macro_f1"] - FALSE_ALARM_COST * figures["false_alarm_share"]


def best_borders(probability: NDArray[np.float64], y: NDArray[np.bool_]) -> Borders:
    """The borders that do best on lines of unseen writers: first the same for all ids, then each id's own."""
    ids = y.shape[1]
    pairs = [Borders(np.full(ids, b), sure, quiet) for b in BORDERS for sure in SURES for quiet in QUIETS]
    common = max(pairs, key=lambda borders: goodness(y, borders.reported(probability)))
    said = np.stack([Borders(np.full(ids, b), common.sure, common.quiet).reported(probability) for b in BORDERS])
    each = np.stack([f1_by_id(y[:, :-1], one) for one in said])
    best = np.append(BORDERS[each.argmax(axis=0)], 1.0)
    own = common.own + OWN_BORDER * (best - common.own)
    found = (y[:, :-1] & Borders(own, common.sure, common.quiet).reported(probability)).sum(axis=0)
    hard = found < HARD_TO_HEAR * np.maximum(1, y[:, :-1].sum(axis=0))
    own[:-1][hard] = np.maximum(own[:-1][hard], NOT_GUESSED)
    return Borders(own, common.sure, common.quiet)
