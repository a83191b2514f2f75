"""The labelled training lines: one writer a file, or several files ``writer.what.jsonl``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

LINES = Path(__file__).parent / "lines"


@dataclass(frozen=True, slots=True)
class Line:
    """A trainee turn with the caller's words before it, its labels, and who wrote it."""

    writer: str
    text: str
    context: str
    labels: frozenset[str]


def read_file(path: Path) -> list[Line]:
    """The lines of one JSON-lines file; the writer is its name up to the first full stop."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Line(path.stem.partition(".")[0], r["text"], r.get("context", ""), frozenset(r["labels"])) for r in records]


def read_lines(folder: Path = LINES) -> list[Line]:
    """Every line of every writer, in a fixed order."""
    return [line for path in sorted(folder.glob("*.jsonl")) for line in read_file(path)]
