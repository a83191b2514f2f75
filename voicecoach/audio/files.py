"""Sound from files and into files: whatever a file holds becomes 16 kHz mono int16, and nothing broken gets through."""

from __future__ import annotations

import errno
import struct
import wave
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.errors import AudioFileError, StorageError
from voicecoach.values import BLOCK_SAMPLES, SAMPLE_RATE_HZ

LONGEST_SECONDS = 4 * 3600
"""Longer than any call; what claims to be longer is a mistake, or a header that lies."""

_READ_SECONDS = 10
_RIFF_UNKNOWN_LENGTH = 0x7FFF_0000  # what streaming writers leave in the header when they cannot know the length


def read_wav(path: Path) -> Pcm:
    """The sound of a WAV (or FLAC, AIFF, OGG) file of any rate, width and number of channels, shape (n,), n > 0.

    Channels are averaged, the rate is converted with a band-limited resampler, float samples beyond full scale are
    clipped. Raises ``AudioFileError`` when there is no such file, or it is empty, cut short, not sound or over 4 hours.
    """
    _check_there(path)
    try:
        with soundfile.SoundFile(path) as file:
            if file.frames > LONGEST_SECONDS * file.samplerate:
                raise AudioFileError(
                    "is longer than 4 hours, or its writing was broken off", where=str(path), remedy="cut it shorter"
                )
            pcm, frames_read = _converted(file)
            frames_announced = file.frames
    except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: a name that ends in .raw
        raise AudioFileError(
            f"is not a sound file that can be read ({_reason(error)})",
            where=str(path),
            remedy="give a WAV or FLAC file",
        ) from error
    rate_hz = file.samplerate
    announced_seconds = max(frames_announced / rate_hz, _wav_seconds_announced(path))
    if announced_seconds > frames_read / rate_hz + 0.001:
        raise AudioFileError(
            f"is cut short: it announces {announced_seconds:.2f} s of sound and holds {frames_read / rate_hz:.2f} s",
            where=str(path),
            remedy="copy or record it again",
        )
    if not pcm.size:
        raise AudioFileError("holds no sound at all", where=str(path), remedy="record it again")
    return pcm


def write_wav(path: Path, pcm: Pcm) -> None:
    """Write 16 kHz int16 sound, shape (n,) or (n, 2), as a WAV file.

    Raises ``StorageError`` when the place cannot be written or the disk is full.
    """
    try:
        with path.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1 if pcm.ndim == 1 else pcm.shape[1])
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE_HZ)
            file.setnframes(len(pcm))  # known beforehand, so that the header need not be mended by seeking back
            file.writeframesraw(pcm.astype("<i2").tobytes())
    except OSError as error:
        raise StorageError(
            f"cannot be written ({error.strerror})",
            where=str(path),
            remedy="choose another place" if error.errno != errno.ENOSPC else "free some space",
        ) from error


class FileMicrophone:
    """A recording in place of a microphone: its blocks, then ``tail_seconds`` of silence, then the end.

    The tail gives the last words time to be recognised and the caller time to answer.
    """

    live = False

    def __init__(self, pcm: Pcm, tail_seconds: float = 0.0, name: str = "recording") -> None:
        self.name = name
        self.dropped_blocks = 0
        blocks = -(-len(pcm) // BLOCK_SAMPLES) + round(tail_seconds * SAMPLE_RATE_HZ / BLOCK_SAMPLES)
        self._pcm: Pcm = np.zeros(blocks * BLOCK_SAMPLES, dtype=np.int16)
        self._pcm[: len(pcm)] = pcm
        self._position = 0

    def read(self) -> Pcm | None:
        """The next block, at once; None after the tail."""
        block = self._pcm[self._position : self._position + BLOCK_SAMPLES]
        self._position += BLOCK_SAMPLES
        return block if block.size else None

    def close(self) -> None:
        """Come to the end now."""
        self._position = len(self._pcm)


def _check_there(path: Path) -> None:
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise AudioFileError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check the name of the file"
        ) from error
    if empty:
        raise AudioFileError("is empty", where=str(path), remedy="record it again")


def _converted(file: soundfile.SoundFile) -> tuple[Pcm, int]:
    """The whole file as 16 kHz mono int16, and how many of its frames could be read."""
    resampler = soxr.ResampleStream(file.samplerate, SAMPLE_RATE_HZ, 1, dtype="float32")
    pieces: list[Pcm] = []
    frames_read, at_end = 0, False
    while not at_end:
        frames: NDArray[np.float32] = file.read(_READ_SECONDS * file.samplerate, dtype="float32", always_2d=True)
        at_end = len(frames) < _READ_SECONDS * file.samplerate
        frames_read += len(frames)
        mono = frames.mean(axis=1)
        if not np.isfinite(mono).all():
            raise AudioFileError("holds samples that are not numbers", where=file.name, remedy="record it again")
        if file.samplerate != SAMPLE_RATE_HZ:
            mono = resampler.resample_chunk(mono, last=at_end)
        pieces.append(np.rint(mono * 32768.0).clip(-32768, 32767).astype(np.int16))
    return np.concatenate(pieces), frames_read


def _wav_seconds_announced(path: Path) -> float:
    """How long a WAV file says it is; 0 for other files, and where the writer could not know.

    libsndfile quietly mends a header that announces more than there is, so that a broken copy would go unnoticed.
    """
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return 0.0
        file.seek(12)
        bytes_per_second = 0
        while len(head := file.read(8)) == 8:
            tag, size = struct.unpack("<4sI", head)
            if tag == b"data":
                known = bytes_per_second and size < _RIFF_UNKNOWN_LENGTH
                return float(size / bytes_per_second) if known else 0.0
            body = file.read(min(size, 16)) if tag == b"fmt " else b""
            if len(body) == 16:
                bytes_per_second = struct.unpack_from("<I", body, 8)[0]
            file.seek(size + size % 2 - len(body), 1)
    return 0.0


def _reason(error: Exception) -> str:
    """libsndfile's own words, without the file name in front of them."""
    return error.error_string if isinstance(error, soundfile.LibsndfileError) else "headerless"
