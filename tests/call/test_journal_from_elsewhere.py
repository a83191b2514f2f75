"""A journal from elsewhere is data: whatever is in it, it is read or refused in one line, never a crash."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.call import journal_lines
from voicecoach.call.engine import Engine
from voicecoach.call.journal import Header, JournalWriter, read_journal
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import TextCall
from voicecoach.errors import DataError, JournalError
from voicecoach.persona.loading import load, source_text
from voicecoach.review.report import render_report
from voicecoach.review.reviewed import read_reviewed
from voicecoach.review.rubric import shipped_rubric
from voicecoach.review.summary import as_object
from voicecoach.techniques.detector import TextDetector

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """A real call, as the lines of its journal."""
    path = tmp_path_factory.mktemp("call") / "journal.jsonl"
    persona = load("double_charge")
    writer = JournalWriter(
        path,
        Header(
            "c", persona.id, source_text(persona), 3, calibration={"level_dbfs": -30.0}, rubric=shipped_rubric().text
        ),
    )
    call = TextCall(Engine(persona, 3, TextDetector()), writer.step)
    call.begin()
    for said in ("i can hear how upsetting that is", "calm down", "i will refund it today"):
        call.turn(SayTurn(said))
    call.stop("enough")
    writer.close()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def understood(path: Path) -> bool:
    """Whether everything that reads journals made something of this one."""
    return not refused(path)


def refused(path: Path) -> str:
    """Why this journal is not read ("" when it is); whatever else is raised is a mistake of ours."""
    try:
        call = read_reviewed(read_journal(path))
        json.dumps(as_object(call))
        render_report(call)
    except DataError as error:
        return str(error)
    return ""


def is_one_line(refusal: str) -> bool:
    return "\n" not in refusal


def written(path: Path, lines: Lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that holds another: the container and the key."""
    for key, value in list(data.items()) if isinstance(data, dict) else list(enumerate(data)):
        yield data, key
        if isinstance(value, dict | list):
            yield from spots(value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just(10**30) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def test_the_real_one_is_understood(lines: Lines, tmp_path: Path) -> None:
    assert understood(written(tmp_path / "j", lines))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_may_stand_anywhere(
    data: st.DataObject, lines: Lines, tmp_path_factory: pytest.TempPathFactory
) -> None:
    changed = copy.deepcopy(lines)
    number = data.draw(st.integers(0, len(changed) - 1))
    container, key = data.draw(st.sampled_from(list(spots(changed[number]))))
    if data.draw(st.booleans()):
        container[key] = data.draw(anything)
    else:
        del container[key]
    assert is_one_line(refused(written(tmp_path_factory.getbasetemp() / "changed.jsonl", changed)))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_lines_may_be_missing_doubled_and_in_any_order(
    data: st.DataObject, lines: Lines, tmp_path_factory: pytest.TempPathFactory
) -> None:
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=12))
    path = written(tmp_path_factory.getbasetemp() / "order.jsonl", [lines[0], *(lines[at] for at in order)])
    assert is_one_line(refused(path))


@settings(max_examples=80, deadline=None)
@given(cut=st.integers(0, 50_000), rubbish=st.binary(max_size=200), keep=st.booleans())
def test_bytes_may_be_cut_and_be_rubbish(
    cut: int, rubbish: bytes, keep: bool, lines: Lines, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.getbasetemp() / "bytes.jsonl", lines)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] + rubbish + (whole[cut:] if keep else b""))
    assert is_one_line(refused(path))


@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "1e999", "1" * 5000, str(2**63), "[" * 100_000 + "]" * 100_000, '"\\ud800"', '"\\uDFFF"'],
    ids=["nan", "infinity", "overflow", "digits", "64 bits", "deep", "half a letter", "other half"],
)
@pytest.mark.parametrize("field", ["seed", "stt", "calibration"])
def test_what_no_journal_of_ours_contains(field: str, value: str, lines: Lines, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    head = json.dumps({**lines[0], field: "HERE"}).replace('"HERE"', value)
    path.write_text(head + "\n", encoding="utf-8")
    with pytest.raises(JournalError, match=f"{path}:1: "):
        read_journal(path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"newer": 1}, "has no field 'newer'"),
        ({"trainee": "x" * 301}, "trainee is longer than 300 letters"),
        ({"calibration": {"shoe_size": 44.0}}, "calibration is of no voice"),
        ({"calibration": {"level_dbfs": "loud"}}, "calibration.level_dbfs"),
        ({"seed": "three"}, "seed"),
    ],
)
def test_a_header_that_is_wrong_is_told_by_field(
    change: dict[str, object], told: str, lines: Lines, tmp_path: Path
) -> None:
    with pytest.raises(JournalError, match=told):
        read_journal(written(tmp_path / "j", [{**lines[0], **change}, *lines[1:]]))


def test_sizes_are_limited(lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "j", lines)
    monkeypatch.setattr(journal_lines, "LINES_LIMIT", 4)
    with pytest.raises(JournalError, match=":5: this is longer than any call"):
        read_journal(path)
    monkeypatch.undo()
    monkeypatch.setattr(journal_lines, "JOURNAL_LIMIT_BYTES", path.stat().st_size - 10)
    with pytest.raises(JournalError, match="this is longer than any call"):
        read_journal(path)
    monkeypatch.undo()
    path.write_text(json.dumps(lines[0]) + "\n" + '{"way": "in", "event": "' + "x" * 1_100_000 + '"}\n')
    with pytest.raises(JournalError, match=r":2: .*longer than 1024 KiB"):
        read_journal(path)
