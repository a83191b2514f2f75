"""Exports: every call once, no spoken word, no name unless asked for, xAPI statements as the specification has them."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ralph.models.xapi.base.statements import BaseXapiStatement
from sqlalchemy import select

from voicecoach.commands.export import ExportOptions, export_calls
from voicecoach.commands.history import HistoryOptions
from voicecoach.errors import StorageError, UsageError
from voicecoach.history.database import open_history
from voicecoach.history.exporting import as_csv
from voicecoach.history.pseudonyms import Pseudonyms
from voicecoach.history.tables import exports

Take = Callable[..., Path]
BAD = ("calm down", "there is nothing i can do")
ALL = HistoryOptions()


@pytest.fixture
def three(take: Take, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good call of Kim's, a bad one of a hostile name, and one that was broken off."""
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    take("2026-03-01_093005_double_charge", trainee="Kim")
    take("2026-03-02_093005_double_charge", BAD, trainee='=cmd|"/C calc"!A0')
    take("2026-03-03_093005_cancelled_flight", (), persona="cancelled_flight", trainee="Kim")
    return home


def exported(capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    export_calls(ExportOptions(options.pop("calls", ALL), **options))
    return capsys.readouterr().out


def test_a_line_of_csv_for_every_call(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(capsys))))
    assert [row["day"] for row in rows] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert (rows[0]["empathize"], rows[1]["empathize"]) == ("used", "missed")
    assert (rows[0]["mistake_calm_down"], rows[1]["mistake_calm_down"]) == ("0", "1")
    assert rows[0]["trainee"] == rows[2]["trainee"] != rows[1]["trainee"]


def test_names_only_for_who_asks(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for format_ in ("csv", "json", "xapi"):
        assert "Kim" not in exported(capsys, format=format_)
    told = json.loads(exported(capsys, format="json", names=True))
    assert [row["trainee"] for row in told] == ["Kim", '=cmd|"/C calc"!A0', "Kim"]


def test_no_spoken_word_is_in_it(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for format_ in ("csv", "json", "xapi"):
        told = exported(capsys, format=format_, names=True)
        assert "upsetting" not in told and "refund it" not in told


def test_a_name_is_no_formula_in_a_spreadsheet(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(capsys, names=True))))
    assert rows[1]["trainee"] == '\'=cmd|"/C calc"!A0'
    for name in ("=1", "+1", "-1", "@x", "\t=1"):
        plain = {key: "" for key in rows[0] if not key.startswith("mistake_")}
        row: dict[str, Any] = {**plain, "trainee": name, "techniques": {}, "mistakes": {}}
        assert f"'{name}" in as_csv([row])


def test_the_same_call_has_the_same_ids_again(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(capsys, format="xapi") == exported(capsys, format="xapi")
    assert exported(capsys, format="json") == exported(capsys, format="json")


def test_filters_hold_for_exports_too(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(exported(capsys, format="json", calls=HistoryOptions(persona="cancelled_flight")))
    assert [row["persona"] for row in told] == ["cancelled_flight"]


def test_a_file_is_the_owners_and_is_remembered(three: Path, tmp_path: Path) -> None:
    out = tmp_path / "calls.csv"
    export_calls(ExportOptions(HistoryOptions(trainee="Kim"), out=out))
    assert out.stat().st_mode & 0o777 == 0o600
    with closing(open_history(three)) as history, history.begin() as connection:
        row = connection.execute(select(exports)).one()
    assert (row.path, row.format, row.trainees) == (str(out), "csv", ["Kim"])


def test_where_nothing_can_be_written(three: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the export cannot be written"):
        export_calls(ExportOptions(ALL, out=tmp_path / "nowhere" / "calls.csv"))


def test_a_pseudonym_is_stable_secret_and_its_owners(tmp_path: Path) -> None:
    first, again, other = (Pseudonyms(tmp_path / name) for name in ("home", "home", "other"))
    assert first.of("Kim") == again.of("Kim") != first.of("Lee")
    assert first.of("Kim") != other.of("Kim"), "trying out names leads nowhere without the key"
    assert (tmp_path / "home" / "pseudonyms.key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "home" / "pseudonyms.key").write_bytes(b"short")
    with pytest.raises(StorageError, match="no key"):
        Pseudonyms(tmp_path / "home")


# -------------------------------------------------------------------------------------------------------------- xAPI

IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
ADL_VERBS = {"completed", "terminated", "passed", "failed"}
ADL_TYPES = {"simulation", "objective"}


def check(statement: dict[str, Any]) -> None:
    """The requirements of the xAPI 1.0.3 specification, part two, sections 2.2 to 2.4, as far as we use them."""
    assert set(statement) <= {"id", "actor", "verb", "object", "result", "context", "timestamp"}
    assert statement["id"] == str(uuid.UUID(statement["id"]))
    assert set(statement["actor"]) == {"objectType", "account"}, "exactly one identifier"
    assert set(statement["actor"]["account"]) == {"homePage", "name"}
    assert IRI.fullmatch(statement["actor"]["account"]["homePage"])
    assert isinstance(statement["actor"]["account"]["name"], str)
    assert statement["verb"]["id"] in {f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ADL_VERBS}
    check_activity(statement["object"])
    result = statement["result"]
    assert set(result) <= {"score", "success", "completion", "response", "duration", "extensions"}
    assert isinstance(result["success"], bool)
    if score := result.get("score"):
        assert (
            -1 <= score["scaled"] <= 1 and score["min"] <= score["raw"] <= score["max"] and score["min"] < score["max"]
        )
    if "duration" in result:
        assert re.fullmatch(r"PT\d+(\.\d{1,2})?S", result["duration"]), "ISO 8601, a hundredth of a second at most"
    for key in result.get("extensions", {}):
        assert IRI.fullmatch(key)
    context = statement["context"]
    assert set(context) <= {"registration", "platform", "language", "contextActivities"}
    assert context["registration"] == str(uuid.UUID(context["registration"]))
    for kind, activities in context.get("contextActivities", {}).items():
        assert kind in {"parent", "grouping", "category", "other"}
        for activity in activities:
            check_activity(activity)
    assert datetime.fromisoformat(statement["timestamp"]).tzinfo is not None
    no_nulls(statement)


def check_activity(activity: dict[str, Any]) -> None:
    assert set(activity) == {"objectType", "id", "definition"} and activity["objectType"] == "Activity"
    assert IRI.fullmatch(activity["id"])
    assert set(activity["definition"]) <= {"name", "type"}
    assert activity["definition"]["type"] in {f"http://adlnet.gov/expapi/activities/{kind}" for kind in ADL_TYPES}
    assert all(re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) for language in activity["definition"]["name"])


def no_nulls(value: Any) -> None:
    """2.2: no value is null outside of extensions."""
    assert value is not None
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        no_nulls(inner)


def test_statements_are_as_the_specification_has_them(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements = json.loads(exported(capsys, format="xapi"))
    assert len({statement["id"] for statement in statements}) == len(statements) > 20
    for statement in statements:
        check(statement)
        BaseXapiStatement.model_validate(statement)


def test_our_check_and_the_library_see_what_is_wrong(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = json.loads(exported(capsys, format="xapi"))[0]
    for wrong in (
        {**statement, "id": "1"},
        {**statement, "actor": {"objectType": "Agent"}},
        {**statement, "verb": {"id": "completed"}},
        {**statement, "colour": "red"},
        {**statement, "result": {"success": "yes", "score": {"scaled": 7}}},
    ):
        with pytest.raises((AssertionError, ValueError)):
            check(wrong)
        with pytest.raises(ValueError):
            BaseXapiStatement.model_validate(wrong)


def test_a_call_is_told_before_its_techniques(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements = json.loads(exported(capsys, format="xapi"))
    by_call: dict[str, list[str]] = {}
    for statement in statements:
        verb = statement["verb"]["id"].rsplit("/")[-1]
        by_call.setdefault(statement["context"]["registration"], []).append(verb)
    assert [verbs[0] for verbs in by_call.values()] == ["completed", "completed", "terminated"]
    empathy = [each for each in statements if each["object"]["id"].endswith("/techniques/empathize")]
    assert [each["verb"]["display"]["en-US"] for each in empathy] == ["passed", "failed"]
    assert [each["result"]["success"] for each in empathy] == [True, False]


def test_statements_stand_under_the_address_one_gives(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement = json.loads(exported(capsys, format="xapi", base="https://learn.example.org/x/"))[0]
    assert statement["object"]["id"] == "https://learn.example.org/x/callers/double_charge"
    for base in ("learn.example.org", "ftp://x", "https://", "https://a b", "https://[", "javascript:alert(1)"):
        with pytest.raises(UsageError, match="is no address"):
            export_calls(ExportOptions(ALL, format="xapi", base=base))
