"""A journal that somebody else brought: whether it may be kept as a call of ours."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

from voicecoach.call.journal import Journal, read_journal
from voicecoach.call.journal_lines import JOURNAL_LIMIT_BYTES
from voicecoach.errors import JournalError
from voicecoach.events import EndCall, Input, MoodMoved, Output, TurnHeard, TurnJudged

LONGEST_CALL_SECONDS = 24 * 3600.0
MOST_TURNS = 10_000
_PERSONA_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def read_foreign(path: Path) -> Journal:
    """The journal, if all in it can be: an ordinary file of a sensible size, times and moods within their bounds.

    Raises ``JournalError`` naming file and line or entry.
    """
    _check_file(path)
    journal = read_journal(path)
    if not _PERSONA_ID.fullmatch(journal.header.persona_id):
        raise JournalError("the persona's id may have letters, digits, _ and - only", where=f"{path}:1")
    last_seconds = 0.0
    for number, (event, outputs) in enumerate(journal.steps, 1):
        late = event.at_seconds < last_seconds
        told = f"{type(event).__name__} is earlier than what stands before it" if late else ""
        told = told or next(filter(None, map(_out_of_bounds, (event, *outputs))), "")
        if told:
            raise JournalError(told, where=f"{path}: entry {number}")
        last_seconds = event.at_seconds
    if sum(isinstance(output, EndCall) for output in journal.outputs()) > 1:
        raise JournalError("has more than one end", where=str(path))
    return journal


def _check_file(path: Path) -> None:
    try:
        found = path.stat()
    except OSError as error:
        raise JournalError(f"cannot be read ({error.strerror})", where=str(path)) from error
    if not stat.S_ISREG(found.st_mode):
        raise JournalError("is no file", where=str(path), remedy="name a journal.jsonl")
    if found.st_size > JOURNAL_LIMIT_BYTES:
        raise JournalError(f"is larger than {JOURNAL_LIMIT_BYTES // 1024 // 1024} MiB", where=str(path))


def copied_lines(path: Path, call: str, trainee: str | None) -> str:
    """The whole lines of a checked journal, under the new name of the call, and of this trainee if one is given."""
    first, *rest = path.read_bytes().splitlines(keepends=True)
    header = json.loads(first)
    header["call"] = call
    if trainee is not None:
        header["trainee"] = trainee
    whole = b"".join(line for line in rest if line.endswith(b"\n"))
    return json.dumps(header) + "\n" + whole.decode()


def _out_of_bounds(value: Input | Output) -> str:
    if not 0.0 <= value.at_seconds <= LONGEST_CALL_SECONDS:
        return f"{type(value).__name__} is at {value.at_seconds:.0f} s"
    match value:
        case MoodMoved() if not all(0 <= m.anger <= 10 and 0 <= m.heard <= 1 for m in (value.before, value.after)):
            return "the caller's mood is out of its bounds"
        case TurnJudged() if not 0 <= value.turn <= MOST_TURNS:
            return "the number of the turn is out of its bounds"
        case TurnJudged() if not all(0 <= each.confidence <= 1 for each in value.detections):
            return "a confidence is out of its bounds"
        case TurnHeard() if not all(0 <= word.confidence <= 1 for word in value.heard.words):
            return "a confidence is out of its bounds"
        case _:
            return ""
