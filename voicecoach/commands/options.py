"""What was typed after `voicecoach call`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What was typed after `voicecoach call`."""

    persona: str
    stt: str | None = None
    model: Path | None = None
    seed: int = 1
    record: bool = True
    mic: Path | None = None
    script: Path | None = None
    voiced: bool = False
    out: Path | None = None
    as_json: bool = False
    input_device: str | None = None
    output_device: str | None = None
    techniques: Path | None = None
