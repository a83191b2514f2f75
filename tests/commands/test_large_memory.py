"""What is freed of large arrays leaves the process."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from voicecoach.commands.large_memory import give_back_large_memory

PROGRAM = """
import numpy as np
from voicecoach.commands.large_memory import give_back_large_memory

def own_kilobytes():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))

assert give_back_large_memory()
before = own_kilobytes()
kept = []
for count in range(200):  # small pieces settle in between large ones that come and go
    large = [np.ones(100_000 + 1000 * count, np.int16) for _ in range(3)]
    kept.append(np.ones(600, np.int16))
    del large
print(own_kilobytes() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_a_program_does_not_grow_by_large_arrays_that_are_freed() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 700


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.libc_ver", lambda: ("", ""))
    assert not give_back_large_memory()
