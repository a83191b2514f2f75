"""kill -9 in the middle of real calls by voice: nothing is lost but a moment of sound, and the next start mends it."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.killing import kill_after
from voicecoach.call.journal import read_journal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]


@pytest.mark.slow
def test_at_random_moments() -> None:
    chance = random.Random(7)
    moments = [chance.uniform(0.05, 5.0) for _ in range(6)]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(kill_after, moments, range(6)))
    assert max(each.lost_seconds for each in done) <= 1.0
    assert [each.lost_steps for each in done] == [0] * 6
    assert all(each.recovered for each in done)
    assert max(each.sound_seconds for each in done) > 1.0, "they were in the middle of something"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with a typed call whose program died: its journal lacks the last 300 bytes."""
    home = tmp_path / "home"
    script = tmp_path / "turns.yaml"
    script.write_text("turns:\n  - say: i am so sorry\n  - say: i will refund it today\n", encoding="utf-8")
    assert run(home, "call", "--script", str(script)).returncode == 0
    journal = next((home / "calls").glob("*/journal.jsonl"))
    journal.write_bytes(journal.read_bytes()[:-300])
    (home / "running" / journal.parent.name).touch()
    return home


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VOICECOACH_HOME": str(home), "COLUMNS": "80"}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("command", [["call", "--script", "turns.yaml"], ["call", "--script", "turns.yaml", "--json"]])
def test_the_next_call_tells_it_in_one_line(home: Path, tmp_path: Path, command: list[str]) -> None:
    command = [str(tmp_path / word) if word.endswith(".yaml") else word for word in command]
    broken = next((home / "running").iterdir()).name
    done = run(home, *command)
    assert done.returncode == 0
    told = [line for line in (done.stdout + done.stderr).splitlines() if broken in line]
    assert len(told) == 1 and "was broken off when the program ended; kept: no sound, " in told[0]
    if "--json" in command:
        assert set(json.loads(done.stdout)) >= {"outcome"}
    assert read_journal(home / "calls" / broken / "journal.jsonl").complete
    assert broken not in run(home, *command).stdout.split("Journal ")[0], "once"


def test_recover_finds_calls_without_any_mark(home: Path) -> None:
    shutil.rmtree(home / "running")
    first, second = run(home, "recover"), run(home, "recover")
    assert "was broken off" in first.stdout
    assert second.stdout == ""
    (name,) = (path.name for path in (home / "calls").iterdir())
    assert "has its end" in run(home, "recover", name).stdout
    assert run(home, "recover", "nothing").returncode == 2
