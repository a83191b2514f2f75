"""How good a detector is: F1 over all decisions, per id, and false alarms on lines without a label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicecoach.techniques.ids import TEXT_IDS


def f1_by_id(y: NDArray[np.bool_], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    """F1 of every column; 0 where nothing is right."""
    right = (y & said).sum(axis=0)
    return np.asarray(2 * right / np.maximum(1, y.sum(axis=0) + said.sum(axis=0)), np.float64)


def measure(y: NDArray[np.bool_], said: NDArray[np.bool_]) -> dict[str, float]:
    """micro_f1, macro_f1, worst_f1 (over ids that occur in ``y``) and false_alarm_share (lines without a label)."""
    occurring = y.any(axis=0)
    each = f1_by_id(y, said)[occurring]
    unlabelled = ~y.any(axis=1)
    return {
        "micro_f1": float(2 * (y & said).sum() / max(1, y.sum() + said.sum())),
        "macro_f1": float(each.mean()),
        "worst_f1": float(each.min()),
        "false_alarm_share": float(said[unlabelled].any(axis=1).mean()) if unlabelled.any() else 0.0,
    }


def report(y: NDArray[np.bool_], said: NDArray[np.bool_], title: str) -> str:
    """A table: the four figures, then precision, recall and F1 per id, the worst first."""
    figures = measure(y, said)
    rows = [title + ": " + ", ".join(f"{key} {value:.3f}" for key, value in figures.items())]
    right = (y & said).sum(axis=0)
    precision = right / np.maximum(1, said.sum(axis=0))
    recall = right / np.maximum(1, y.sum(axis=0))
    each = f1_by_id(y, said)
    for column in np.argsort(each, kind="stable"):
        if y[:, column].any():
            rows.append(
                f"  {TEXT_IDS[column]:20} P {precision[column]:.2f}  R {recall[column]:.2f}  F1 {each[column]:.2f}"
                f"  n {int(y[:, column].sum())}"
            )
    return "\n".join(rows)
