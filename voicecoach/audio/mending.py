"""A recording that was broken off, made whole: what can be decoded of it is written anew, to its last frame."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import soundfile

from voicecoach.audio.base import Pcm
from voicecoach.audio.flac_header import announce, frame_samples, was_closed
from voicecoach.audio.recorder import CallRecorder
from voicecoach.errors import AudioFileError, StorageError
from voicecoach.places import owner_only
from voicecoach.values import SAMPLE_RATE_HZ

FRAMES_LOOKED_FOR = 4
"""The decoder gives up a frame or two early where it does not know how many there are."""


def mend_recording(path: Path) -> float:
    """Make the file whole; its seconds. 0 when there is no sound in it: then it is left as it is.

    A file that was closed properly is only measured. Raises ``AudioFileError`` (no FLAC at all), ``StorageError``.
    """
    try:
        with path.open("rb") as file:
            frame, closed = frame_samples(file), was_closed(file)
        if closed:
            return float(soundfile.info(path).frames) / SAMPLE_RATE_HZ
        return _mended(path, frame) if frame else 0.0
    except OSError as error:
        raise StorageError(
            f"the recording cannot be mended ({error.strerror})", where=str(path), remedy="free some disk space"
        ) from error
    except soundfile.LibsndfileError as error:
        raise AudioFileError("is no recording of a call", where=str(path)) from error


def _mended(path: Path, frame: int) -> float:
    """Work on a copy, and put it in the old one's place when it is whole."""
    copy, new = path.with_suffix(".copy"), path.with_suffix(".mended")
    try:
        with path.open("rb") as source, open(copy, "wb", opener=owner_only) as target:
            shutil.copyfileobj(source, target)
        samples = _decodable(copy, frame)
        if not samples:
            return 0.0
        _set_length(copy, samples)
        with CallRecorder(new) as recorder:
            for piece in _pieces(copy, frame):
                recorder.write(piece[:, 0], piece[:, 1])
        new.replace(path)
        return samples / SAMPLE_RATE_HZ
    finally:
        copy.unlink(missing_ok=True)
        new.unlink(missing_ok=True)


def _decodable(copy: Path, frame: int) -> int:
    """How many samples there really are, whatever the header says."""
    _set_length(copy, 0)
    found = 0
    try:
        for piece in _pieces(copy, frame):
            found += len(piece)
    except soundfile.LibsndfileError:
        pass  # without a length in the header, this is how the end is met
    for further in range(FRAMES_LOOKED_FOR, 0, -1):
        if _can_be_read_up_to(copy, found + further * frame, frame):
            return found + further * frame
    return found


def _can_be_read_up_to(copy: Path, samples: int, frame: int) -> bool:
    _set_length(copy, samples)
    try:
        with soundfile.SoundFile(copy) as file:
            file.seek(samples - frame)
            return len(file.read(frame, dtype="int16")) == frame
    except soundfile.LibsndfileError:
        return False


def _pieces(path: Path, frame: int) -> Iterator[Pcm]:
    with soundfile.SoundFile(path) as file:
        while len(piece := file.read(frame, dtype="int16", always_2d=True)):
            yield piece


def _set_length(path: Path, samples: int) -> None:
    with path.open("r+b") as file:
        announce(file, samples)
