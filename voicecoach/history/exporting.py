"""The calls as files for other programs: CSV, JSON, xAPI statements. No word that was spoken is in any of them.

Trainees stand in them under pseudonyms, the same one every time, unless names are asked for.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from voicecoach.errors import StorageError
from voicecoach.history.asking import FIGURES, SHOWN, Wanted, list_calls
from voicecoach.history.database import History
from voicecoach.history.pseudonyms import Pseudonyms
from voicecoach.history.tables import exports, mistakes, techniques
from voicecoach.places import owner_only

Row = dict[str, Any]
CALL_NAMESPACE = uuid.UUID("6f0a3c0e-4c2b-5d7e-9a31-6b9f0f1c7c55")
"""Any number of our own: the same call has the same id in every export."""
COMMANDS_OF_A_SHEET = ("=", "+", "-", "@", "\t", "\r")


def call_rows(connection: Connection, wanted: Wanted, names: Pseudonyms | None) -> list[Row]:
    """A row a call, the oldest first: ``id``, what the history lists, and its ``techniques`` and ``mistakes`` by id.

    ``techniques`` says of each id that was due whether it was used; ``mistakes`` how often each was made.
    """
    due = _by_call(connection, select(techniques.c.call_id, techniques.c.technique, techniques.c.present))
    made = _by_call(connection, select(mistakes.c.call_id, mistakes.c.mistake, mistakes.c.count))
    rows = []
    for call in list_calls(connection, wanted):
        number = call["id"]
        who = call["trainee"] if names is None else names.of(call["trainee"])
        rows.append(
            {
                "id": str(uuid.uuid5(CALL_NAMESPACE, f"{call['origin']}/{call['name']}")),
                **{key: call[key] for key in (*SHOWN, *FIGURES)},
                "trainee": who,
                "techniques": due.get(number, {}),
                "mistakes": made.get(number, {}),
            }
        )
    return rows


def as_csv(rows: Iterable[Row]) -> str:
    """A line a call; a column a technique (used, missed or nothing) and a mistake (how often)."""
    rows = list(rows)
    used = sorted({id_ for row in rows for id_ in row["techniques"]})
    made = sorted({id_ for row in rows for id_ in row["mistakes"]})
    plain = ("id", *SHOWN, *FIGURES)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*plain, *used, *(f"mistake_{id_}" for id_ in made)])
    for row in rows:
        states = [{True: "used", False: "missed", None: ""}[row["techniques"].get(id_)] for id_ in used]
        writer.writerow([*(_cell(row[key]) for key in plain), *states, *(row["mistakes"].get(id_, 0) for id_ in made)])
    return out.getvalue()


def as_json(rows: Iterable[Row]) -> str:
    """One list of objects."""
    return json.dumps(list(rows), indent=1) + "\n"


def write_export(path: Path, text: str) -> str:
    """Write a file of the owner's; its SHA-256. Raises ``StorageError``."""
    raw = text.encode()
    try:
        with open(path, "wb", opener=owner_only) as file:
            file.write(raw)
    except OSError as error:
        raise StorageError(
            f"the export cannot be written ({error.strerror})", where=str(path), remedy="choose another place: --out"
        ) from error
    return hashlib.sha256(raw).hexdigest()


def remember_export(history: History, path: Path, format_: str, sha256: str, trainees: Iterable[str]) -> None:
    """Know of this file, so that whoever is wiped is wiped out of it too. Raises ``StorageError``."""
    row = {
        "origin": history.origin,
        "path": str(path.absolute()),
        "format": format_,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": sha256,
        "trainees": sorted(set(trainees)),
    }
    with history.begin() as connection:
        connection.execute(insert(exports).values(**row))


def _by_call(connection: Connection, asked: Any) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for number, id_, value in connection.execute(asked):
        found.setdefault(number, {})[id_] = value
    return found


def _cell(value: Any) -> Any:
    """A name that begins like a formula is a text to a spreadsheet, too."""
    return f"'{value}" if isinstance(value, str) and value.startswith(COMMANDS_OF_A_SHEET) else value
