"""How long the program takes to start: `--help`, and a call up to its first line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Figures, percentile

RUNS = 7


def measure() -> Figures:
    """help_ms, start_ms: medians over whole processes."""
    return {"help_ms": _median(["--help"]), "start_ms": _first_line_ms()}


def _command(arguments: list[str]) -> list[str]:
    return [str(Path(sys.executable).with_name("voicecoach")), *arguments]


def _median(arguments: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(_command(arguments), check=True, capture_output=True)
        times.append((time.perf_counter() - start) * 1000)
    return percentile(times, 0.5)


def _first_line_ms() -> float:
    """From the start of the process to the caller's first words on the screen, everything loaded and warm."""
    script = "turns:\n  - say: hello\n"
    times = []
    with tempfile.TemporaryDirectory() as folder:
        turns = Path(folder) / "turns.yaml"
        turns.write_text(script, encoding="utf-8")
        environment = {**os.environ, "VOICECOACH_HOME": folder, "PYTHONUNBUFFERED": "1"}
        for _ in range(RUNS):
            start = time.perf_counter()
            process = subprocess.Popen(
                _command(["call", "--script", str(turns), "--voiced"]),
                stdout=subprocess.PIPE,
                env=environment,
                text=True,
            )
            assert process.stdout is not None
            for line in process.stdout:
                if "CALLER" in line:
                    times.append((time.perf_counter() - start) * 1000)
                    break
            process.stdout.close()
            process.wait()
    return percentile(times, 0.5)
