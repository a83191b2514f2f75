"""The sound of a call for a page: the recording as it is, and how loud it was along the way."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from voicecoach.errors import AudioFileError

PEAKS = 1600
"""More than any page is wide in bars."""

SIZE_LIMIT_BYTES = 200 * 1024 * 1024
"""Some two hours; a page beyond that opens nowhere."""


@dataclass(frozen=True, slots=True)
class PageSound:
    """``kind`` is the media type; ``peaks`` 0..1 for each channel (trainee, caller), evenly spaced over ``seconds``."""

    kind: str
    base64: str
    seconds: float
    peaks: tuple[tuple[float, ...], ...]


def read_sound(path: Path) -> PageSound:
    """The recording at this path, a FLAC that every browser plays; nothing is encoded anew, so it is quick and exact.

    Raises ``AudioFileError``.
    """
    try:
        if path.stat().st_size > SIZE_LIMIT_BYTES:
            raise AudioFileError("is too large for a page", where=str(path), remedy="review it with --no-sound")
        raw = path.read_bytes()
        with soundfile.SoundFile(path) as file:
            peaks = _peaks(file)
            seconds = file.frames / file.samplerate
            kind = f"audio/{file.format.lower()}"
    except OSError as error:
        raise AudioFileError(f"cannot be read ({error.strerror})", where=str(path), remedy="use --no-sound") from error
    except soundfile.LibsndfileError as error:
        raise AudioFileError("is not a recording of a call", where=str(path), remedy="use --no-sound") from error
    return PageSound(kind, base64.b64encode(raw).decode("ascii"), seconds, peaks)


def _peaks(file: soundfile.SoundFile) -> tuple[tuple[float, ...], ...]:
    """The loudest sample of each stretch, scaled so that the loudest of all is 1."""
    stretch = max(1, -(-file.frames // PEAKS))
    loudest = [
        np.maximum(block.max(axis=0).astype(np.int32), -block.min(axis=0).astype(np.int32))
        for block in file.blocks(stretch, dtype="int16", always_2d=True)
    ]
    if not loudest:
        return tuple(() for _ in range(file.channels))
    table = np.array(loudest).T
    scale = max(1, int(table.max()))
    return tuple(tuple(round(float(value) / scale, 3) for value in channel) for channel in table)
