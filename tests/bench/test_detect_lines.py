"""Where the lines come from that the detector is measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.detect_lines import labelled_lines


def write(path: Path, *records: Mapping[str, object]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    write(
        tmp_path / "lines.jsonl",
        {"id": "a1", "context": "No!", "text": "Hold on to your ticket.", "labels": []},
        {"id": "a2", "context": "", "text": "I'm on it.", "labels": ["own"]},
    )
    write(
        tmp_path / "near_misses.jsonl",
        {"id": "a1", "words_but_no_label": ["hold"], "label_without_usual_words": []},
        {"id": "a2", "words_but_no_label": [], "label_without_usual_words": ["own"]},
    )
    write(
        tmp_path / "real_agent_lines.jsonl",
        *(
            {"id": str(number), "context": "", "text": "x", "labels": ["thank"], "sampling": sampling}
            for number, sampling in enumerate(("random", "targeted:hold", "all agent turns", "random"))
        ),
    )
    return tmp_path


def test_the_untouched_lines_with_their_near_misses_and_the_agents_apart(shared: Path, tmp_path: Path) -> None:
    data = labelled_lines(shared, tmp_path / "unused.jsonl")
    assert data.prefix == ""
    assert [sorted(line.labels) for line in data.lines] == [[], ["own"]]
    assert [(near.line.text, sorted(near.unmeant | near.unusual)) for near in data.near_misses] == [
        ("Hold on to your ticket.", ["hold"]),
        ("I'm on it.", ["own"]),
    ]
    assert {name: len(lines) for name, lines in data.agents} == {"random": 2, "targeted": 1, "whole_calls": 1}


def test_without_them_a_known_hand_stands_in_and_its_figures_are_named_so(shared: Path, tmp_path: Path) -> None:
    data = labelled_lines(tmp_path / "nowhere", shared / "lines.jsonl")
    assert data.prefix == "known_hand_"
    assert "no test" in data.title
    assert len(data.lines) == 2
    assert not data.near_misses
    assert not data.agents
