"""Keeping C libraries from writing over the screen.

PortAudio and ALSA on Linux tell every failure in several lines of their own on stderr, some from their own threads in
the midst of a call. All of it comes back as an error as well, which becomes one line for people. Elsewhere they are
quiet by themselves.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


class _Stderr:
    """The process's stderr: C's (the descriptor) and Python's (the stream)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._undo = ExitStack()

    def hush(self) -> None:
        with self._lock:
            if not self._holders and sys.platform == "linux":
                self._redirect()
            self._holders += 1

    def unhush(self) -> None:
        with self._lock:
            self._holders -= 1
            if not self._holders:
                self._undo.close()

    def _redirect(self) -> None:
        kept = os.dup(2)
        self._undo.callback(os.close, kept)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        self._undo.callback(os.dup2, kept, 2)
        before = sys.stderr
        if _descriptor(before) == 2:
            sys.stderr = os.fdopen(os.dup(kept), "w", buffering=1, encoding=before.encoding, errors=before.errors)
            self._undo.callback(setattr, sys, "stderr", before)
            self._undo.callback(sys.stderr.close)


_stderr = _Stderr()


def hush() -> None:
    """From now on what C libraries write to stderr goes nowhere, and what Python writes there still comes through.

    Each ``hush`` needs its ``unhush``; the last one counts.
    """
    _stderr.hush()


def unhush() -> None:
    """Undo one ``hush``."""
    _stderr.unhush()


@contextmanager
def hushed() -> Iterator[None]:
    """Hushed for as long as the block lasts."""
    hush()
    try:
        yield
    finally:
        unhush()


def _descriptor(stream: object) -> int | None:
    """The file descriptor behind a stream; None where there is none (a captured or a missing stderr)."""
    try:
        return int(stream.fileno())  # type: ignore[attr-defined]  # what may stand in for stderr is not known
    except (AttributeError, OSError, ValueError):
        return None
