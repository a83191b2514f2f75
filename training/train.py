"""Builds voicecoach/techniques/weights.npz from training/lines: ``python -m training.train``.

One logistic regression per id over the features of the turn. Scores of lines whose writer was left out give the
calibration and the thresholds, so that both hold for a hand the model has not seen. Deterministic.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from training.borders import Borders, best_borders
from training.lines_data import Line, read_file, read_lines
from training.measure import measure, report
from training.noise import misheard
from voicecoach.techniques.features import features, number
from voicecoach.techniques.ids import TEXT_IDS
from voicecoach.techniques.model import LENGTH_DAMPING, NOTHING, WEIGHTS_FILE
from voicecoach.techniques.normalise import tokenise
from voicecoach.techniques.rules import fingerprint, shipped_book

WEIGHTS = Path(__file__).parent.parent / "voicecoach" / "techniques" / WEIGHTS_FILE
SEEN_AT_LEAST = 2
"""Features of fewer lines than this say nothing about another writer."""

MOST_FEATURES = 80_000
FOLDS = 5
STRENGTH = 1.0
"""Inverse regularisation of the logistic regressions."""

PLAIN_WEIGHT = 0.5
"""What the misheard, unpunctuated copy of a line counts for, next to the line itself."""


def numbers_of(line: Line) -> list[int]:
    """The feature numbers of a line, each once."""
    tokens = tokenise(line.text)
    found = features(line.text, line.context, tokens, shipped_book().find(tokens))
    return list(dict.fromkeys(number(name) for name, _, _ in found))


def matrix_of(lines: list[Line], kept: dict[int, int] | None = None) -> tuple[csr_matrix, dict[int, int]]:
    """(lines, features) damped by length, and the column of each feature number."""
    found = [numbers_of(line) for line in lines]
    if kept is None:
        seen = Counter(value for values in found for value in values)
        copies = 2  # every line is there twice, as typed and as recognised
        common = (value for value, count in seen.items() if count > copies * (SEEN_AT_LEAST - 1))
        kept = {value: column for column, value in enumerate(sorted(common))}
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for values in found:
        known = [kept[value] for value in values if value in kept]
        columns += known
        data += [max(len(values), 1) ** -LENGTH_DAMPING] * len(known)
        ends.append(len(columns))
    shape = (len(lines), len(kept))
    return csr_matrix((np.array(data, np.float32), np.array(columns), np.array(ends)), shape=shape), kept


def labels_of(lines: list[Line]) -> NDArray[np.bool_]:
    """(lines, ids and NOTHING)."""
    return np.array([[*(id_ in line.labels for id_ in TEXT_IDS), not line.labels] for line in lines])


def fit(x: csr_matrix, y: NDArray[np.bool_], weights: NDArray[np.float64]) -> LogisticRegression:
    """One id's regression; the dual form, which with more features than lines is ten times as fast."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.03, random_state=0)
    return model.fit(x, y, sample_weight=weights)


def folds_of(writers: NDArray[np.str_]) -> list[str]:
    """The writers that are left out together: five folds, each of whole hands."""
    names = sorted(set(writers.tolist()))
    return [" ".join(names[start::FOLDS]) for start in range(min(FOLDS, len(names)))]


def left_out_scores(
    x: csr_matrix, y: NDArray[np.bool_], weights: NDArray[np.float64], writers: NDArray[np.str_], jobs: int
) -> NDArray[np.float64]:
    """Scores (lines, ids) of every line by a model that has seen nothing of its writer (nor of one or two others)."""
    scores = np.zeros(y.shape)

    def one(writer: str, column: int) -> tuple[str, int, NDArray[np.float64]]:
        mine = np.isin(writers, writer.split())
        model = fit(x[~mine], y[~mine, column], weights[~mine])
        return writer, column, model.decision_function(x[mine])

    tasks = (delayed(one)(writer, column) for writer in folds_of(writers) for column in range(y.shape[1]))
    for writer, column, values in Parallel(jobs, max_nbytes=None)(tasks):
        scores[np.isin(writers, writer.split()), column] = values
    return scores


def calibrate(scores: NDArray[np.float64], y: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of Platt's sigmoid for one id."""
    model = LogisticRegression(C=10.0, solver="lbfgs").fit(scores[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def save(
    path: Path,
    models: list[LogisticRegression],
    numbers: list[int],
    calibration: dict[str, NDArray[np.float32]],
    borders: Borders,
) -> None:
    """Writes the weights file: the strongest features, in 8 bits a weight."""
    table = np.stack([model.coef_[0] for model in models], axis=1)
    strongest = np.sort(np.argsort(-np.abs(table).max(axis=1), kind="stable")[:MOST_FEATURES])
    scale = np.abs(table[strongest]).max(axis=0) / 127
    np.savez_compressed(
        path,
        ids=np.array([*TEXT_IDS, NOTHING]),
        numbers=np.array(numbers, np.uint32)[strongest],
        table=np.round(table[strongest] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.array([model.intercept_[0] for model in models], np.float32),
        border=borders.own.astype(np.float32),
        quiet=np.array(borders.quiet),
        sure=np.array(borders.sure),
        fingerprint=np.array(fingerprint()),
        **calibration,
    )


def say(*words: object) -> None:
    """One line to whoever watches the training."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Trains, prints what it reaches on writers it has not seen, and writes the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--also", type=Path, action="append", default=[], help="a further file of lines to train on")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep-scores", type=Path, help="where to keep the scores of the left-out lines (.npz)")
    options = parser.parse_args()
    typed = read_lines() + [line for path in options.also for line in read_file(path)]
    lines = typed + [misheard(line) for line in typed]
    weights = np.array([1.0] * len(typed) + [PLAIN_WEIGHT] * len(typed))
    writers = np.array([line.writer for line in lines])
    x, kept = matrix_of(lines)
    y = labels_of(lines)
    say(f"{len(typed)} lines, {len(kept)} features")
    scores = left_out_scores(x, y, weights, writers, options.jobs)
    pairs = [calibrate(scores[:, column], y[:, column]) for column in range(y.shape[1])]
    slope, offset = (np.array(values, np.float32) for values in zip(*pairs, strict=True))
    probability = 1 / (1 + np.exp(-(slope * scores + offset)))
    if options.keep_scores:
        np.savez_compressed(options.keep_scores, probability=probability, y=y, writers=writers)
    borders = best_borders(probability, y)
    said = borders.reported(probability)
    say(f"borders {borders.own[:-1].min():.2f} to {borders.own[:-1].max():.2f}, {borders.sure} from {borders.quiet} on")
    say(report(y[: len(typed), :-1], said[: len(typed)], "unseen writers"))
    for name, part in (("typed", slice(0, len(typed))), ("unpunctuated", slice(len(typed), None))):
        say(name, {key: round(value, 3) for key, value in measure(y[part, :-1], said[part]).items()})
    models = Parallel(options.jobs, max_nbytes=None)(
        delayed(fit)(x, y[:, column], weights) for column in range(y.shape[1])
    )
    save(options.out, models, list(kept), {"slope": slope, "offset": offset}, borders)
    say(f"wrote {options.out} ({options.out.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
