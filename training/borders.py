"""From which probability an id is reported: chosen on lines of unseen writers."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
LOW_BORDERS = np.arange(0.34, 0.56, 0.02)
"""An id of which unseen writers' turns show less than this share (``hostile``: contempt can be said in any words) takes
the border that is best for it alone, which may lie lower."""


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
    return Borders(_lowered(Borders(own, common.sure, common.quiet), probability, y), common.sure, common.quiet)


def _lowered(borders: Borders, probability: NDArray[np.float64], y: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The borders (ids,), those of ids that are hard to hear chosen again."""
    own = borders.own.copy()
    found = (y[:, :-1] & borders.reported(probability)).sum(axis=0) / np.maximum(1, y[:, :-1].sum(axis=0))
    tried = [replace(borders, own=np.full_like(own, border)) for border in LOW_BORDERS]
    each = np.stack([f1_by_id(y[:, :-1], one.reported(probability)) for one in tried])
    hard = np.flatnonzero(found < HARD_TO_HEAR)
    own[hard] = LOW_BORDERS[each[:, hard].argmax(axis=0)]
    return own
