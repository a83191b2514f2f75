"""What the echo bench measured of self-triggering stands among the figures of how a call feels."""

from __future__ import annotations

from pathlib import Path

from bench.feel.measuring import echo_figures
from bench.report import WANTED

KEPT = """{"minutes": 10.0, "gate_bare_triggers": 0.0, "cancel_bare_triggers": 2.0,
    "self_trigger_count_gate": 0.0, "self_trigger_count_cancel": 2.0}"""


def test_each_guard_is_told_and_the_worse_one_counts(tmp_path: Path) -> None:
    (tmp_path / "echo.json").write_text(KEPT, encoding="utf-8")
    figures = echo_figures(tmp_path)
    assert figures == {"self_trigger_count": 2.0, "self_trigger_count_gate": 0.0, "self_trigger_count_cancel": 2.0}
    assert all(WANTED[name] == ("<=", 0.0) for name in figures)


def test_what_was_not_measured_is_not_told(tmp_path: Path) -> None:
    assert echo_figures(tmp_path) == {}
    (tmp_path / "echo.json").write_text('{"minutes": 0.1}', encoding="utf-8")
    assert echo_figures(tmp_path) == {}
