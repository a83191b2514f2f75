"""Sound comes and goes in arrays of some hundred kilobytes: what is freed is given back at once, so that a long call
does not grow.

glibc learns from such arrays to keep ever larger pieces for itself, in between which small ones settle; a call of half
an hour grew by six megabytes that nobody used (``python -m bench soak``).
"""

from __future__ import annotations

import ctypes
import platform

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Of ``mallopt(3)``."""

LARGE_BYTES = 64 * 1024
"""Two seconds of sound; blocks are far smaller."""


def give_back_large_memory() -> bool:
    """From now on every large piece is the system's own; whether the C library could be told (only glibc can)."""
    if platform.libc_ver()[0] != "glibc":
        return False
    mallopt = ctypes.CDLL(None).mallopt
    return all(mallopt(option, LARGE_BYTES) == 1 for option in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD))
