"""What was typed after `voicecoach call`."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

SEEDS = 100_000


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What was typed after `voicecoach call`."""

    persona: str
    chosen: bool = True
    """The persona was named, not only the one that calls when none is."""
    stt: str | None = None
    model: Path | None = None
    seed: int | None = None
    record: bool = True
    mic: Path | None = None
    script: Path | None = None
    voiced: bool = False
    out: Path | None = None
    as_json: bool = False
    input_device: str | None = None
    output_device: str | None = None
    techniques: Path | None = None
    echo: str = "auto"
    voice: str | None = None
    telephone: bool | None = None
    again: str | None = None
    from_turn: str | None = None
    rubric: Path | None = None
    no_open: bool = False
    trainee: str = ""

    @property
    def from_file(self) -> bool:
        """The trainee is a file: the same file is the same call every time."""
        return self.mic is not None or self.script is not None

    @property
    def stays_closed(self) -> bool:
        """No report is opened: it is not wanted, or nobody took the call but a file."""
        return self.no_open or self.from_file

    def seed_of_call(self) -> int:
        """The seed that was given; else 1 for files, and another one each time for people."""
        if self.seed is not None:
            return self.seed
        return 1 if self.from_file else secrets.randbelow(SEEDS)
