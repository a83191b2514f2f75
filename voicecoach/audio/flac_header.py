"""The few bytes of a FLAC file that say how long it is.

The marker "fLaC" (4 bytes) and a block header (4) come first, then STREAMINFO (RFC 9639, 8.2).
"""

from __future__ import annotations

import struct
from typing import IO

_LARGEST_FRAME_AT = 10
_TOTAL_SAMPLES_LOW_AT = 22  # the lower 32 of 36 bits: 74 hours
_DIGEST = slice(26, 42)
_HEADER_BYTES = 42


def frame_samples(file: IO[bytes]) -> int:
    """Samples of each side in a frame; 0 while the encoder has not yet written the header."""
    head = _head(file)
    return int(struct.unpack_from(">H", head, _LARGEST_FRAME_AT)[0]) if head else 0


def was_closed(file: IO[bytes]) -> bool:
    """Whether the encoder finished the file: only then does it write the digest of the sound."""
    return any(_head(file)[_DIGEST])


def announce(file: IO[bytes], samples: int) -> None:
    """Write the length, in samples of each side; 0 for unknown. Raises OSError."""
    file.seek(_TOTAL_SAMPLES_LOW_AT)
    file.write(struct.pack(">I", samples))


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(_HEADER_BYTES)
    return head if head is not None and len(head) == _HEADER_BYTES else b""
