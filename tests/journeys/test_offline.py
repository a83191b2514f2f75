"""Nothing leaves the machine: no socket is opened during a call, by the program or by any process it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

WATCHMAN = """
import os, sys
def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        with open(os.environ["SOCKETS_SEEN"], "a") as file:
            file.write(f"{event} {arguments!r}\\n")
        raise RuntimeError(f"a socket in mid-call: {event}")
sys.addaudithook(watch)
with open(os.environ["WATCHED"], "a") as file:
    file.write(" ".join(sys.orig_argv) + "\\n")
"""


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "sitecustomize.py").write_text(WATCHMAN, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "SOCKETS_SEEN": str(tmp_path / "sockets"),
        "WATCHED": str(tmp_path / "watched"),
        "VOICECOACH_HOME": str(tmp_path / "home"),
    }
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
    )


def test_the_watchman_sees_a_socket(tmp_path: Path) -> None:
    tried = run(tmp_path, "-c", "import socket; socket.socket()")
    assert tried.returncode != 0
    assert "socket.__new__" in (tmp_path / "sockets").read_text(encoding="utf-8")


def test_a_voiced_call_opens_no_socket(tmp_path: Path) -> None:
    played = run(tmp_path, "-m", "voicecoach", "demo", "--silent", "--json")
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["outcome"] == "resolved"
    assert not (tmp_path / "sockets").exists()
    watched = (tmp_path / "watched").read_text(encoding="utf-8")
    assert "voicecoach.tts.worker" in watched, "the voice's own process was watched too"


def test_a_call_heard_by_pocketsphinx_opens_no_socket(tmp_path: Path) -> None:
    script = tmp_path / "turns.yaml"
    script.write_text("turns:\n  - say: i am so sorry about that\n", encoding="utf-8")
    played = run(tmp_path, "-m", "voicecoach", "call", "--script", str(script), "--voiced", "--stt", "sphinx", "--json")
    assert played.returncode == 0, played.stderr
    assert any(turn["who"] == "trainee" for turn in json.loads(played.stdout)["turns"])
    assert not (tmp_path / "sockets").exists()
    assert "voicecoach.stt.sphinx_worker" in (tmp_path / "watched").read_text(encoding="utf-8")
