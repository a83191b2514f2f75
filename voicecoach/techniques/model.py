"""The learned half of the detector: one linear score per id over the features of a turn, calibrated to a probability.

The weights are made by ``python -m training.train`` from the lines in ``training/lines`` and lie in ``weights.npz``.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import ModelError
from voicecoach.techniques.features import Feature, number

WEIGHTS_FILE = "weights.npz"
NOTHING = "(nothing)"
"""The name, among the ids, of the column that says how likely the turn carries no id at all."""

LENGTH_DAMPING = 0.25
"""A turn of n features has each weighted n ** -0.25: long turns carry several ids, so sums may still grow."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained numbers.

    ``table`` is (features, ids) int8 in units of ``scale`` (ids,); ``numbers`` (features,) uint32. The last of the ids
    is NOTHING. An id is reported from its probability in ``border`` (ids,) on; in a turn that is NOTHING with a
    probability of ``quiet`` or more, only from ``sure`` on. The border of NOTHING means nothing.
    """

    ids: tuple[str, ...]
    numbers: NDArray[np.uint32]
    table: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]
    border: NDArray[np.float32]
    quiet: float
    sure: float
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Scores:
    """``probability`` (ids,), and what made it: ``parts`` (features, ids), standing on ``spans`` (features, 2)."""

    probability: NDArray[np.float32]
    parts: NDArray[np.float32]
    spans: NDArray[np.int64]

    def on_token(self, column: int, token_count: int) -> NDArray[np.float64]:
        """(tokens,): how much of this id's score stands on each token."""
        start, end = self.spans.T
        each = np.where(end > start, self.parts[:, column] / np.maximum(end - start, 1), 0.0)
        steps = np.zeros(token_count + 1)
        np.add.at(steps, start, each)
        np.subtract.at(steps, end, each)
        return np.asarray(steps.cumsum()[:-1], np.float64)


class LinearModel:
    """Scores turns with fixed weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._row = {int(value): row for row, value in enumerate(weights.numbers)}

    def score(self, found: Sequence[Feature]) -> Scores:
        """Probability of every id for a turn with these features."""
        weights = self.weights
        places: dict[int, tuple[int, int]] = {}
        for name, start, end in found:
            places.setdefault(number(name), (start, end))
        known = [(row, span) for key, span in places.items() if (row := self._row.get(key)) is not None]
        damping = max(len(places), 1) ** -LENGTH_DAMPING
        parts = weights.table[[row for row, _ in known]].astype(np.float32) * (weights.scale * damping)
        score = weights.bias + parts.sum(axis=0)
        probability = 1 / (1 + np.exp(-(weights.slope * score + weights.offset)))
        spans = np.array([span for _, span in known], np.int64).reshape(-1, 2)
        return Scores(probability.astype(np.float32), parts, spans)

    def likely(self, scores: Scores) -> dict[str, float]:
        """The ids to report, each with its confidence."""
        return reported(self.weights, scores.probability.tolist())


def reported(weights: Weights, probabilities: Sequence[float]) -> dict[str, float]:
    """The ids to report, each with its probability, stretched so that the border becomes a confidence of 0.5.

    ``probabilities`` (ids,), that of NOTHING last.
    """
    *each, nothing = probabilities
    quiet = nothing >= weights.quiet
    named = zip(weights.ids, each, weights.border.tolist(), strict=False)
    return {
        id_: 1 - 0.5 * (1 - probability) / (1 - border)
        for id_, probability, border in named
        if probability >= (weights.sure if quiet else border)
    }


@cache
def shipped_model() -> LinearModel:
    """The model that comes with the program; loaded once.

    Raises ModelError where its file is missing or damaged.
    """
    path = resources.files(__package__).joinpath(WEIGHTS_FILE)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return LinearModel(
                Weights(
                    ids=tuple(str(id_) for id_ in stored["ids"]),
                    numbers=stored["numbers"],
                    table=stored["table"],
                    scale=stored["scale"],
                    bias=stored["bias"],
                    slope=stored["slope"],
                    offset=stored["offset"],
                    border=stored["border"],
                    quiet=float(stored["quiet"]),
                    sure=float(stored["sure"]),
                    fingerprint=str(stored["fingerprint"]),
                )
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            "the weights of the technique detector cannot be read", where=str(path), remedy="install voicecoach again"
        ) from error
