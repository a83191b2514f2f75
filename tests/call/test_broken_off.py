"""A journal whose program died is brought to its end wherever it was cut, and replays to the bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.call.broken_off import BROKEN_OFF, finish_journal, has_ended
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, Journal, JournalWriter, read_journal
from voicecoach.call.replay import replay
from voicecoach.call.running import RunningMark, broken_off, forget, held, is_running
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import TextCall
from voicecoach.errors import JournalError
from voicecoach.events import CallStopped, EndCall
from voicecoach.persona.loading import load, source_text
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.values import Outcome

PERSONA = load("double_charge")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal of a call that is still going on."""
    path = tmp_path / "journal.jsonl"
    writer = JournalWriter(path, Header("c", PERSONA.id, source_text(PERSONA), 3))
    call = TextCall(new_engine(PERSONA, 3, None, NO_EXTENSION), writer.step)
    call.begin()
    for said in ("i can hear how upsetting that is", "i will refund it today"):
        call.turn(SayTurn(said))
    writer.close()
    return path


def replays(journal: Journal) -> bool:
    again = replay(journal.inputs(), new_engine(PERSONA, 3, None, NO_EXTENSION))
    return again.steps == journal.steps


def end_of(journal: Journal) -> EndCall:
    (end,) = [output for output in journal.outputs() if isinstance(output, EndCall)]
    return end


def test_the_end_is_what_the_engine_says_to_a_stop(path: Path) -> None:
    before = read_journal(path)
    assert not has_ended(path)
    journal = finish_journal(path)
    assert has_ended(path)
    assert journal.steps[:-1] == before.steps
    assert end_of(journal).reason == BROKEN_OFF
    assert end_of(journal).outcome is Outcome.ABANDONED
    assert replays(journal)


def test_wherever_its_last_lines_were_cut(path: Path) -> None:
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    start = len(whole) - sum(map(len, lines[-6:]))
    borders = [len(b"".join(lines[: len(lines) - back])) for back in range(6)]
    for cut in {*range(start, len(whole), 97), *borders, *(border - 1 for border in borders)}:
        path.write_bytes(whole[:cut])
        kept = list(read_journal(path).inputs())
        journal = finish_journal(path)
        assert list(journal.inputs())[: len(kept)] == kept
        assert journal.complete and replays(journal), cut


def test_the_call_ends_with_its_recording_if_that_goes_on(path: Path) -> None:
    last = finish_journal(path, recorded_seconds=500.004).steps[-1][0]
    assert last == CallStopped(500.0, BROKEN_OFF)


def test_a_call_that_has_its_end_is_left_alone(path: Path) -> None:
    finish_journal(path)
    before = path.read_bytes()
    finish_journal(path, 900.0)
    assert path.read_bytes() == before


def test_a_journal_of_another_version_gets_a_plain_end(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('"text": "i can hear', '"text": "you can hear')
    path.write_text(text, encoding="utf-8")
    assert end_of(finish_journal(path)).reason == BROKEN_OFF


def test_without_a_header_there_is_no_call(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_text('{"event": "Head', encoding="utf-8")
    with pytest.raises(JournalError, match="there is no call in this file"):
        finish_journal(path)


def test_a_call_that_goes_on_is_nobody_elses(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert broken_off(home) == []
    mark = RunningMark(home, "one")
    assert is_running(home, "one")
    assert broken_off(home) == []
    with held(home, "one") as mine:
        assert not mine
    mark.remove()
    mark.remove()
    assert not is_running(home, "one")
    assert list((home / "running").iterdir()) == []


def test_a_mark_that_nobody_holds_is_a_call_that_was_broken_off(tmp_path: Path) -> None:
    home = tmp_path / "home"
    RunningMark(home, "other").remove()
    (home / "running" / "one").touch()
    assert broken_off(home) == ["one"]
    with held(home, "one") as mine:
        assert mine
        with held(home, "one") as anothers:
            assert not anothers
    forget(home, "one")
    assert broken_off(home) == []
