"""The program in a call, as a child: what it says on its screen, and Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

from bench.rig import Rig
from voicecoach.audio.base import Pcm
from voicecoach.values import SAMPLE_RATE_HZ

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]
ROOM: Pcm = np.random.default_rng(1).normal(0, 12, 60 * SAMPLE_RATE_HZ).astype(np.int16)
"""A minute of a quiet room: a microphone that delivers exact zeros is refused."""


class LiveCall:
    """The program in a call, and what it has said on its screen so far."""

    def __init__(self, rig: Rig, home: Path, *arguments: str, command: tuple[str, ...] = ("call",)) -> None:
        environment = {**rig.environment, "VOICECOACH_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [*PROGRAM, *command, "--stt", "sphinx", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self.told: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.told.append(line)

    @property
    def text(self) -> str:
        return "".join(self.told)

    def wait_for(self, words: str, seconds: float = 40.0) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} was never told:\n{self.text}"
            assert self._process.poll() is None or words in self.text, self.text
            time.sleep(0.05)

    def hang_up(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self.end()

    def end(self) -> int:
        code = self._process.wait(30)
        self._reader.join(5)
        return code
