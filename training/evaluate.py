"""Aggregate figures of the shipped detector on files of labelled lines: ``python -m training.evaluate FILE...``.

Prints micro, macro and worst F1 and the false alarms; never a line. ``--by-id`` adds precision and recall per id,
``--near FILE`` the share of near misses that are right.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.lines_data import Line, read_file
from training.measure import measure, report
from training.noise import as_recognised
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.ids import TEXT_IDS


def said_by(detector: TextDetector, lines: list[Line]) -> NDArray[np.bool_]:
    """(lines, ids): what the detector reports."""
    found = [{d.id for d in detector.detect(line.text, line.context)} for line in lines]
    return np.array([[id_ in ids for id_ in TEXT_IDS] for ids in found])


def near_miss_share(detector: TextDetector, path: Path, lines_path: Path) -> float:
    """Share of the near misses judged right.

    The near-miss file names a line, ids whose usual words it has without meaning them (they must not be reported) and
    ids that it means without their usual words (they must be).
    """
    by_id = {record["id"]: record for record in map(json.loads, lines_path.read_text(encoding="utf-8").splitlines())}
    right: list[bool] = []
    for near in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        line = by_id[near["id"]]
        said = {d.id for d in detector.detect(line["text"], line.get("context", ""))}
        right.append(not said & set(near["words_but_no_label"]) and said >= set(near["label_without_usual_words"]))
    return sum(right) / max(1, len(right))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--by-id", action="store_true")
    parser.add_argument("--near", type=Path)
    options = parser.parse_args()
    detector = TextDetector()
    for path in options.files:
        typed = read_file(path)
        for title, lines in ((path.stem, typed), (f"{path.stem}, unpunctuated", [as_recognised(x) for x in typed])):
            y = np.array([[id_ in line.labels for id_ in TEXT_IDS] for line in lines])
            said = said_by(detector, lines)
            figures = {key: round(value, 3) for key, value in measure(y, said).items()}
            sys.stdout.write(f"{report(y, said, title) if options.by_id else f'{title}: {figures}'}\n")
        if options.near:
            sys.stdout.write(f"near misses right: {near_miss_share(detector, options.near, path):.3f}\n")


if __name__ == "__main__":
    main()
