"""How long the detector takes an utterance."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench.report import Figures, percentile
from voicecoach.techniques.detector import TextDetector

LINES = Path("training/lines")
REPEATS = 3


def measure() -> Figures:
    """us_per_utterance: the median over the lines in the repository, each the best of three."""
    lines = [json.loads(line) for file in sorted(LINES.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    detector = TextDetector()
    detector.detect(lines[0]["text"], lines[0]["context"])
    times = []
    for line in lines[:: max(1, len(lines) // 1000)]:
        best = min(_once(detector, line) for _ in range(REPEATS))
        times.append(best * 1e6)
    return {"us_per_utterance": percentile(times, 0.5), "us_per_utterance_p95": percentile(times, 0.95)}


def _once(detector: TextDetector, line: dict[str, str]) -> float:
    start = time.perf_counter()
    detector.detect(line["text"], line["context"])
    return time.perf_counter() - start
