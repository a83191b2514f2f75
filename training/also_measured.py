"""What training on measured lines as well would bring: ``python -m training.also_measured FILE.jsonl``.

Five times the regressions are trained on every line of ``training/lines`` and on four fifths of the file, and judged on
the last fifth, with the calibration and the borders of the shipped weights. Prints aggregate figures, never a line, and
writes nothing: the shipped weights know no line that they are measured on. For use, ``python -m training.train --also
FILE.jsonl --out OTHER.npz`` builds such weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from training.lines_data import Line, read_file, read_lines
from training.measure import measure, report
from training.noise import misheard
from training.train import PLAIN_WEIGHT, Borders, fit, labels_of, matrix_of, say
from voicecoach.techniques.model import shipped_model

FOLDS = 5


def cross_validated(own: list[Line], measured: list[Line], jobs: int) -> NDArray[np.float64]:
    """Scores (lines, ids and NOTHING) of the measured lines, each by a model that has not seen it."""
    lines = own + [misheard(line) for line in own] + measured
    weights = np.array([1.0] * len(own) + [PLAIN_WEIGHT] * len(own) + [1.0] * len(measured))
    x, _ = matrix_of(lines)
    y = labels_of(lines)
    first = len(lines) - len(measured)
    fold = np.array([-1] * first + [number % FOLDS for number in range(len(measured))])
    scores = np.zeros((len(measured), y.shape[1]))

    def one(number: int, column: int) -> NDArray[np.float64]:
        kept = fold != number
        model = fit(x[kept], y[kept, column], weights[kept])
        return np.asarray(model.decision_function(x[~kept]), np.float64)

    pairs = [(number, column) for number in range(FOLDS) for column in range(y.shape[1])]
    found = Parallel(jobs, max_nbytes=None)(delayed(one)(*pair) for pair in pairs)
    for (number, column), values in zip(pairs, found, strict=True):
        scores[fold[first:] == number, column] = values
    return scores


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    measured = read_file(options.file)
    shipped = shipped_model().weights
    scores = cross_validated(read_lines(), measured, options.jobs)
    probability = 1 / (1 + np.exp(-(shipped.slope * scores + shipped.offset)))
    said = Borders(shipped.border.astype(np.float64), shipped.sure, shipped.quiet).reported(probability)
    y = labels_of(measured)[:, :-1]
    say(report(y, said, f"{options.file.stem}, four fifths trained on as well"))
    say({key: round(value, 3) for key, value in measure(y, said).items()})


if __name__ == "__main__":
    main()
