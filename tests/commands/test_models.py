"""`voicecoach models` as it is typed, in a process of its own and in this one."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rich.console import Console

from voicecoach.commands import models
from voicecoach.stt import registry
from voicecoach.stt.registry import Digest, default_model

PARTS = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLG.fst", "graph/phones/word_boundary.int")
SMALL = "vosk-model-small-en-us-0.15"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def voicecoach(home: Path) -> Run:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "voicecoach", "models", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    return run


def put_model(folder: Path) -> None:
    for part in PARTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"x")


# ------------------------------------------------------------------------------------------------------------- list


def test_list_names_every_model_with_its_size_and_which_is_here(voicecoach: Run, home: Path) -> None:
    put_model(home / "models" / "vosk-model-small-en-in-0.4")
    (home / "models" / "my-own").mkdir()
    shown = voicecoach("list")
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = {line.split()[0]: line for line in shown.stdout.splitlines() if not line.startswith(" ")}
    assert lines[SMALL].endswith("41 MB  en-US  default")
    assert lines["vosk-model-small-en-in-0.4"].endswith("38 MB  en-IN  installed")
    assert "incomplete (am/final.mdl, " in lines["my-own"]
    assert str(home / "models") in shown.stdout


def test_list_as_json_is_one_list_of_objects(voicecoach: Run, home: Path) -> None:
    put_model(home / "models" / "my-own")
    rows = {row["name"]: row for row in json.loads(voicecoach("list", "--json").stdout)}
    assert rows[SMALL]["bytes"] == 41_205_931
    assert rows[SMALL]["digest"]["algorithm"] == "sha256"
    assert rows[SMALL]["installed"] is False
    assert rows["vosk-model-en-in-0.5"]["digest"] is None
    assert rows["my-own"] == {
        "name": "my-own",
        "installed": True,
        "folder": str(home / "models" / "my-own"),
        "missing": [],
    }


def test_where_prints_the_folder_and_makes_nothing(voicecoach: Run, home: Path) -> None:
    assert voicecoach("where").stdout == f"{home / 'models'}\n"
    assert not home.exists()


# ------------------------------------------------------------------------------------------------------------ fetch


def test_an_unknown_name_is_one_line_with_the_nearest_and_exit_2(voicecoach: Run, home: Path) -> None:
    said = voicecoach("fetch", "vosk-model-small-en-uk-0.15")
    assert said.returncode == 2
    assert said.stdout == ""
    assert said.stderr.count("\n") == 1
    assert SMALL in said.stderr
    assert not home.exists()


def test_a_machine_that_is_off_line_gets_one_line_with_what_to_do_and_exit_2(voicecoach: Run, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    said = voicecoach("fetch", SMALL, "--from", nobody)
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "cannot reach 127.0.0.1" in said.stderr
    assert f"unpack it into {home / 'models'}" in said.stderr
    assert "--stt sphinx" in said.stderr


def test_without_a_name_the_default_model_is_meant(voicecoach: Run, home: Path) -> None:
    put_model(home / "models" / SMALL)
    assert voicecoach("fetch").stdout.startswith(f"{SMALL} is already there")


def test_a_wrong_archive_on_a_stick_is_refused(voicecoach: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "m.zip").write_bytes(b"short")
    said = voicecoach("fetch", SMALL, "--from", str(tmp_path / "m.zip"))
    assert said.returncode == 2
    assert "has 5 bytes and 41205931 are published" in said.stderr
    assert list((home / "models").iterdir()) == []


def test_a_model_that_is_there_is_said_to_be(voicecoach: Run, home: Path) -> None:
    put_model(home / "models" / SMALL)
    said = voicecoach("fetch", SMALL)
    assert (said.returncode, said.stdout) == (0, f"{SMALL} is already there: {home / 'models' / SMALL}\n")


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A web server with a small stand-in for the default model, which the list is made to describe."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in PARTS:
            archive.writestr(f"top/{part}", random.Random(part).randbytes(200_000))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / f"{SMALL}.zip").write_bytes(buffer.getvalue())
    stand_in = dataclasses.replace(
        default_model(),
        bytes=len(buffer.getvalue()),
        digest=Digest("sha256", hashlib.sha256(buffer.getvalue()).hexdigest()),
    )
    monkeypatch.setattr(registry, "known_models", lambda: (stand_in,))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has above us
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_in_a_pipe_progress_is_plain_lines(mirror: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = models.fetch_model(SMALL, mirror)
    assert folder == home / "models" / SMALL
    assert (folder / "am" / "final.mdl").stat().st_size == 200_000
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{SMALL}, 41 MB, licence Apache-2.0"
    assert lines[-1] == f"{SMALL} is ready: {folder}"
    assert all(re.fullmatch(r"(download|check|unpack) \d+0 %", line) for line in lines[1:-1])
    assert [line for line in lines if "100" in line] == ["download 100 %", "check 100 %", "unpack 100 %"]


def test_on_a_terminal_progress_is_a_bar(mirror: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(models, "Console", lambda **_: Console(file=screen, force_terminal=True, width=80))
    models.fetch_model(SMALL, mirror)
    assert "━" in screen.getvalue()
    assert "unpack 100 %" not in screen.getvalue()
    assert (home / "models" / SMALL / "conf" / "model.conf").exists()


def test_an_archive_on_a_stick_is_unpacked(mirror: str, home: Path, tmp_path: Path) -> None:
    models.fetch_model(SMALL, str(tmp_path / "shelf" / f"{SMALL}.zip"))
    assert (home / "models" / SMALL / "conf" / "model.conf").exists()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_it_with_a_line_and_keeps_what_came(home: Path) -> None:
    """A server that sends a megabyte of the real size and then waits, and a person who does not."""
    size = default_model().bytes or 0
    with socket.create_server(("127.0.0.1", 0)) as slow:
        address = f"http://127.0.0.1:{slow.getsockname()[1]}"
        command = [sys.executable, "-m", "voicecoach", "models", "fetch", SMALL, "--from", address]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line, _ = slow.accept()
        with line:
            line.recv(10_000)
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode() + bytes(1_000_000))
            part = home / "models" / f"{SMALL}.zip.part"
            wait_until(part.exists)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "the same command goes on from there" in out
    assert err == ""
    assert 0 < part.stat().st_size <= 1_000_000


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def test_listing_needs_neither_the_network_nor_the_recognisers(home: Path) -> None:
    code = (
        "import sys; from voicecoach.commands.models import list_models; list_models(True);"
        "assert not {'httpx', 'vosk', 'pocketsphinx', 'sounddevice', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
