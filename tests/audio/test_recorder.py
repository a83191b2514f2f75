"""A call on disk: to the bit when all goes well, and readable when it does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.audio.recorder import CallRecorder
from voicecoach.errors import StorageError

NOISE = np.random.default_rng(1).integers(-8000, 8000, (1000, 160)).astype(np.int16)

WRITER = """
import signal, sys
from pathlib import Path
import numpy as np
from voicecoach.audio.recorder import CallRecorder

if sys.argv[2] != "-":
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
noise = np.random.default_rng(1).integers(-8000, 8000, (1000, 160)).astype(np.int16)
recorder = CallRecorder(Path(sys.argv[1]))
blocks = int(sys.argv[3])
for at in range(blocks):
    recorder.write(noise[at], noise[at] // 2)
    if sys.argv[4] == "wait" and at == blocks - 1:
        print("written", flush=True)
        signal.pause()
recorder.close()
"""


def writer(path: Path, *, limit: str = "-", blocks: int = 1000, then: str = "close") -> list[str]:
    return [sys.executable, "-c", WRITER, str(path), limit, str(blocks), then]


def test_the_trainee_is_left_the_caller_right_to_the_bit(tmp_path: Path) -> None:
    path = tmp_path / "call.flac"
    with CallRecorder(path) as recorder:
        for trainee, caller in zip(NOISE[:100], NOISE[100:200], strict=True):
            recorder.write(trainee, caller)
        assert recorder.seconds == 1.0
    stored, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 16_000
    assert np.array_equal(stored[:, 0], NOISE[:100].ravel())
    assert np.array_equal(stored[:, 1], NOISE[100:200].ravel())


def test_closing_twice_and_an_empty_recording_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "call.flac"
    recorder = CallRecorder(path)
    recorder.close()
    recorder.close()
    assert recorder.seconds == 0
    assert path.is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("blocks", [20, 113, 523, 1000])
def test_killed_in_mid_call_the_file_is_readable_and_lacks_less_than_a_second(tmp_path: Path, blocks: int) -> None:
    path = tmp_path / "call.flac"
    with subprocess.Popen(writer(path, blocks=blocks, then="wait"), stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        child.send_signal(signal.SIGKILL)
    stored, rate_hz = soundfile.read(path, dtype="int16")
    lost_seconds = blocks * 0.01 - len(stored) / rate_hz
    assert 0.0 <= lost_seconds < 0.15
    assert np.array_equal(stored[:, 0], NOISE[:blocks].ravel()[: len(stored)])


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are a POSIX matter")
def test_only_the_owner_may_listen_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with CallRecorder(tmp_path / "call.flac") as recorder:
            recorder.write(NOISE[0], NOISE[1])
            assert recorder.path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
    assert recorder.path.stat().st_mode & 0o777 == 0o600


def test_it_can_be_listened_to_while_the_call_goes_on(tmp_path: Path) -> None:
    recorder = CallRecorder(tmp_path / "call.flac")
    for block in NOISE[:200]:
        recorder.write(block, block)
    stored, _ = soundfile.read(recorder.path, dtype="int16")
    assert len(stored) > 0.9 * 32_000
    recorder.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("limit", [60, 1000, 50_000, 400_001])
def test_a_full_disk_is_one_clear_line_and_what_there_was_stays(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "call.flac"
    child = subprocess.run(writer(path, limit=str(limit)), capture_output=True, text=True, check=False)
    assert child.returncode == 1
    last = child.stderr.strip().splitlines()[-1]
    assert last.startswith("voicecoach.errors.StorageError") and "the recording stops after" in last
    if limit >= 50_000:
        stored, _ = soundfile.read(path, dtype="int16")
        assert len(stored) > 10_000
        assert np.array_equal(stored[:, 0], NOISE.ravel()[: len(stored)])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_disk_that_is_full_just_at_the_end_is_no_silent_loss(tmp_path: Path) -> None:
    whole = tmp_path / "whole.flac"
    subprocess.run(writer(whole), check=True)
    child = subprocess.run(
        writer(tmp_path / "cut.flac", limit=str(whole.stat().st_size - 100)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "StorageError" in child.stderr
    stored, _ = soundfile.read(tmp_path / "cut.flac", dtype="int16")
    assert 1000 * 160 - len(stored) < 16_000


def test_ctrl_c_right_after_a_block_was_written_is_no_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = soundfile.SoundFile.write
    blocks = 0

    def interrupted(file: soundfile.SoundFile, data: np.ndarray) -> None:
        nonlocal blocks
        write(file, data)
        blocks += 1
        if blocks == 100:
            raise KeyboardInterrupt

    monkeypatch.setattr(soundfile.SoundFile, "write", interrupted)
    recorder = CallRecorder(tmp_path / "call.flac")
    with pytest.raises(KeyboardInterrupt):
        for block in NOISE:
            recorder.write(block, block)
    recorder.close()
    kept, _ = soundfile.read(tmp_path / "call.flac", dtype="int16")
    assert np.array_equal(kept[:, 0], NOISE[:100].ravel())


def test_no_folder_and_no_permission(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be created \(No such file"):
        CallRecorder(tmp_path / "nowhere" / "call.flac")
    with pytest.raises(StorageError, match="cannot be created"):
        CallRecorder(tmp_path)
