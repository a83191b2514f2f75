"""Whether anything of a call has changed: cheap, for there may be ten thousand."""

from __future__ import annotations

import os
from pathlib import Path

from voicecoach.call.folder import CONTESTS_NAME, JOURNAL_NAME


def stamp_of(folder: Path | str) -> str:
    """Says whether anything of a call has changed since it was read; "" for a folder without a journal."""
    try:
        journal = os.stat(f"{folder}/{JOURNAL_NAME}")  # noqa: PTH116  # ten thousand of them: Path.stat takes twice as long
    except OSError:
        return ""
    stamp = f"{journal.st_size}.{journal.st_mtime_ns}"
    try:
        contests = os.stat(f"{folder}/{CONTESTS_NAME}")  # noqa: PTH116
    except OSError:
        return stamp
    return f"{stamp}+{contests.st_size}.{contests.st_mtime_ns % 10**12}"
