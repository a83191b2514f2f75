"""The golden calls of the shipped callers hold."""

from __future__ import annotations

import pytest

from voicecoach.persona.loading import file_of, list_personas, load
from voicecoach.studio.golden_judge import golden_findings

CALLERS = [summary.id for summary in list_personas()]


@pytest.mark.parametrize("name", CALLERS)
def test_its_golden_calls_hold(name: str) -> None:
    _, findings = golden_findings(load(name), file_of(name))
    assert not findings, "\n".join(f"{finding}\n  " + "\n  ".join(finding.detail) for finding in findings)
