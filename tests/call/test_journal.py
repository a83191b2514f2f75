"""The journal: what is written can be read, to the bit, whatever happens to the program."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.call.codec import decode, encode
from voicecoach.call.journal import Header, JournalWriter, read_journal
from voicecoach.errors import JournalError, StorageError
from voicecoach.events import CoachActed, Connected, EndCall, MoodMoved, Say, TurnHeard, TurnJudged
from voicecoach.values import Band, Detection, Heard, LedgerEntry, Line, Mood, Outcome, Word

HEADER = Header(call="c", persona_id="p", persona="id: p\n", seed=3, calibration={"level_dbfs": -26.5})

seconds = st.floats(0, 1e5, allow_nan=False)
words = st.builds(Word, st.text(max_size=8), seconds, seconds, st.floats(0, 1))
events = st.one_of(
    st.builds(Connected, seconds),
    st.builds(
        TurnHeard,
        seconds,
        st.builds(
            Heard, st.lists(words, max_size=3).map(tuple), seconds, seconds, st.none() | st.floats(-90, 0), st.none()
        ),
    ),
    st.builds(CoachActed, seconds, st.sampled_from(["nudge", "say", "back"]), st.floats(-9, 9), st.text(max_size=5)),
    st.builds(Say, seconds, st.builds(Line, st.integers(1, 99), st.text(), st.text(), seconds, st.sampled_from(Band))),
    st.builds(
        TurnJudged,
        seconds,
        st.integers(1, 99),
        st.text(),
        st.lists(st.builds(Detection, st.text(), st.text(), st.tuples(st.integers(), st.integers()), seconds)).map(
            tuple
        ),
    ),
    st.builds(
        MoodMoved,
        seconds,
        st.builds(Mood, seconds, seconds, seconds),
        st.builds(Mood, seconds, seconds, seconds),
        st.sampled_from(Band),
        st.lists(
            st.builds(
                LedgerEntry,
                st.text(),
                st.text(),
                seconds,
                st.lists(st.tuples(st.text(), seconds), max_size=2).map(tuple),
                seconds,
            ),
            max_size=2,
        ).map(tuple),
    ),
    st.builds(EndCall, seconds, st.sampled_from(Outcome), st.text()),
)


@given(events)
def test_an_event_comes_back_exactly(event: object) -> None:
    assert decode(json.loads(json.dumps(encode(event)))) == event


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"event": "Shout", "at_seconds": 1.0}, "unknown event 'Shout'"),
        ({"event": "Say", "at_seconds": 1.0}, "Say.line"),
        ({"event": "Duck", "at_seconds": "soon"}, "Duck.at_seconds"),
        ({"event": "Duck", "at_seconds": 1.0, "loudly": True}, "no field 'loudly'"),
        ({"event": ["Duck"]}, "unknown event"),
    ],
)
def test_a_foreign_event_is_refused(data: dict[str, object], told: str) -> None:
    with pytest.raises(JournalError, match=told.replace("'", ".")):
        decode(data)


def write(path: Path) -> None:
    writer = JournalWriter(path, HEADER)
    writer.step(Connected(0.0), (Say(0.0, Line(1, "opening", "hello", 8.0, Band.FURIOUS)),))
    writer.step(Connected(1.5), ())
    writer.close()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    write(path)
    journal = read_journal(path)
    assert journal.header == HEADER
    assert journal.complete
    assert list(journal.inputs()) == [Connected(0.0), Connected(1.5)]
    assert list(journal.outputs()) == [Say(0.0, Line(1, "opening", "hello", 8.0, Band.FURIOUS))]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    write(path)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_last_line_cut_off_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    journal = read_journal(path)
    assert not journal.complete
    assert list(journal.inputs()) == [Connected(0.0)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no call in this file"),
        (b"hello\n", ":1: not a line of a journal"),
        (b"[1]\n", ":1: not a line of a journal"),
        (b'{"event": "Connected"}\n', ":1: this is not a journal of a call"),
        (b'{"event": "Header", "format": 9}\n', ":1: journal format 9 is not 1"),
        (b'{"event": "Header", "format": 1}\n', ":1: the header's call: Field required"),
        (b"\xff\xfe\n", ":1: not a line of a journal"),
    ],
)
def test_a_file_that_is_no_journal(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    with pytest.raises(JournalError) as caught:
        read_journal(path)
    assert told in str(caught.value)


def test_a_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    write(path)
    lines = path.read_bytes().split(b"\n")
    lines[1] = b'{"way": "in", "event": "Connected", "at_seconds": "x"}'
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(JournalError) as caught:
        read_journal(path)
    assert str(caught.value).startswith(f"{path}:2: Connected.at_seconds")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the journal cannot be written"):
        JournalWriter(tmp_path / "nowhere" / "journal.jsonl", HEADER)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_kill_loses_no_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    program = f"""
from pathlib import Path
from voicecoach.call.journal import Header, JournalWriter
from voicecoach.events import Connected
writer = JournalWriter(Path({str(path)!r}), Header("c", "p", "", 1))
number = 0
while True:
    writer.step(Connected(float(number)), ())
    print(number, flush=True)
    number += 1
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = [int(child.stdout.readline()) for _ in range(200)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    kept = [event.at_seconds for event in read_journal(path).inputs()]
    assert kept[: len(told)] == [float(number) for number in told]
