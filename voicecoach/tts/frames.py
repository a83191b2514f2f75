"""How the voice and its child process talk: length-prefixed frames over a pipe.

A frame is two big-endian 32-bit lengths, a JSON object of the first length (the head) and raw bytes of the second
(the body: a sound file, or nothing). Both ends use this module; it imports nothing heavy, because the child's start
is part of the call's start.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

Frame = tuple[dict[str, Any], bytes]

_LENGTHS = struct.Struct(">II")
_LONGEST_BYTES = 1 << 28
"""Anything longer is not a frame but something else that was written to the pipe."""


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame and flush it. Raises ``OSError`` when nobody reads the pipe any more."""
    encoded = json.dumps(head).encode("utf-8")
    stream.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame; None when the other end is gone, even in mid-frame. Raises ``ValueError`` for no frame."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if head_bytes + body_bytes > _LONGEST_BYTES:
        raise ValueError("not a frame")
    content = stream.read(head_bytes + body_bytes)
    if len(content) < head_bytes + body_bytes:
        return None
    head = json.loads(content[:head_bytes])
    if not isinstance(head, dict):
        raise ValueError("a frame's head is not an object")
    return head, content[head_bytes:]
