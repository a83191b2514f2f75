"""The frames that go between the program and PocketSphinx's child process: one letter, a length, that many bytes."""

from __future__ import annotations

import struct
from typing import IO

_HEAD = struct.Struct("<cI")

AUDIO = b"A"
"""To the child: more sound of the utterance, 16 kHz mono int16, little-endian."""

FINISH = b"F"
"""To the child: the utterance is over, send its words."""

DROP = b"D"
"""To the child: forget the utterance."""

READY = b"R"
"""From the child: the models are loaded."""

PARTIAL = b"P"
"""From the child: ``[utterance number from 0, samples of it heard, the words so far]`` as JSON."""

WORDS = b"W"
"""From the child: ``[utterance number, [[word, start, end, confidence], ...]]`` as JSON, times in seconds."""

ERROR = b"E"
"""From the child: why it gives up, in a line; it ends after that."""

LONGEST_FRAME_BYTES = 1 << 24


def write_frame(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write and flush one frame. Raises ``OSError`` when the other side is gone."""
    stream.write(_HEAD.pack(kind, len(payload)) + payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame as (kind, payload); waits for it. None at the end of the stream, even in mid-frame.

    Raises ``ValueError`` when what comes is not a frame.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    if length > LONGEST_FRAME_BYTES:
        raise ValueError("not a frame")
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None
