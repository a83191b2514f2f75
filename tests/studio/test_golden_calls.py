"""The golden calls of the shipped callers: each is handled well, badly and so-so, and the calls hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.persona.loading import file_of, list_personas, load
from voicecoach.persona.shelf import read_file
from voicecoach.studio.golden import golden_files, parse_golden
from voicecoach.studio.golden_judge import golden_findings

CALLERS = [summary.id for summary in list_personas()]
FEWEST_EXPECTATIONS = 4


@pytest.mark.parametrize("name", CALLERS)
def test_its_golden_calls_hold(name: str) -> None:
    _, findings = golden_findings(load(name), file_of(name))
    assert not findings, "\n".join(f"{finding}\n  " + "\n  ".join(finding.detail) for finding in findings)


@pytest.mark.parametrize("name", CALLERS)
def test_it_is_handled_well_badly_and_so_so(name: str) -> None:
    files = {Path(file.name).stem: file for file in golden_files(file_of(name))}
    assert {"well", "badly", "mixed"} <= files.keys()
    calls = {kind: parse_golden(read_file(file), str(file)) for kind, file in files.items()}
    for call in calls.values():
        expected = sum(len(turn.expected) for turn in call.turns) + len(call.expected)
        assert expected >= FEWEST_EXPECTATIONS, call.file
        assert len(call.seeds) >= 3


def test_no_golden_call_lies_beside_nobody() -> None:
    folder = Path(str(file_of(CALLERS[0]))).parent / "golden"
    assert sorted(entry.name for entry in folder.iterdir()) == CALLERS
