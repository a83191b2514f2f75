"""Somebody at the command line, as the journeys need them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("voicecoach"))


class Person:
    """Somebody at the command line, with a data folder of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "VOICECOACH_HOME": str(self.home), "COLUMNS": "80"}
        return subprocess.run(
            [PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, check=False
        )

    def sees(self, *words: str) -> Any:
        done = self.types(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def is_told(self, *words: str) -> str:
        done = self.types(*words)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        return line
