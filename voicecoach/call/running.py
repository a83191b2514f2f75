"""Which calls are being taken right now, and which were when their program died.

A running call has a file of its name in the folder ``running``, locked as long as its program lives: the system lets go
of the lock when the program ends, however it ends. A file that nobody holds is a call that was broken off.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.call.locking import try_lock
from voicecoach.errors import StorageError
from voicecoach.places import make_ready, owner_only

RUNNING_NAME = "running"


class RunningMark:
    """Says that this call is being taken, until ``remove`` or the end of the program. Raises ``StorageError``."""

    def __init__(self, home: Path, call: str) -> None:
        folder = make_ready(home / RUNNING_NAME)
        self._path = folder / call
        new = folder / f".{call}.{os.getpid()}"
        try:
            self._descriptor = owner_only(str(new), os.O_RDWR | os.O_CREAT | os.O_EXCL)
            try_lock(self._descriptor)
            new.rename(self._path)  # never there without its lock
        except OSError as error:
            raise StorageError(
                f"the running call cannot be marked ({error.strerror})", where=str(folder), remedy="free some space"
            ) from error

    def remove(self) -> None:
        """The call is over and everything about it is kept. Safe to call twice."""
        if self._descriptor >= 0:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = -1


def broken_off(home: Path) -> list[str]:
    """The calls whose program died, by the names of their folders; nearly always none, and then it costs nothing."""
    try:
        names = sorted(entry.name for entry in os.scandir(home / RUNNING_NAME) if not entry.name.startswith("."))
    except OSError:
        return []
    return [name for name in names if not is_running(home, name)]


def is_running(home: Path, call: str) -> bool:
    """Whether a living program holds this call."""
    with held(home, call) as mine:
        return not mine and (home / RUNNING_NAME / call).exists()


@contextmanager
def held(home: Path, call: str) -> Iterator[bool]:
    """Hold the mark of a call that was broken off, so that one program only mends it; False when it is another's."""
    try:
        descriptor = os.open(home / RUNNING_NAME / call, os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        yield try_lock(descriptor)
    finally:
        os.close(descriptor)


def forget(home: Path, call: str) -> None:
    """Remove the mark of a call that is mended."""
    (home / RUNNING_NAME / call).unlink(missing_ok=True)
