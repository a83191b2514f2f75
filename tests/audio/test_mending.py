"""A recording that was broken off is made whole, to its last frame; one that was not is left alone."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.audio.mending import mend_recording
from voicecoach.audio.recorder import CallRecorder
from voicecoach.errors import AudioFileError

SECONDS = 3
NOISE = np.random.default_rng(2).integers(-8000, 8000, (100 * SECONDS, 160)).astype(np.int16)
FRAME = 1152


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The file as it lies on the disk while the call goes on."""
    recorder = CallRecorder(tmp_path / "running.flac")
    for block in NOISE:
        recorder.write(block, block // 2)
    path = tmp_path / "call.flac"
    shutil.copy(recorder.path, path)
    recorder.close()
    return path


def stored(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    sound: np.ndarray[tuple[int, ...], np.dtype[np.int16]] = soundfile.read(path, dtype="int16")[0]
    return sound


def test_what_was_broken_off_becomes_a_whole_file_of_its_owner(broken: Path) -> None:
    seconds = mend_recording(broken)
    assert seconds > SECONDS - 0.15
    assert len(stored(broken)) == seconds * 16_000
    assert np.array_equal(stored(broken)[:, 0], NOISE.ravel()[: len(stored(broken))])
    assert np.array_equal(stored(broken)[:, 1], (NOISE // 2).ravel()[: len(stored(broken))])
    assert broken.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in broken.parent.iterdir()) == ["call.flac", "running.flac"]


def test_mending_twice_changes_nothing(broken: Path) -> None:
    seconds = mend_recording(broken)
    bytes_after = broken.read_bytes()
    assert mend_recording(broken) == seconds
    assert broken.read_bytes() == bytes_after


@pytest.mark.parametrize("cut_bytes", [1, 700, 5000, 40_000])
def test_a_file_shorter_than_its_header_says_loses_only_what_is_not_there(broken: Path, cut_bytes: int) -> None:
    """The power failed, and the system had not yet written everything."""
    whole = broken.read_bytes()
    samples = len(stored(broken))
    bytes_a_frame = len(whole) * FRAME / samples
    broken.write_bytes(whole[:-cut_bytes])
    kept = mend_recording(broken) * 16_000
    gone_frames = cut_bytes / bytes_a_frame + 2
    assert samples - gone_frames * FRAME <= kept < samples
    assert np.array_equal(stored(broken)[:, 0], NOISE.ravel()[: int(kept)])


@pytest.mark.parametrize("announced", [0, FRAME, 10 * FRAME])
def test_sound_beyond_what_the_header_says_is_found(broken: Path, announced: int) -> None:
    samples = len(stored(broken))
    with broken.open("r+b") as file:
        file.seek(22)
        file.write(struct.pack(">I", announced))
    assert mend_recording(broken) * 16_000 == samples


def test_a_file_without_sound_is_left_as_it_is(tmp_path: Path) -> None:
    for content in (b"", b"fLaC"):
        path = tmp_path / "call.flac"
        path.write_bytes(content)
        assert mend_recording(path) == 0.0
        assert path.read_bytes() == content


def test_a_file_that_is_no_flac_is_told(tmp_path: Path) -> None:
    path = tmp_path / "call.flac"
    path.write_bytes(b"x" * 1000)
    with pytest.raises(AudioFileError, match="no recording"):
        mend_recording(path)
    assert path.read_bytes() == b"x" * 1000
