"""What was contested in a call: a detection taken out or put in, by whom, when and why. Nothing is ever deleted.

The contests of a call lie beside its journal, one JSON object a line, in the order they were made. The journal itself
never changes. A contest is withdrawn by a further line that says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from voicecoach.call.folder import CONTESTS_NAME
from voicecoach.errors import JournalError, StorageError
from voicecoach.places import owner_only

CONTESTS_LIMIT = 1000
"""More than this many lines is no person's work."""

Words = Annotated[str, Field(max_length=2000)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
NOBODY = "trainee"


@dataclass(frozen=True, slots=True)
class Contest:
    """One change to what was heard in trainee turn number ``turn`` (from 1).

    ``add`` puts the id in, for the ``words`` ("" for the whole turn); else it is taken out. ``reason`` is for people.
    ``by`` is who says so, ``at`` the wall-clock time in ISO 8601. ``withdraws`` is the number (from 1) of the earlier
    contest that this line takes back; 0 takes none back.
    """

    turn: Annotated[int, Field(ge=0)]
    id: Annotated[str, Field(max_length=64)]
    add: bool
    reason: Words
    by: Annotated[str, Field(max_length=100)] = NOBODY
    at: Annotated[str, Field(max_length=40)] = ""
    words: Words = ""
    withdraws: Annotated[int, Field(ge=0)] = 0


_ADAPTER: TypeAdapter[Contest] = TypeAdapter(Contest)
_LINE_LIMIT = 16 * 1024


def read_contests(folder: Path) -> tuple[Contest, ...]:
    """Every line, withdrawn ones too; none if nothing was contested. Raises ``JournalError`` naming file and line."""
    path = folder / CONTESTS_NAME
    try:
        with path.open(encoding="utf-8") as file:
            return tuple(_contest(line, f"{path}:{number}", number) for number, line in enumerate(file, 1))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JournalError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise JournalError("is not UTF-8 text", where=str(path)) from error


def standing_contests(contests: Iterable[Contest]) -> tuple[Contest, ...]:
    """Those that count: none that was withdrawn, and no withdrawal."""
    numbered = tuple(enumerate(contests, 1))
    withdrawn = {contest.withdraws for _, contest in numbered if contest.withdraws}
    return tuple(contest for number, contest in numbered if number not in withdrawn and not contest.withdraws)


def add_contest(folder: Path, contest: Contest) -> None:
    """Append this one; the file is the owner's only. Raises ``StorageError``."""
    path = folder / CONTESTS_NAME
    try:
        with open(path, "a", encoding="utf-8", opener=owner_only) as file:  # Path.open has no opener
            file.write(json.dumps(asdict(contest)) + "\n")
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror})", where=str(path)) from error


def _contest(line: str, where: str, number: int) -> Contest:
    if number > CONTESTS_LIMIT or len(line) > _LINE_LIMIT:
        raise JournalError("is larger than any contest of ours", where=where, remedy="move the file away")
    try:
        return _ADAPTER.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        what = f"{place}: {first['msg']}" if place else first["msg"]
        raise JournalError(what, where=where, remedy="mend or remove this line") from error
