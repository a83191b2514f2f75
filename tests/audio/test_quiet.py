"""C libraries are hushed, Python is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the libraries write over the screen on Linux only")

CHILD = """
import os, sys
from voicecoach.audio.quiet import hush, hushed, unhush

def both(when):
    os.write(2, f"C {when}\\n".encode())
    print(f"Python {when}", file=sys.stderr)

both("before")
with hushed():
    both("hushed")
    hush()
both("still hushed")
unhush()
both("after")
hush()
both("hushed again")
raise SystemExit("Python dies hushed")
"""


def test_what_python_writes_comes_through_and_what_c_writes_does_not() -> None:
    child = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=False)
    assert child.stderr.splitlines() == [
        "C before",
        "Python before",
        "Python hushed",
        "Python still hushed",
        "C after",
        "Python after",
        "Python hushed again",
        "Python dies hushed",
    ]


def test_a_missing_stderr_is_no_trouble() -> None:
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.stderr = None; from voicecoach.audio.quiet import hushed\nwith hushed(): print('fine')",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.stdout == "fine\n" and child.returncode == 0
