"""`make bench-feel`: everything about how a call feels, into build/bench/feel.json and build/bench/feel.html."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

from bench.feel.barging import measure_barging
from bench.feel.detectors import Scored, measure_detectors
from bench.feel.duplex import measure_duplex
from bench.feel.gap import measure_gap
from bench.feel.listeners import Listeners
from bench.feel.page import write_page
from bench.feel.pauses import COMPUTE_MS, measure_pauses
from bench.report import FOLDER, Figures
from bench.rig import missing
from voicecoach.stt.model_folder import synthetic_model_folder
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

ECHO = Path("echo.json")
SELF_TRIGGERS = "self_trigger_count"


def measure() -> Figures:
    """The figures of DESIGN section 12 and what lies behind them."""
    figures: Figures = {}
    histograms: dict[str, list[float]] = {}
    if lacking := missing():
        sys.stderr.write(f"bench: nothing is measured over devices, this machine lacks {lacking}\n")
    else:
        figures, answers = measure_gap()
        histograms["Gap over devices"] = [answer.gap_ms for answer in answers]
        histograms["Gap without the deliberate silence"] = [answer.compute_ms for answer in answers]
        barged, times = measure_barging()
        figures |= barged
        histograms["Barge-in over devices: silent after"] = times["silent"]
        histograms["Barge-in over devices: lower after"] = times["duck"]
    compute_ms = figures.get("compute_ms_p50", COMPUTE_MS)
    model = synthetic_model_folder()
    with closing(Pyttsx3Voice()) as voice, closing(VoskRecognizer(model)) as recognizer:
        with Listeners() as listeners:
            paused, curves, rows = measure_pauses(listeners, voice, compute_ms)
        both, times = measure_duplex(recognizer, voice)
        judged, table = measure_detectors(voice)
    histograms |= {f"In audio time: {name}": values for name, values in times.items()}
    figures = {**figures, **paused, **both, **judged, **echo_figures()}
    tables = {"Pauses in mid-turn": rows, "Voice activity detectors": detector_rows(table)}
    sys.stderr.write(f"bench: {write_page(figures, histograms, curves, tables)}\n")
    return figures


def echo_figures(folder: Path = FOLDER) -> Figures:
    """What ``python -m bench echo``, which takes ten minutes for each guard, kept in this folder of self-triggering.

    ``self_trigger_count`` is of the worse guard; nothing where it was not measured.
    """
    file = folder / ECHO
    if not file.is_file():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    counts: Figures = {key: float(value) for key, value in kept.items() if key.startswith(SELF_TRIGGERS)}
    return {SELF_TRIGGERS: max(counts.values()), **counts} if counts else {}


def detector_rows(table: dict[str, dict[str, Scored]]) -> list[list[str]]:
    """The detectors beside each other, a line for each condition."""
    head = ["detector", "condition", "missed", "false", "onset p50", "overhang p95", "microseconds a block"]
    return [
        head,
        *(
            [
                name,
                condition,
                f"{100 * scored.missed:.1f} %",
                f"{100 * scored.false_alarm:.1f} %",
                f"{scored.onset_ms:.0f} ms",
                f"{scored.overhang_ms:.0f} ms",
                f"{scored.us_a_block:.0f}",
            ]
            for name, row in table.items()
            for condition, scored in row.items()
        ),
    ]
