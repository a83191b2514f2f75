"""What the detector misses and what it hears wrongly, id by id: ``python -m training.measure_errors``.

Writes ``voicecoach/studio/detector_errors.json``, which ``voicecoach persona simulate --errors`` draws its errors from.
Every line is judged as a call would hear it (misheard and unpunctuated) by a model that has seen nothing of its writer,
with the borders and the calibration that the shipped weights have. To be run again whenever the weights are built anew.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.lines_data import Line, read_lines
from training.noise import misheard
from training.train import PLAIN_WEIGHT, labels_of, left_out_scores, matrix_of, say
from voicecoach.techniques.ids import TEXT_IDS
from voicecoach.techniques.model import reported, shipped_model
from voicecoach.techniques.version import detector_version
from voicecoach.techniques.whole_turn import settle

ERRORS = Path(__file__).parent.parent / "voicecoach" / "studio" / "detector_errors.json"


def reports(probability: NDArray[np.float64]) -> list[dict[str, float]]:
    """What a call would report of each line: confidence by id. ``probability`` (lines, ids and NOTHING)."""
    weights = shipped_model().weights
    return [settle(reported(weights, row)) for row in probability.tolist()]


def left_out(typed: list[Line], jobs: int) -> NDArray[np.float64]:
    """Probabilities (lines, ids and NOTHING) of the misheard lines, with the calibration of the shipped weights."""
    lines = typed + [misheard(line) for line in typed]
    weights = np.array([1.0] * len(typed) + [PLAIN_WEIGHT] * len(typed))
    x, _ = matrix_of(lines)
    scores = left_out_scores(x, labels_of(lines), weights, np.array([line.writer for line in lines]), jobs)
    shipped = shipped_model().weights
    return np.asarray(1 / (1 + np.exp(-(shipped.slope * scores[len(typed) :] + shipped.offset))), np.float64)


def counted(labels: list[frozenset[str]], said: list[dict[str, float]]) -> dict[str, Any]:
    """The counts: of each id how often it was there and missed, and what was heard wrongly beside it, or of nothing."""
    ids: dict[str, Any] = {}
    for id_ in TEXT_IDS:
        mine = [(label, report) for label, report in zip(labels, said, strict=True) if id_ in label]
        beside = Counter(other for label, report in mine for other in report if other not in label)
        right = [report[id_] for _, report in mine if id_ in report]
        ids[id_] = {
            "lines": len(mine),
            "missed": len(mine) - len(right),
            "confidence": round(float(np.mean(right)), 3) if right else 0.0,
            "false_beside": dict(sorted(beside.items())),
        }
    unlabelled = [report for label, report in zip(labels, said, strict=True) if not label]
    wrong = [report[id_] for label, report in zip(labels, said, strict=True) for id_ in report if id_ not in label]
    return {
        "ids": ids,
        "unlabelled": {
            "lines": len(unlabelled),
            "false": dict(sorted(Counter(id_ for report in unlabelled for id_ in report).items())),
        },
        "false_confidence": round(float(np.mean(wrong)), 3),
    }


def main() -> None:
    """Measures, and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ERRORS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scores", type=Path, help="what training.train kept with --keep-scores, if it is at hand")
    options = parser.parse_args()
    typed = read_lines()
    kept = np.load(options.scores)["probability"][len(typed) :] if options.scores else left_out(typed, options.jobs)
    counts = counted([frozenset(line.labels) for line in typed], reports(kept))
    head = {
        "format": 1,
        "about": "made by python -m training.measure_errors: what is missed and heard wrongly in writers left out",
        "lines": len(typed),
        "detector": detector_version(),
    }
    options.out.write_text(json.dumps({**head, **counts}, indent=1) + "\n", encoding="utf-8")
    missed = sum(each["missed"] for each in counts["ids"].values())
    there = sum(each["lines"] for each in counts["ids"].values())
    say(f"{len(typed)} lines: {missed / there:.1%} of {there} labels missed; wrote {options.out}")


if __name__ == "__main__":
    main()
