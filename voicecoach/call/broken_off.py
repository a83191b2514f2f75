"""A journal whose program died in mid-call, brought to its end: what the engine would have answered to a stop."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from voicecoach.call.codec import encode
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Journal, read_journal
from voicecoach.errors import StorageError
from voicecoach.events import CallStopped, EndCall, Output
from voicecoach.persona.loading import loads
from voicecoach.techniques.extension import parse_extension
from voicecoach.techniques.voice import CalmVoice
from voicecoach.values import Outcome

BROKEN_OFF = "the program ended in mid-call"
"""The reason that stands in the journal."""
_ENDED = b'"event": "EndCall"'


def has_ended(path: Path) -> bool:
    """Whether this journal tells how its call ended; looks at the bytes only. Raises OSError."""
    return _ENDED in path.read_bytes()


def finish_journal(path: Path, recorded_seconds: float = 0.0) -> Journal:
    """The journal, with its end written behind it where that was missing; a line that was cut off is taken away.

    The call ends when the last thing in it happened, or with its recording if that goes on for longer. The journal
    replays to the bit afterwards, as any other. Raises ``JournalError``, ``PersonaError``, ``StorageError``.
    """
    journal = read_journal(path)
    if not journal.complete:
        _cut_after_last_line(path)
    if any(isinstance(output, EndCall) for output in journal.outputs()):
        return journal
    last_seconds = max((event.at_seconds for event in journal.inputs()), default=0.0)
    stop = CallStopped(max(last_seconds, round(recorded_seconds, 2)), BROKEN_OFF)
    missing, end = _answers(journal, stop)
    lines = [{"way": "out", **encode(output)} for output in missing]
    if end:
        lines += [{"way": "in", **encode(stop)}, *({"way": "out", **encode(output)} for output in end)]
    _append(path, "".join(json.dumps(line) + "\n" for line in lines))
    return read_journal(path)


def _answers(journal: Journal, stop: CallStopped) -> tuple[Sequence[Output], Sequence[Output]]:
    """What the engine's last answer lacks in the journal, and its answer to the stop if there was no end in that."""
    header = journal.header
    calm = CalmVoice(**header.calibration) if header.calibration else None
    extension = parse_extension(header.techniques, "the journal's techniques")
    engine = new_engine(loads(header.persona), header.seed, calm, extension)
    said: tuple[Output, ...] = ()
    written: tuple[Output, ...] = ()
    for event, written in journal.steps:  # noqa: B007  # the last step's are needed below
        said = engine.take(event)
    missing = said[len(written) :] if said[: len(written)] == written else ()
    if any(isinstance(output, EndCall) for output in missing):
        return missing, ()
    # No answer: another version of the program holds that the call had ended before.
    return missing, engine.take(stop) or (EndCall(stop.at_seconds, Outcome.ABANDONED, BROKEN_OFF),)


def _cut_after_last_line(path: Path) -> None:
    whole = path.read_bytes().rfind(b"\n") + 1
    try:
        os.truncate(path, whole)
    except OSError as error:
        raise _cannot(path, error) from error


def _append(path: Path, text: str) -> None:
    try:
        with path.open("rb+") as file:
            file.seek(-1, os.SEEK_END)
            newline = b"" if file.read() == b"\n" else b"\n"  # all but the end of the last line was written
            file.write(newline + text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _cannot(path, error) from error


def _cannot(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"the journal cannot be brought to its end ({error.strerror})", where=str(path), remedy="free some disk space"
    )
