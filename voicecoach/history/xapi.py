"""The calls as statements of the Experience API 1.0.3, for a learning system's record store.

A call is one statement about the caller (an activity of the type simulation): *completed*, or *terminated* when it was
broken off; ``result.success`` says whether it passed the rubric. Every technique that was due in it is one more, about
that technique (an activity of the type objective): *passed* when it was used, *failed* when it was missed.
``registration`` ties the statements of a call together; the same call has the same ids in every export, so that sending
it twice stores it once. Verbs and activity types are those of the ADL vocabulary; docs/history.md lists them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from voicecoach import __version__
from voicecoach.errors import UsageError
from voicecoach.techniques.catalogue import entries

Json = dict[str, Any]

VERBS = "http://adlnet.gov/expapi/verbs"
TYPES = "http://adlnet.gov/expapi/activities"
BASE = "https://voicecoach.invalid/xapi"
"""What our activities are named under: `.invalid` is a name of nobody's. `--base` names them under one's own."""
LANGUAGE = "en"
FIGURES = ("start_anger", "peak_anger", "end_anger", "heard", "resolution", "turns")
BROKEN_OFF = frozenset({"", "abandoned"})


def check_base(base: str) -> str:
    """The address without a slash at its end. Raises ``UsageError`` when it is none."""
    tidy = base.rstrip("/")
    try:
        parts = urlsplit(tidy)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or not tidy.isprintable()
        or set(tidy) & set(' "<>\\^`{|}')
    ):
        raise UsageError(
            f"--base {base[:60]!r} is no address", remedy="such as https://learning.example.org/voicecoach"
        )
    return tidy


def statements(rows: Iterable[Json], base: str = BASE) -> Iterator[Json]:
    """The statements of these calls (rows as of ``call_rows``), each call before its techniques."""
    for row in rows:
        caller = _activity(f"{base}/callers/{quote(row['persona'], safe='')}", row["persona"], "simulation")
        yield _statement(row, "", base, _call_verb(row), caller, _call_result(row, base), {})
        for id_, used in sorted(row["techniques"].items()):
            objective = _activity(f"{base}/techniques/{quote(id_, safe='')}", _title(id_), "objective")
            verb = "passed" if used else "failed"
            yield _statement(row, id_, base, verb, objective, {"success": bool(used)}, {"parent": [caller]})


def as_xapi(rows: Iterable[Json], base: str = BASE) -> str:
    """One list of statements, as a record store takes it at once."""
    return json.dumps(list(statements(rows, base)), indent=1) + "\n"


def _statement(
    row: Json, part: str, base: str, verb: str, about: Json, result: Json, activities: dict[str, list[Json]]
) -> Json:
    call = uuid.UUID(row["id"])
    context: Json = {"registration": str(call), "platform": f"voicecoach {__version__}", "language": LANGUAGE}
    if activities:
        context["contextActivities"] = activities
    statement = {
        "id": str(uuid.uuid5(call, part or "call")),
        "actor": {"objectType": "Agent", "account": {"homePage": base, "name": row["trainee"] or "unnamed"}},
        "verb": {"id": f"{VERBS}/{verb}", "display": {"en-US": verb}},
        "object": about,
        "result": result,
        "context": context,
    }
    if (started := _timestamp(row["started"])) is not None:
        statement["timestamp"] = started
    return statement


def _call_verb(row: Json) -> str:
    return "terminated" if row["outcome"] in BROKEN_OFF else "completed"


def _call_result(row: Json, base: str) -> Json:
    return {
        "score": {"scaled": row["points"] / 100, "raw": row["points"], "min": 0, "max": 100},
        "success": row["passed"],
        "completion": row["outcome"] not in BROKEN_OFF,
        "duration": f"PT{row['seconds']:.2f}S",
        "response": row["outcome"] or "broken off",
        "extensions": {f"{base}/extensions/{name.replace('_', '-')}": row[name] for name in FIGURES},
    }


def _activity(id_: str, name: str, kind: str) -> Json:
    return {
        "objectType": "Activity",
        "id": id_,
        "definition": {"name": {"en": name}, "type": f"{TYPES}/{kind}"},
    }


def _title(id_: str) -> str:
    known = entries().get(id_)
    return known.title if known else id_.replace("_", " ")


def _timestamp(started: str) -> str | None:
    """ISO 8601 with an offset; None for what is no time (a journal from elsewhere may say anything)."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo is not None else None
