"""Every command as a person meets it: first use, wrong words, wrong files. One clear line, exit 2, no traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest
import soundfile

from voicecoach.call.journal import read_journal

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VOICECOACH_HOME": str(home), "COLUMNS": "80", **variables}
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, text=True, env=environment, check=False
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """What a person was told: one line on standard error, exit 2."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("voicecoach: ")
    return lines[0]


SCRIPT = """
turns:
  - say: "I can hear how upsetting that is."
  - say: "Calm down."
    interrupt: true
  - silence: 6
  - hold: 30
  - coach: {act: nudge, value: -2}
  - say: "I am so sorry about that."
    raised: true
  - hang_up: true
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "turns.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------------------ the contract


def test_help_for_every_command(home: Path) -> None:
    for words in (
        [],
        ["call"],
        ["demo"],
        ["drill"],
        ["contest"],
        ["detect"],
        ["transcribe"],
        ["say"],
        ["persona", "list"],
        ["persona", "show"],
        ["persona", "simulate"],
        ["persona", "curve"],
        ["persona", "compare"],
        ["persona", "sensitivity"],
        ["persona", "ladder"],
        ["persona", "try"],
        ["review"],
        ["history"],
        ["replay"],
        ["rubric"],
        ["recover"],
        ["export"],
        ["import"],
        ["wipe"],
        ["models", "list"],
        ["models", "fetch"],
        ["models", "where"],
        ["doctor"],
    ):
        told = run(home, *words, "--help")
        assert told.returncode == 0, words
        assert "Usage" in told.stdout
        assert max(len(line) for line in told.stdout.splitlines()) <= 80
    assert not home.exists(), "asking for help leaves nothing behind"


def test_a_group_without_a_command_shows_its_help_and_no_complaint(home: Path) -> None:
    for words in ([], ["persona"], ["models"]):
        told = run(home, *words)
        assert told.returncode == 2
        assert "Usage" in told.stdout + told.stderr
        assert "voicecoach: " not in told.stderr


def test_a_scripted_call_prints_the_object_of_the_contract(home: Path, script: Path) -> None:
    done = run(home, "call", "double_charge", "--script", str(script), "--json", "--seed", "3")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"outcome", "reason", "anger", "turns", "score"}
    assert result["outcome"] == "hung_up_on_caller"
    assert set(result["anger"][0]) == {"t", "anger", "cause", "delta"}
    assert all(0 <= point["anger"] <= 10 for point in result["anger"])
    assert [turn["who"] for turn in result["turns"]].count("trainee") == 3
    causes = {point["cause"] for point in result["anger"]}
    assert {"interrupt", "calm_down", "dead_air", "hold", "coach", "raised_voice", "time"} <= causes
    first = next(turn for turn in result["turns"] if turn["who"] == "trainee")
    assert first["end"] - first["start"] == pytest.approx(7 / 2.7)


def test_the_same_seed_is_the_same_call_and_another_is_not(home: Path, script: Path) -> None:
    def told(seed: str) -> str:
        return run(home, "call", "double_charge", "--script", str(script), "--json", "--seed", seed).stdout

    assert told("5") == told("5")
    assert told("5") != told("6")


def test_the_curve_adds_up(home: Path, script: Path) -> None:
    result = json.loads(run(home, "call", "double_charge", "--script", str(script), "--json").stdout)
    anger = result["anger"][0]["anger"]
    for point in result["anger"][1:]:
        anger += point["delta"]
        assert point["anger"] == pytest.approx(anger, abs=1e-9)


def test_typed_at_the_keyboard(home: Path) -> None:
    done = run(home, "call", "--stt", "typed", stdin="I can hear how upsetting that is.\n\n/help\n/wait\n/hangup\n")
    assert done.returncode == 0, done.stderr
    for needed in ("CALLER", "YOU", "empathize", "dead air", "Outcome"):
        assert needed in done.stdout


def test_bytes_that_are_no_text_do_not_end_a_typed_call(home: Path) -> None:
    for encoding in ("ascii", "utf-8"):
        environment = {**os.environ, "VOICECOACH_HOME": str(home), "PYTHONIOENCODING": encoding}
        typed = "Gr\u00fc\u00dfe, I can hear that.\n".encode() + b"\xff\xfe and so on\n"
        done = subprocess.run(
            [*PROGRAM, "call", "--stt", "typed"], input=typed, capture_output=True, env=environment, check=False
        )
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
    assert "abandoned" in run(home, "review").stdout


def test_without_any_input_a_typed_call_says_so(home: Path) -> None:
    command = f"{PROGRAM[0]} call --stt typed <&-"
    environment = {**os.environ, "VOICECOACH_HOME": str(home)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert "no input to type into" in refused(done)


def test_the_end_of_the_input_ends_a_typed_call(home: Path) -> None:
    done = run(home, "call", "--stt", "typed", stdin="")
    assert done.returncode == 0
    assert "abandoned" in done.stdout


def test_a_sound_file_is_heard_and_both_sides_are_written(home: Path, tmp_path: Path) -> None:
    said = tmp_path / "said.wav"
    assert run(home, "say", "I am so sorry about that.", "--anger", "1", "--out", str(said)).returncode == 0
    out = tmp_path / "out.wav"
    done = run(home, "call", "--mic", str(said), "--stt", "sphinx", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    assert any(turn["who"] == "trainee" and turn["text"] for turn in json.loads(done.stdout)["turns"])
    assert soundfile.info(out).channels == 2


def test_detect_reads_json_lines(home: Path) -> None:
    lines = [
        {"context": "You charged me twice!", "text": "I'm so sorry about that, calm down."},
        {"context": "", "text": ""},
        {"context": "", "text": "🙂 你好"},
    ]
    done = run(home, "detect", "--json", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 3
    assert {"apologize", "calm_down"} <= {label["id"] for label in rows[0]["labels"]}
    assert set(rows[0]["labels"][0]) == {"id", "words", "confidence"}
    assert rows[1] == {"labels": []}


def test_detect_reads_plain_text_for_people(home: Path) -> None:
    done = run(home, "detect", stdin="I'm so sorry about that.\n")
    assert "apologize" in done.stdout
    assert "\x1b" not in done.stdout


def test_personas_are_listed_one_a_line_id_first(home: Path) -> None:
    lines = run(home, "persona", "list").stdout.splitlines()
    ids = [line.split()[0] for line in lines]
    assert {"double_charge", "cancelled_flight"} <= set(ids)
    assert [row["id"] for row in json.loads(run(home, "persona", "list", "--json").stdout)] == ids


def test_a_simulation_prints_the_object_of_the_contract(home: Path) -> None:
    done = run(home, "persona", "simulate", "double_charge", "--policy", "expert", "--calls", "20", "--json")
    result = json.loads(done.stdout)["policies"]["expert"]
    assert result["calls"] == 20
    assert sum(result["outcomes"].values()) == pytest.approx(1.0)
    assert result["calls_per_second"] > 0


# -------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["call", "nobody", "--stt", "typed"], "there is no persona `nobody`"),
        (["call", "doubel_charge", "--stt", "typed"], "double_charge"),
        (["call", "--script", "none.yaml"], "none.yaml: cannot be read"),
        (["call", "--mic", "none.wav"], "none.wav"),
        (["call", "--voiced"], "--voiced speaks a script"),
        (["call", "--mic", "a.wav", "--script", "b.yaml"], "--mic and --script are both the trainee"),
        (["call", "--stt", "typed", "--mic", "a.wav"], "--stt typed reads the keyboard"),
        (["call", "--stt", "typed", "--out", "a.wav"], "--out needs sound"),
        (["transcribe", "none.wav"], "none.wav"),
        (["review", "nothing"], "there is no call 'nothing'"),
        (["replay", "nothing"], "there is no call 'nothing'"),
        (["models", "fetch", "no-such-model"], "no-such-model"),
        (["persona", "show", "nobody"], "there is no persona `nobody`"),
        (["persona", "simulate", "double_charge", "--policy", "saint"], "there is no policy 'saint'"),
        (["say", "hello", "--persona", "nobody"], "there is no persona `nobody`"),
    ],
)
def test_wrong_words_are_told_in_one_line(home: Path, arguments: list[str], told: str) -> None:
    assert told in refused(run(home, *arguments))


@pytest.mark.parametrize(
    "arguments",
    [["fly"], ["call", "--stt", "telepathy"], ["call", "--seed", "x"], ["say"], ["say", "hi", "--anger", "11"]],
)
def test_wrong_usage_is_told_in_one_line_too(home: Path, arguments: list[str]) -> None:
    assert "--help`" in refused(run(home, *arguments))


def test_files_that_are_not_what_they_should_be(home: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("this is not sound", encoding="utf-8")
    assert "text.wav" in refused(run(home, "call", "--mic", str(text)))
    empty = tmp_path / "empty.wav"
    with wave.open(str(empty), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
    assert "empty.wav" in refused(run(home, "transcribe", str(empty)))
    persona = tmp_path / "bad.yaml"
    persona.write_text("format: 1\nid: bad\nextends: double_charge\nnmae: X\n", encoding="utf-8")
    assert "bad.yaml:4" in refused(run(home, "call", str(persona), "--stt", "typed"))
    turns = tmp_path / "turns.yaml"
    turns.write_text("turns:\n  - say: hi\n    aftr: 1\n", encoding="utf-8")
    assert "turns.yaml:3: unknown key `aftr`; did you mean `after`?" in refused(
        run(home, "call", "--script", str(turns))
    )
    journal = tmp_path / "journal.jsonl"
    journal.write_text("{}\n", encoding="utf-8")
    assert "journal.jsonl:1" in refused(run(home, "review", str(journal)))


def test_a_model_folder_that_is_none(home: Path, tmp_path: Path) -> None:
    said = tmp_path / "said.wav"
    run(home, "say", "hello", "--out", str(said))
    for folder in (tmp_path / "missing", tmp_path):
        told = refused(run(home, "transcribe", str(said), "--stt", "vosk", "--model", str(folder)))
        assert str(folder) in told


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    told = refused(run(blocked, "call", "--stt", "typed"))
    assert "VOICECOACH_HOME" in told


def test_detect_tells_the_line_that_is_not_json(home: Path) -> None:
    told = refused(run(home, "detect", "--json", stdin='{"text": "hi"}\n{"text": 7}\n'))
    assert "standard input:2" in told


def test_without_portaudio_a_headset_call_says_what_to_install(home: Path, tmp_path: Path) -> None:
    hide = tmp_path / "sitecustomize.py"
    hide.write_text("import ctypes.util\nctypes.util.find_library = lambda name: None\n", encoding="utf-8")
    told = refused(run(home, "call", PYTHONPATH=str(tmp_path)))
    assert "PortAudio" in told


# ------------------------------------------------------------------------------------------------------ rough ends


def test_plain_output_has_no_colour_and_survives_ascii(home: Path, script: Path) -> None:
    done = run(home, "call", "--script", str(script), PYTHONIOENCODING="ascii", LANG="C", NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    command = f"{PROGRAM[0]} --help | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_killed_call_keeps_its_journal_and_all_but_a_second_of_sound(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "long.yaml"
    script.write_text("turns:\n" + "  - say: i can hear how upsetting that is\n" * 300, encoding="utf-8")
    child = subprocess.Popen(
        [*PROGRAM, "call", "--script", str(script), "--voiced"],
        stdout=subprocess.PIPE,
        env={**os.environ, "VOICECOACH_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert child.stdout is not None
    seen = 0
    while seen < 3:
        seen += "YOU" in child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    (folder,) = (home / "calls").iterdir()
    journal = read_journal(folder / "journal.jsonl")
    last_seconds = max(event.at_seconds for event in journal.inputs())
    assert sum(type(event).__name__ == "TurnHeard" for event in journal.inputs()) >= 3
    sound = soundfile.info(folder / "recording.flac")
    assert sound.frames / sound.samplerate >= last_seconds - 1.0
    assert run(home, "review").returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="SIGINT is POSIX")
def test_ctrl_c_sums_the_call_up(home: Path) -> None:
    child = subprocess.Popen(
        [*PROGRAM, "call", "--stt", "typed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "VOICECOACH_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert child.stdout is not None
    while "CALLER" not in child.stdout.readline():
        pass
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    told, errors = child.communicate(timeout=20)
    assert child.returncode == 0
    assert "abandoned" in told
    assert "Traceback" not in errors
