"""Fetching neural voices: the real code against a server on this machine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voicecoach.errors import DownloadError, UsageError
from voicecoach.stt.download import Patience
from voicecoach.tts.neural_voices import (
    NeuralVoice,
    VoiceFile,
    installed,
    known_voices,
    model_of,
    voices_folder,
)
from voicecoach.tts.voice_fetch import fetch_voice

BRIEF = Patience(connect_seconds=1.0, read_seconds=1.0, tries=1, pause_seconds=0.0)
CONTENTS = {"en_XX-test.onnx": b"a model" * 5000, "en_XX-test.onnx.json": b'{"audio": {}}'}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address it is served at."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name, content in CONTENTS.items():
        (folder / name).write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def voice(url: str) -> NeuralVoice:
    files = tuple(
        VoiceFile(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items()
    )
    return NeuralVoice("en_XX-test", "en-XX", "CC0-1.0", "a voice", url, files)


def test_both_files_come_whole_and_are_checked(shelf: tuple[Path, str], tmp_path: Path) -> None:
    wanted, told = voice(shelf[1]), []
    folder = fetch_voice(wanted, tmp_path, progress=lambda done, total: told.append((done, total)))
    assert folder == voices_folder(tmp_path) / "en_XX-test"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENTS
    assert installed(wanted, tmp_path)
    assert told[-1] == (sum(map(len, CONTENTS.values())),) * 2


def test_what_is_there_already_is_not_fetched_again(shelf: tuple[Path, str], tmp_path: Path) -> None:
    wanted = voice(shelf[1])
    folder = fetch_voice(wanted, tmp_path)
    nobody_answers = replace(wanted, url="http://127.0.0.1:9")
    assert fetch_voice(nobody_answers, tmp_path, patience=BRIEF) == folder


def test_a_file_that_was_changed_is_refused_and_forgotten(shelf: tuple[Path, str], tmp_path: Path) -> None:
    wanted = voice(shelf[1])
    (shelf[0] / "en_XX-test.onnx").write_bytes(b"another" * 5000)
    with pytest.raises(DownloadError, match=r"not the one published"):
        fetch_voice(wanted, tmp_path)
    assert not installed(wanted, tmp_path)
    assert not list((voices_folder(tmp_path) / "en_XX-test").iterdir())


def test_off_line_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        DownloadError, match=r"off-line, download http://127.0.0.1:9/en_XX-test.onnx on another machine"
    ):
        fetch_voice(voice("http://127.0.0.1:9"), tmp_path, patience=BRIEF)


def test_every_listed_voice_has_both_files_and_their_digests() -> None:
    assert known_voices()
    for each in known_voices():
        assert {file.name for file in each.files} == {f"{each.name}.onnx", f"{each.name}.onnx.json"}
        assert all(len(file.sha256) == 64 and file.bytes > 0 for file in each.files)
        assert each.url.startswith("https://") and each.licence


def test_a_voice_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not on this machine; run: voicecoach models fetch en_US-joe-medium"):
        model_of("en_US-joe-medium", tmp_path)
    with pytest.raises(UsageError, match="did you mean en_US-joe-medium"):
        model_of("en_US-jo-medium", tmp_path)
    with pytest.raises(UsageError, match="there is no such voice file"):
        model_of("mine.onnx", tmp_path)


def test_a_voice_of_ones_own_is_used_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.onnx").write_bytes(b"model")
    assert model_of(str(tmp_path / "mine.onnx"), tmp_path) == tmp_path / "mine.onnx"
