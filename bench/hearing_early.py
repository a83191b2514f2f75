"""How often a strong provocation is told while the trainee still speaks, and how often the whole turn takes it back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import median

from bench.report import Figures
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.early import STRONG_IDS, EarlyEar
from voicecoach.values import Detection

LINES = Path("training/lines")
EVERY = 4
"""Every so many-th line of all writers is fed word by word: enough for the third decimal."""

_SPOKEN = re.compile(r"[a-z0-9']+")
"""What a recogniser would leave of a typed line."""


def measure(every: int = EVERY) -> Figures:
    """Shares of all turns: with an early report, and with one that the judgement of the whole turn does not have.

    ``early_words_ahead`` is the median of how many words before the end it came.
    """
    lines = [json.loads(line) for file in sorted(LINES.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    detector = TextDetector()
    ear = EarlyEar(detector)
    told = taken_back = strong = 0
    ahead: list[float] = []
    chosen = lines[::every]
    for line in chosen:
        words = _SPOKEN.findall(line["text"].lower())
        final = {d.id for d in detector.detect(" ".join(words), line["context"]) if d.confidence >= MINIMUM_CONFIDENCE}
        strong += bool(final & STRONG_IDS)
        found, count = first_told(ear, words, line["context"])
        if found is not None:
            told += 1
            taken_back += found.id not in final
            ahead.append(len(words) - count)
    return {
        "early_share": told / len(chosen),
        "early_of_strong_share": told / max(1, strong),
        "early_taken_back_share": taken_back / len(chosen),
        "early_words_ahead": median(ahead) if ahead else 0.0,
    }


def first_told(ear: EarlyEar, words: list[str], context: str) -> tuple[Detection | None, int]:
    """The first report before the last word, and after how many words it came."""
    for count in range(2, len(words)):
        found = ear.hear(" ".join(words[:count]), context)
        if found is not None:
            return found, count
    return None, len(words)
