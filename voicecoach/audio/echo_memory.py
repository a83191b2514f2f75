"""What the echo test found, kept for each pair of devices in the person's own folder."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from voicecoach.audio.echo_finding import Echo
from voicecoach.errors import StorageError

FILE_NAME = "echo.json"
MOST_PAIRS = 50
NOTHING_DB = -200.0
"""Stands in the file for nothing that came back: JSON has no infinity."""


def recall(home: Path, microphone: str, loudspeaker: str) -> Echo | None:
    """What was found for this pair; None when it was never tested (or the file is not ours, and will be replaced)."""
    found = _read(home).get(_pair(microphone, loudspeaker))
    if not isinstance(found, dict):
        return None
    delay_ms, level_db = found.get("delay_ms"), found.get("level_db")
    if not all(isinstance(value, int | float) and math.isfinite(value) for value in (delay_ms, level_db)):
        return None
    return Echo(float(delay_ms) / 1000.0, float(level_db))  # type: ignore[arg-type]  # checked in the line above


def remember(home: Path, microphone: str, loudspeaker: str, echo: Echo) -> None:
    """Keep it; of more than fifty pairs the oldest are forgotten. Raises ``StorageError``."""
    pairs = _read(home)
    pair = _pair(microphone, loudspeaker)
    pairs.pop(pair, None)
    level_db = max(NOTHING_DB, echo.level_db)
    pairs[pair] = {"delay_ms": round(1000.0 * echo.delay_seconds, 1), "level_db": round(level_db, 1)}
    kept = dict(list(pairs.items())[-MOST_PAIRS:])
    file = home / FILE_NAME
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"what the echo test found cannot be kept ({error.strerror or error})",
            where=str(file),
            remedy="give yourself access to it",
        ) from error


def _pair(microphone: str, loudspeaker: str) -> str:
    return f"{microphone} | {loudspeaker}"


def _read(home: Path) -> dict[str, Any]:
    try:
        read = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
