"""The journal of a call: one JSON object a line, written as it happens; everything else is a reader of it.

The first line is the header; every further line is an input the engine took (``"way": "in"``) or an output it gave
(``"way": "out"``). A journal that breaks off in the middle of its last line (the machine died) is read up to there.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter, ValidationError

from voicecoach import __version__
from voicecoach.call.codec import decode, encode
from voicecoach.call.journal_lines import read_lines
from voicecoach.errors import JournalError, StorageError
from voicecoach.events import Input, Output
from voicecoach.places import owner_only
from voicecoach.techniques.voice import CalmVoice

JOURNAL_FORMAT = 1
NAMES = ("call", "persona_id", "stt", "voice", "started", "trainee", "again", "detector", "version")
"""What of the header is a name of something."""
LONGEST_NAME = 300
"""Letters; a journal from elsewhere is data."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a replay needs besides the inputs.

    ``persona`` is the whole resolved text of the persona, so that a later edit of the file changes no old call.
    ``again`` is the earlier call that is tried again: ``CALL``, or ``CALL@TURN`` when it was taken over at that turn.
    ``detector`` names what judged the words (``techniques.version``); "" in journals older than the field.
    ``techniques`` is the text of the coach's own file of techniques, "" for none; ``rubric`` the whole rubric as JSON,
    "" in a journal from before there were any.
    ``started`` is the wall-clock time in ISO 8601, for people; nothing is computed from it.
    """

    call: str
    persona_id: str
    persona: str
    seed: int
    stt: str = ""
    voice: str = ""
    started: str = ""
    trainee: str = ""
    calibration: dict[str, float] = field(default_factory=dict)
    techniques: str = ""
    again: str = ""
    detector: str = ""
    rubric: str = ""
    version: str = __version__
    format: int = JOURNAL_FORMAT


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal that was read: ``steps`` are each input with the outputs it led to."""

    header: Header
    steps: tuple[tuple[Input, tuple[Output, ...]], ...]
    complete: bool = True
    """False when the last line was cut off."""

    def inputs(self) -> Iterator[Input]:
        """What went into the engine, in order."""
        return (step[0] for step in self.steps)

    def outputs(self) -> Iterator[Output]:
        """What came out of it, in order."""
        return (output for step in self.steps for output in step[1])


class JournalWriter:
    """Writes a journal; each line reaches the operating system before the next event is handled.

    Raises ``StorageError`` when the file cannot be written.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        try:
            # Path.open has no opener.
            self._file: IO[str] = open(path, "x", encoding="utf-8", opener=owner_only)  # noqa: SIM115
        except OSError as error:
            raise _storage_error(path, error) from error
        self._write({"event": "Header", **dataclasses.asdict(header)})

    def step(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """An input and what it led to, in one write, so that neither is ever there without the other."""
        self._write({"way": "in", **encode(event)}, *({"way": "out", **encode(output)} for output in outputs))

    def close(self) -> None:
        """Safe to call twice."""
        self._file.close()

    def _write(self, *lines: dict[str, Any]) -> None:
        try:
            self._file.write("".join(json.dumps(line) + "\n" for line in lines))
            self._file.flush()
        except OSError as error:
            raise _storage_error(self.path, error) from error


def read_journal(path: Path) -> Journal:
    """The journal at this path. Raises ``JournalError`` naming file and line."""
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    header: Header | None = None
    complete = True
    for number, data in read_lines(path):
        if data is None:
            complete = False
            break
        try:
            if header is None:
                header = _header(data)
            elif data.pop("way", None) == "in":
                steps.append((decode(data), ()))
            elif steps:
                event, outputs = steps[-1]
                steps[-1] = (event, (*outputs, decode(data)))
            else:
                raise JournalError("an output before the first input")
        except JournalError as error:
            raise JournalError(error.what, where=f"{path}:{number}", remedy=error.remedy) from error
    if header is None:
        raise JournalError(
            "there is no call in this file", where=str(path), remedy="name a journal.jsonl or its folder"
        )
    return Journal(header, tuple(steps), complete)


def _header(data: dict[str, Any]) -> Header:
    if data.pop("event", None) != "Header":
        raise JournalError("this is not a journal of a call", remedy="name a journal.jsonl or its folder")
    if data.get("format") != JOURNAL_FORMAT:
        raise JournalError(
            f"journal format {data.get('format')!r} is not {JOURNAL_FORMAT}", remedy="use a newer voicecoach"
        )
    unknown = sorted(set(data) - {each.name for each in dataclasses.fields(Header)})
    if unknown:
        raise JournalError(f"the header has no field {unknown[0][:40]!r}", remedy="use a newer voicecoach")
    try:
        header = _header_adapter().validate_python(data)
        if header.calibration:
            CalmVoice(**header.calibration)
    except ValidationError as error:
        first = error.errors()[0]
        raise JournalError(f"the header's {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except TypeError as error:
        raise JournalError("the header's calibration is of no voice") from error
    long = [name for name in NAMES if len(getattr(header, name)) > LONGEST_NAME]
    if long:
        raise JournalError(f"the header's {long[0]} is longer than {LONGEST_NAME} letters")
    return header


@functools.cache
def _header_adapter() -> TypeAdapter[Header]:
    return TypeAdapter(Header)


def _storage_error(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"the journal cannot be written ({error.strerror})",
        where=str(path),
        remedy="free some disk space, or set VOICECOACH_HOME to a folder you may write to",
    )
