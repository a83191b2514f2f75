"""Where a call is kept: a folder of its own with the journal and the recording, readable by its owner only."""

from __future__ import annotations

import difflib
import itertools
from datetime import datetime
from pathlib import Path

from voicecoach.errors import JournalError, StorageError
from voicecoach.places import OWNER_ONLY, make_ready

JOURNAL_NAME = "journal.jsonl"
RECORDING_NAME = "recording.flac"
CONTESTS_NAME = "contests.jsonl"
LAST = "last"


def new_call_folder(calls: Path, persona_id: str, now: datetime) -> Path:
    """A new folder for a call that begins now. Raises ``StorageError``."""
    stem = f"{now:%Y-%m-%d_%H%M%S}_{persona_id}"
    make_ready(calls)
    try:
        for number in itertools.count(1):
            folder = calls / (stem if number == 1 else f"{stem}_{number}")
            try:
                folder.mkdir(mode=OWNER_ONLY)
            except FileExistsError:
                continue
            folder.chmod(OWNER_ONLY)  # the umask may have taken the owner's own bits
            return folder
    except OSError as error:
        raise StorageError(
            f"no call can be kept here ({error.strerror})",
            where=str(calls),
            remedy="free some disk space, or set VOICECOACH_HOME to a folder you may write to",
        ) from error
    raise AssertionError("counting never ends")


def find_journal(calls: Path, call: str) -> Path:
    """The journal of a call, given as ``last``, as the name of its folder, or as a path.

    Raises ``JournalError`` naming what there is.
    """
    path = Path(call)
    if path.is_file():
        return path
    if (path / JOURNAL_NAME).is_file():
        return path / JOURNAL_NAME
    known = sorted(folder.parent.name for folder in calls.glob(f"*/{JOURNAL_NAME}"))
    if call == LAST and known:
        return calls / known[-1] / JOURNAL_NAME
    if call in known:
        return calls / call / JOURNAL_NAME
    if not known:
        raise JournalError(f"there is no call {call!r}", where=str(calls), remedy="take one: `voicecoach call`")
    near = difflib.get_close_matches(call, known, 3) or known[-3:]
    raise JournalError(f"there is no call {call!r}", where=str(calls), remedy=f"there are: {', '.join(near)}")
