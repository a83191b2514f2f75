"""How figures are kept and shown."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

FOLDER = Path("build/bench")
Figures = dict[str, float]

WANTED: dict[str, tuple[str, float]] = {
    "gap_ms_p50": ("<=", 370.0),
    "gap_ms_p95": ("<=", 1000.0),
    "compute_ms_p50": ("<=", 120.0),
    "compute_ms_p95": ("<=", 300.0),
    "cutoff_share": ("<=", 0.05),
    "duck_ms_p95": ("<=", 120.0),
    "silent_ms_p95": ("<=", 250.0),
    "backchannel_stop_share": ("<=", 0.02),
    "noise_stop_share": ("<=", 0.02),
    "rig_self_trigger_count_gate": ("<=", 0.0),
    "rig_self_trigger_count_cancel": ("<=", 0.0),
    "office_20db_gap_more_ms_p50": ("<=", 100.0),
    "office_10db_gap_more_ms_p50": ("<=", 100.0),
    "office_20db_cutoff_ratio": ("<=", 2.0),
    "office_10db_cutoff_ratio": ("<=", 2.0),
    "office_20db_cutoff_any_ratio": ("<=", 2.0),
    "office_10db_cutoff_any_ratio": ("<=", 2.0),
    "micro_f1": (">=", 0.85),
    "macro_f1": (">=", 0.80),
    "worst_f1": (">=", 0.60),
    "false_alarm_share": ("<=", 0.06),
    "near_miss_share": (">=", 0.80),
    "spoken_loss": ("<=", 0.05),
    "us_per_utterance": ("<=", 1000.0),
    "early_taken_back_share": ("<=", 0.02),
    "render_ms_p50": ("<=", 30.0),
    "report_ms": ("<=", 2000.0),
    "report_command_ms": ("<=", 2000.0),
    "calls_per_second": (">=", 2000.0),
    "help_ms": ("<=", 300.0),
    "start_ms": ("<=", 2000.0),
    "vosk_wer": ("<=", 0.10),
    "on_topic_share": (">=", 0.90),
    "expert_least": (">=", 0.90),
    "average_least": (">=", 0.40),
    "average_most": ("<=", 0.70),
    "novice_most": ("<=", 0.35),
    "hostile_most": ("<=", 0.02),
    "apologizes_only_most": ("<=", 0.05),
    "silent_most": ("<=", 0.0),
    "out_of_bounds": ("<=", 0.0),
    "self_trigger_count": ("<=", 0.0),
    "self_trigger_count_gate": ("<=", 0.0),
    "devices_lost": ("<=", 0.0),
    "dropped_blocks": ("<=", 0.0),
    "overruns": ("<=", 0.0),
    "underruns": ("<=", 0.0),
    "track_drift_ms": ("<=", 20.0),
    "self_trigger_count_cancel": ("<=", 0.0),
    "history_ms": ("<=", 1000.0),
    "history_ms_postgres": ("<=", 1000.0),
    "kills": (">=", 50.0),
    "lost_seconds_max": ("<=", 1.0),
    "lost_steps": ("<=", 0.0),
    "unrecovered": ("<=", 0.0),
}
"""What each figure is to reach; a figure not named here is for information."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0..1) of the values lie (nearest rank); NaN for none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


def keep(name: str, figures: Mapping[str, object]) -> None:
    """Write build/bench/NAME.json, figures with flat keys."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def show(console: Console, name: str, figures: Figures) -> None:
    """One table."""
    table = Table(title=name, title_justify="left")
    table.add_column("figure")
    table.add_column("measured", justify="right")
    table.add_column("wanted", justify="right")
    table.add_column("")
    for key, value in figures.items():
        sign, bound = WANTED.get(key, ("", math.nan))
        verdict = "" if not sign else "yes" if (value <= bound if sign == "<=" else value >= bound) else "NO"
        table.add_row(key, f"{value:.4g}", f"{sign} {bound:g}" if sign else "", verdict)
    console.print(table)
