"""Something that one program at a time may do to a data folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.call.locking import try_lock
from voicecoach.errors import StorageError
from voicecoach.places import owner_only

LOCK_SECONDS = 60
LOOK_AGAIN_SECONDS = 0.05


@contextmanager
def locked(path: Path, shown: str) -> Iterator[None]:
    """This lock file is ours meanwhile; ``shown`` is what it guards, for people.

    Raises ``StorageError`` when it cannot be made, or is somebody else's for a minute.
    """
    try:
        descriptor = owner_only(str(path), os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StorageError(f"the history cannot be locked ({error.strerror})", where=str(path)) from error
    try:
        until = time.monotonic() + LOCK_SECONDS
        while not try_lock(descriptor):
            if time.monotonic() > until:
                raise StorageError("another program is changing the history", where=shown, remedy="try again later")
            time.sleep(LOOK_AGAIN_SECONDS)
        yield
    finally:
        os.close(descriptor)
