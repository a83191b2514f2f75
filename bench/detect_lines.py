"""The labelled lines that the detector is measured on, which its training has never seen.

They lie beside the project (``../shared/lines``). Where they do not, a hand of ``training/lines`` stands in for them;
the weights know that hand, so its figures have other names and say nothing about lines never seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path("../shared/lines")
KNOWN_HAND = Path("training/lines/utilities_uk.jsonl")

AGENT_IDS = frozenset(
    "apologize thank empathize paraphrase own offer check_satisfaction hold overpromise cannot defensive "
    "blame_customer doubt clarify".split()
)
"""What was looked for in the lines of real agents; nothing is known about the other ids there."""

AGENT_SAMPLINGS = {"random": "random", "targeted": "targeted", "all": "whole_calls"}
"""How a line of a real agent came into the sample (by the first word of ``sampling``): what its figures are named."""


@dataclass(frozen=True, slots=True)
class Line:
    """A trainee turn with the caller's words before it and the labels that a reader gave it."""

    text: str
    context: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A line with ids whose usual words it has without meaning them, and ids that it means in unusual words."""

    line: Line
    unmeant: frozenset[str]
    unusual: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """What there is to measure on. ``prefix`` goes before the names of figures that are no test."""

    title: str
    prefix: str
    lines: tuple[Line, ...]
    near_misses: tuple[NearMiss, ...] = ()
    agents: tuple[tuple[str, tuple[Line, ...]], ...] = ()


def labelled_lines(shared: Path = SHARED, known_hand: Path = KNOWN_HAND) -> LabelledLines:
    """The lines in ``shared``; where there are none, the training lines of ``known_hand``, named as such."""
    if not (shared / "lines.jsonl").exists():
        lines = tuple(_line(record) for record in _records(known_hand))
        return LabelledLines(f"{known_hand}, which the weights were trained on: no test", "known_hand_", lines)
    by_id = {record["id"]: _line(record) for record in _records(shared / "lines.jsonl")}
    near = tuple(
        NearMiss(
            by_id[record["id"]],
            frozenset(record["words_but_no_label"]),
            frozenset(record["label_without_usual_words"]),
        )
        for record in _records(shared / "near_misses.jsonl")
    )
    agents: dict[str, list[Line]] = {name: [] for name in AGENT_SAMPLINGS.values()}
    for record in _records(shared / "real_agent_lines.jsonl"):
        agents[AGENT_SAMPLINGS[record["sampling"].replace(":", " ").split()[0]]].append(_line(record))
    apart = tuple((name, tuple(lines)) for name, lines in agents.items() if lines)
    return LabelledLines(f"{shared}, never trained on", "", tuple(by_id.values()), near, apart)


def _line(record: dict[str, Any]) -> Line:
    return Line(record["text"], record.get("context", ""), frozenset(record["labels"]))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for text in path.read_text(encoding="utf-8").splitlines():
            if text.strip():
                yield json.loads(text)
