"""`voicecoach doctor`: a report on any machine, with a remedy for whatever is not as it should be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from voicecoach.audio.level import Level
from voicecoach.commands import checkup
from voicecoach.commands.checkup import (
    Finding,
    Mark,
    check_models,
    check_recognizers,
    check_storage,
    check_voice,
)
from voicecoach.commands.doctor import verdict
from voicecoach.commands.sound_checkup import level_finding, quiet_libraries
from voicecoach.stt.model_folder import synthetic_model_folder

TOPICS = {"voicecoach", "python", "terminal", "storage", "voice", "models", "vosk", "sphinx", "portaudio"}

HIDE_PORTAUDIO = """
import ctypes.util
ctypes.util.find_library = lambda name: None
"""
RUN = "from voicecoach.commands.doctor import doctor; doctor({as_json})"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def examine(*, as_json: bool, first: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", first + RUN.format(as_json=as_json)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, **environment},
    )


def good(*topics: str) -> list[Finding]:
    return [Finding(topic, Mark.GOOD, "fine") for topic in topics]


ALL_GOOD = good("storage", "voice", "models", "vosk", "sphinx", "portaudio", "microphone", "level", "loudspeaker")


def but(**marks: Mark) -> list[Finding]:
    return [Finding(f.topic, marks.get(f.topic, f.mark), f.says) for f in ALL_GOOD]


# ---------------------------------------------------------------------------------------------------- the whole of it


@pytest.fixture(scope="module")
def without_portaudio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The report of a machine that lacks the PortAudio library."""
    home = tmp_path_factory.mktemp("doctor") / "home"
    done = examine(as_json=True, first=HIDE_PORTAUDIO, VOICECOACH_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    yield json.loads(done.stdout)


def test_every_topic_is_reported_and_what_is_not_good_has_a_remedy(without_portaudio: dict[str, Any]) -> None:
    checks = without_portaudio["checks"]
    assert {check["topic"] for check in checks} == TOPICS
    assert [check for check in checks if check["mark"] != "good" and not check["remedy"]] == []


def test_a_missing_portaudio_is_named_with_the_way_to_install_it(without_portaudio: dict[str, Any]) -> None:
    (portaudio,) = (check for check in without_portaudio["checks"] if check["topic"] == "portaudio")
    assert portaudio["mark"] == "bad"
    assert "install" in portaudio["remedy"]
    assert without_portaudio["ready"] == "keyboard"
    assert "voicecoach call --stt typed" in without_portaudio["verdict"]


def test_the_voice_and_both_recognisers_really_work_here(without_portaudio: dict[str, Any]) -> None:
    marks = {check["topic"]: check["mark"] for check in without_portaudio["checks"]}
    assert (marks["voice"], marks["vosk"], marks["sphinx"]) == ("good", "poor", "good")


def test_in_a_pipe_it_is_plain_lines_that_end_with_the_verdict(home: Path) -> None:
    done = examine(as_json=False, first=HIDE_PORTAUDIO, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert f"good storage      {home}, " in done.stdout
    assert any(line.startswith("bad  portaudio") for line in lines)
    assert any(line.startswith("poor terminal     plain signs only: ascii") for line in lines)
    assert lines[-1].startswith("You can take a call at the keyboard")


def test_on_a_narrow_terminal_each_text_stays_in_its_column(home: Path) -> None:
    command = [sys.executable, "-c", HIDE_PORTAUDIO + RUN.format(as_json=False)]
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "50", "TERM": "xterm"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100, env=environment)
    rows = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout).splitlines()
    *table, verdict_line = rows
    assert verdict_line.startswith("You can take a call")
    assert all(len(row) <= 50 for row in table)
    wrapped = [row for row in table if row.startswith(" ")]
    assert wrapped
    assert all(row.startswith(" " * 18) for row in wrapped)


# ------------------------------------------------------------------------------------------------------- the verdict


def test_when_all_is_good_the_headset_is_ready() -> None:
    assert verdict(ALL_GOOD) == ("headset", "You can take a call at the headset: voicecoach call.")


def test_without_a_vosk_model_the_headset_is_ready_all_the_same() -> None:
    ready, words = verdict(but(vosk=Mark.POOR))
    assert ready == "headset"
    assert "heard better with a Vosk model" in words


@pytest.mark.parametrize("topic", ["portaudio", "microphone", "level", "loudspeaker", "voice"])
def test_without_sound_there_is_the_keyboard(topic: str) -> None:
    ready, words = verdict(but(**{topic: Mark.BAD}))
    assert ready == "keyboard"
    assert f"see {topic} above" in words


def test_one_recogniser_is_enough_and_none_leaves_the_keyboard() -> None:
    assert verdict(but(sphinx=Mark.BAD))[0] == "headset"
    assert verdict(but(vosk=Mark.BAD))[0] == "headset"
    assert verdict(but(vosk=Mark.POOR, sphinx=Mark.BAD))[0] == "keyboard"


def test_what_is_only_poor_is_in_nobodys_way() -> None:
    assert verdict(but(level=Mark.POOR, voice=Mark.POOR, storage=Mark.POOR))[0] == "headset"


def test_where_nothing_can_be_kept_no_call_can_be_taken() -> None:
    ready, words = verdict(but(storage=Mark.BAD))
    assert ready == "nothing"
    assert "storage" in words


# ------------------------------------------------------------------------------------------------------- each of them


@pytest.mark.parametrize(
    ("level", "mark", "says"),
    [
        (Level(-120.0, -120.0, all_zero=True), Mark.BAD, "nothing but silence"),
        (Level(-70.0, -55.0, all_zero=False), Mark.POOR, "very quiet: peak -55 dBFS"),
        (Level(-12.0, 0.0, all_zero=False), Mark.POOR, "too loud, it clips"),
        (Level(-30.0, -14.0, all_zero=False), Mark.GOOD, "peak -14 dBFS, average -30 dBFS"),
    ],
)
def test_a_microphones_level(level: Level, mark: Mark, says: str) -> None:
    finding = level_finding(level, "Headset")
    assert finding.mark is mark
    assert says in finding.says
    assert (mark is Mark.GOOD) == (not finding.remedy)


def test_the_model_a_call_would_take_is_really_loaded(home: Path) -> None:
    folder = home / "models" / "mine"
    folder.mkdir(parents=True)
    for part in synthetic_model_folder().iterdir():
        if part.name != "voicecoach.json":  # which says that it understands no human
            (folder / part.name).symlink_to(part)
    assert [(f.mark, f.says) for f in check_models()] == [(Mark.GOOD, "mine")]
    vosk = next(finding for finding in check_recognizers() if finding.topic == "vosk")
    assert vosk.mark is Mark.GOOD
    assert vosk.says.startswith("a call listens with mine (loads in ")


def test_a_model_that_is_whole_and_does_not_load_is_bad(home: Path) -> None:
    folder = home / "models" / "mine"
    for part in (
        "am/final.mdl",
        "conf/mfcc.conf",
        "conf/model.conf",
        "graph/HCLG.fst",
        "graph/phones/word_boundary.int",
    ):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"x")
    vosk = next(finding for finding in check_recognizers() if finding.topic == "vosk")
    assert vosk.mark is Mark.BAD
    assert str(folder) in vosk.says
    assert vosk.remedy


def test_a_half_unpacked_model_is_bad_and_fetched_again(home: Path) -> None:
    (home / "models" / "vosk-model-small-en-us-0.15" / "am").mkdir(parents=True)
    (finding,) = check_models()
    assert finding.mark is Mark.BAD
    assert "conf/model.conf" in finding.says
    assert finding.remedy == "run: voicecoach models fetch vosk-model-small-en-us-0.15"


def test_a_home_that_cannot_be_made_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "file" / "home"))
    (finding,) = check_storage()
    assert finding.mark is Mark.BAD
    assert "VOICECOACH_HOME" in finding.remedy


def test_a_home_of_nobody_is_bad_everywhere_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", "~nobody-of-that-name/x")
    found = [*check_storage(), *check_models(), *check_recognizers()]
    assert [(f.topic, f.mark) for f in found] == [
        ("storage", Mark.BAD),
        ("models", Mark.BAD),
        ("vosk", Mark.POOR),
        ("sphinx", Mark.GOOD),
    ]


def test_a_disk_with_little_room_is_poor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "LEAST_FREE_MEGABYTES", 10**12)
    (finding,) = check_storage()
    assert finding.mark is Mark.POOR
    assert "little room" in finding.says


def test_a_slow_voice_is_poor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "SLOW_LINE_SECONDS", 0.0)
    (finding,) = check_voice()
    assert finding.mark is Mark.POOR
    assert "voices; a line of" in finding.says


def test_what_libraries_write_by_themselves_stays_out_of_the_report(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_libraries():
        os.write(2, b"ALSA lib conf.c: noise\n")
    os.write(2, b"ours\n")
    assert capfd.readouterr().err == "ours\n"
