"""The lines of a journal file as JSON objects. A journal from elsewhere is data: everything about it is limited."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from voicecoach.errors import JournalError

JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024
"""A call of ten minutes is about half a megabyte."""
HEADER_LIMIT_BYTES = 4 * 1024 * 1024
"""The first line holds the whole persona, 100 kB as they come."""
LINE_LIMIT_BYTES = 1024 * 1024
"""A turn of ten minutes without a pause is about 200 kB."""
LINES_LIMIT = 500_000
LARGEST_NUMBER = 2**63 - 1
"""What a database can hold."""

NO_LINE = "not a line of a journal"


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Each line with its number; None for a last line that was cut off.

    Raises ``JournalError`` for whatever no journal of ours contains.
    """
    try:
        with path.open("rb") as file:
            yield from _read_lines(path, file)
    except OSError as error:
        raise JournalError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="`voicecoach history` lists the calls"
        ) from error


def _read_lines(path: Path, file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | None]]:
    read_bytes = number = 0
    while raw := file.readline(LINE_LIMIT_BYTES if number else HEADER_LIMIT_BYTES):
        number += 1
        where = f"{path}:{number}"
        whole = raw.endswith(b"\n")
        read_bytes += len(raw)
        if not whole and len(raw) >= (LINE_LIMIT_BYTES if number > 1 else HEADER_LIMIT_BYTES):
            raise JournalError(f"{NO_LINE}: it is longer than {len(raw) // 1024} KiB", where=where)
        if read_bytes > JOURNAL_LIMIT_BYTES or number > LINES_LIMIT:
            raise JournalError("this is longer than any call", where=where, remedy="name a journal.jsonl")
        try:
            data = parse(raw)
        except ValueError as error:
            if whole:
                raise JournalError(NO_LINE, where=where) from error
            yield number, None
            return
        if not isinstance(data, dict):
            raise JournalError(NO_LINE, where=where)
        yield number, data


def parse(raw: bytes) -> Any:
    """The JSON value of a line. Raises ValueError: no JSON, too deep, numbers or letters that no file can hold."""
    try:
        data = json.loads(raw, parse_constant=_no_number, parse_float=_finite, parse_int=_bounded)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if b"\\ud" in raw or b"\\uD" in raw:  # half a character is possible in JSON, and nowhere else
        json.dumps(data, ensure_ascii=False).encode()
    return data


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _no_number(digits[:20])


def _bounded(digits: str) -> int:
    if len(digits) > len(str(LARGEST_NUMBER)) + 1 or abs(int(digits)) > LARGEST_NUMBER:
        raise ValueError("too large a number")
    return int(digits)
