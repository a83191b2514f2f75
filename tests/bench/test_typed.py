"""The turns that others typed, with pauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.feel.typed import TURNS, typed_scripts
from tests.needs import need


def test_a_pause_comes_after_every_segment_but_the_last_and_never_after_a_question() -> None:
    need(Path("../shared/lines/lines.jsonl").exists(), "the labelled lines are not beside the checkout")
    scripts = typed_scripts()
    assert len(scripts) == TURNS
    assert all(len(script.kinds) == len(script.segments) - 1 for script in scripts)
    assert {kind for script in scripts for kind in script.kinds} == {"c", "s", "o"}
    assert not [s for script in scripts for s, _ in zip(script.segments, script.kinds, strict=False) if s.endswith("?")]


def test_they_are_the_same_every_time() -> None:
    assert typed_scripts() == typed_scripts()


def test_without_the_lines_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "training" / "lines").mkdir(parents=True)
    (tmp_path / "training" / "lines" / "utilities_uk.jsonl").write_text("")
    assert typed_scripts() == []
