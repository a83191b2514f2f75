"""The real pyttsx3 in its real child process, and what happens when either goes wrong."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import StorageError, VoiceError
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="stops processes by POSIX signals")

LINES = [
    "This is the third time.",
    "I was promised a call back on Monday, and nobody rang.",
    "Forty euros!",
    "Who is going to pay for that, then, because it will certainly not be me?",
    "No.",
    "And the website says that my booking does not exist.",
]
A_LONG_TEXT = "I have told you this before and I will tell you again, slowly. " * 40


@pytest.fixture
def own_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pyttsx3Voice]:
    """A voice to be harmed, with a temporary folder of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    voice = Pyttsx3Voice(time_limit_seconds=1.0)
    yield voice
    voice.close()


def seconds(pcm: Pcm) -> float:
    return len(pcm) / 16_000


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


# ----------------------------------------------------------------------------------------------------- what it renders


def test_a_line_is_mono_int16_and_can_be_heard_at_once(voice: Pyttsx3Voice) -> None:
    pcm = voice.render("Where is my refund?", VoiceSpec(), 8)
    assert pcm.dtype == np.int16 and pcm.ndim == 1
    audible = np.flatnonzero(np.abs(pcm.astype(int)) > 0.003 * 32768)  # -50 dBFS
    assert audible[0] <= 0.020 * 16_000
    assert len(pcm) - audible[-1] <= 0.030 * 16_000 + 80
    assert 0.8 < seconds(pcm) < 2.0


def test_every_line_of_many_is_spoken_whole_with_its_own_settings(voice: Pyttsx3Voice) -> None:
    specs = [VoiceSpec("en-us", rate_wpm=140), VoiceSpec("en-gb+f2", rate_wpm=230), VoiceSpec("en-us+m3", rate_wpm=180)]

    def lengths(order: list[int]) -> dict[int, float]:
        return {i: seconds(voice.render(LINES[i % len(LINES)], specs[i % len(specs)], i % 11)) for i in order}

    forwards, backwards = lengths([*range(30)]), lengths([*reversed(range(30))])
    for i in range(30):
        assert forwards[i] == pytest.approx(backwards[i], rel=0.02, abs=0.02)
    by_line = [forwards[i] for i in range(len(LINES))]
    assert np.corrcoef(by_line, [len(line) for line in LINES])[0, 1] > 0.9


def test_two_voices_speak_side_by_side(voice: Pyttsx3Voice, own_voice: Pyttsx3Voice) -> None:
    alone = [seconds(voice.render(line, VoiceSpec(), 5)) for line in LINES]
    together: dict[str, list[float]] = {}

    def speak(name: str, speaker: Pyttsx3Voice) -> None:
        together[name] = [seconds(speaker.render(line, VoiceSpec(), 5)) for line in LINES]

    threads = [threading.Thread(target=speak, args=pair) for pair in (("one", voice), ("two", own_voice))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together["one"] == pytest.approx(alone, rel=0.02)
    assert together["two"] == pytest.approx(alone, rel=0.02)


@pytest.mark.parametrize("text", ["", "   ", "...", "—", "\x00", "😡", "\n\t"])
def test_a_text_with_nothing_to_say_gives_no_sound(voice: Pyttsx3Voice, text: str) -> None:
    assert len(voice.render(text, VoiceSpec(), 5)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Ça coûte 40 €, you naïve fool!",
        "Привет, как дела?",
        "你好",
        "مرحبا بكم",
        "“Smart” quotes don’t hurt",
        "a lone surrogate \ud83d in between",
        "<speak>no mark-up</speak> & [[h@l'oU]]",
        "1234567890" * 20,
        "x" * 1200,
        "a",
    ],
)
def test_any_text_can_be_spoken(voice: Pyttsx3Voice, text: str) -> None:
    pcm = voice.render(text, VoiceSpec(), 5)
    assert seconds(pcm) > 0.05
    assert np.abs(pcm.astype(int)).max() > 1000


def test_control_characters_cut_nothing_off(voice: Pyttsx3Voice) -> None:
    clean = voice.render("one two three four five six", VoiceSpec(), 5)
    dirty = voice.render("one two\x00 three\x1b four\r\nfive\x07 six", VoiceSpec(), 5)
    assert len(dirty) == pytest.approx(len(clean), rel=0.02)


def test_two_thousand_words_are_all_spoken(voice: Pyttsx3Voice) -> None:
    sentence = "I paid for this a month ago and still have nothing. "
    words = 2000
    once = seconds(voice.render(sentence * 7, VoiceSpec(), 5)) / 77
    pcm = voice.render(sentence * (words // 11), VoiceSpec(), 5)
    assert seconds(pcm) == pytest.approx(once * 11 * (words // 11), rel=0.05)


def test_bleeped_words_are_heard_as_a_tone(voice: Pyttsx3Voice) -> None:
    pcm = voice.render("You are a f***ing disgrace, all of you", VoiceSpec(telephone=False), 7)
    tone = np.sin(2 * np.pi * np.arange(800) / 16)
    chunks = [pcm[i : i + 800] / 32768 for i in range(0, len(pcm) - 800, 80)]
    likeness = [abs(np.dot(chunk, tone)) / (np.linalg.norm(chunk) * np.linalg.norm(tone) + 1e-9) for chunk in chunks]
    purely_tone = np.flatnonzero(np.array(likeness) > 0.7)
    assert 0.10 <= len(purely_tone) * 0.005 <= 0.30
    assert 0.2 * len(chunks) < purely_tone[0] < purely_tone[-1] < 0.7 * len(chunks)


def test_a_voice_can_be_told_what_voices_there_are(voice: Pyttsx3Voice) -> None:
    assert {"en-us", "en-gb", "en-gb-scotland"} <= set(voice.voices())


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("en-uss", "en-us"), ("en-gb-scotish", "en-gb-scotland"), ("en-us+f33", "en-us+f3"), ("zzzzzz", "en-us")],
)
def test_an_unknown_voice_is_an_error_that_names_near_ones(voice: Pyttsx3Voice, name: str, suggested: str) -> None:
    child = voice.pid
    with pytest.raises(VoiceError) as caught:
        voice.render("hello", VoiceSpec(name), 5)
    assert f'"{name}"' in str(caught.value) and suggested in caught.value.remedy
    assert voice.pid == child, "the child is none the worse for it"


def test_rendering_prints_nothing_and_leaves_no_file(
    own_voice: Pyttsx3Voice, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own_voice.render("hello there", VoiceSpec(), 5)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"stderr.txt"}
    own_voice.close()
    own_voice.close()
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    with pytest.raises(VoiceError, match="closed"):
        own_voice.render("hello", VoiceSpec(), 5)


# ------------------------------------------------------------------------------------------------- when the child fails


@needs_signals
@pytest.mark.parametrize("at_work", [False, True], ids=["just asked", "at work"])
def test_a_child_killed_in_mid_line_is_replaced_and_the_line_is_whole(
    voice: Pyttsx3Voice, own_voice: Pyttsx3Voice, at_work: bool
) -> None:
    whole = voice.render(A_LONG_TEXT, VoiceSpec(), 5)
    own_voice.warm_up()
    child = own_voice.pid
    assert child is not None
    result: list[Pcm] = []
    thread = threading.Thread(target=lambda: result.append(own_voice.render(A_LONG_TEXT, VoiceSpec(), 5)))
    if not at_work:
        os.kill(child, signal.SIGSTOP)  # so that the line is certainly under way when the child dies
    thread.start()
    time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    thread.join(timeout=30)
    assert len(result[0]) == pytest.approx(len(whole), rel=0.01)
    assert own_voice.pid not in (None, child)
    assert gone(child)


@needs_signals
def test_a_child_that_hangs_is_killed_at_the_time_limit_and_replaced(own_voice: Pyttsx3Voice, tmp_path: Path) -> None:
    own_voice.warm_up()
    child = own_voice.pid
    assert child is not None
    os.kill(child, signal.SIGSTOP)
    assert seconds(own_voice.render(LINES[1], VoiceSpec(), 5)) > 1.5
    assert own_voice.pid != child and gone(child)
    assert len(list(tmp_path.iterdir())) == 1, "only the new child's folder is left"


def test_a_folder_that_vanishes_under_the_child_costs_a_restart_not_the_line(
    own_voice: Pyttsx3Voice, tmp_path: Path
) -> None:
    own_voice.warm_up()
    child, (scratch,) = own_voice.pid, list(tmp_path.iterdir())
    for path in scratch.iterdir():
        path.unlink()
    scratch.rmdir()
    assert seconds(own_voice.render(LINES[1], VoiceSpec(), 5)) > 1.5
    assert own_voice.pid != child


HELLO = """
import json, os, struct, sys, time
open(os.environ["STUB_LOG"], "a").write(f"{os.getpid()}\\n")
def send(head, body=b""):
    head = json.dumps(head).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), len(body)) + head + body)
    sys.stdout.buffer.flush()
send({"driver": "stub", "has_pitch": True})
"""


@pytest.fixture
def stub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[Pyttsx3Voice, Callable[[], list[int]]]]:
    """A voice on a child that misbehaves, and the process ids of the children that were started."""
    log = tmp_path / "pids"
    monkeypatch.setenv("STUB_LOG", str(log))

    def build(code: str) -> tuple[Pyttsx3Voice, Callable[[], list[int]]]:
        voice = Pyttsx3Voice(command=[sys.executable, "-c", HELLO + code], time_limit_seconds=0.3)
        return voice, lambda: [int(line) for line in log.read_text().split()]

    return build


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("time.sleep(600)", "did not answer in time"),
        ("sys.stdin.buffer.read(8); sys.exit('out of voice')", r"died \(out of voice\)"),
        ("sys.stdin.buffer.read(8); print('Audio saved to nowhere and much more of that')", "died"),
        ("sys.stdin.buffer.read(8); send({'id': 1, 'failed': 'no tongue'}); time.sleep(600)", "no tongue"),
        ("sys.stdin.buffer.read(8); send({'id': 1}, b'RIFF'); time.sleep(600)", "no sound file"),
    ],
    ids=["hangs", "dies", "prints", "fails", "garbage"],
)
def test_an_engine_that_fails_twice_is_one_clear_error(
    stub: Callable[[str], tuple[Pyttsx3Voice, Callable[[], list[int]]]], code: str, complaint: str
) -> None:
    voice, children = stub(code)
    with pytest.raises(VoiceError, match=complaint) as caught:
        voice.render("hello", VoiceSpec(), 5)
    assert "after a restart" in str(caught.value) and "doctor" in caught.value.remedy
    assert "\n" not in str(caught.value)
    assert len(children()) == 2
    assert voice.pid is None
    voice.close()


def test_an_engine_that_gives_silence_is_an_error_not_a_silent_line(
    stub: Callable[[str], tuple[Pyttsx3Voice, Callable[[], list[int]]]],
) -> None:
    silent = """
import io, wave
file = io.BytesIO()
with wave.open(file, "wb") as out:
    out.setparams((1, 2, 22050, 0, "NONE", ""))
    out.writeframes(bytes(4000))
sys.stdin.buffer.read(8)
send({"id": 1}, file.getvalue())
time.sleep(600)
"""
    voice, _ = stub(silent)
    with pytest.raises(VoiceError, match="silence"):
        voice.render("hello", VoiceSpec(), 5)
    voice.close()


def test_a_late_answer_to_an_earlier_line_is_not_taken_for_this_one(
    stub: Callable[[str], tuple[Pyttsx3Voice, Callable[[], list[int]]]],
) -> None:
    voice, children = stub("send({'id': 0, 'voices': ['old']}); send({'id': 1, 'voices': ['new']}); time.sleep(600)")
    assert voice.voices() == ["new"]
    assert len(children()) == 1
    voice.close()


def test_a_program_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(VoiceError, match="cannot be started") as caught:
        Pyttsx3Voice(command=["/nowhere/python"])
    assert caught.value.where == "/nowhere/python"


def test_no_temporary_folder_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(StorageError, match="temporary folder") as caught:
        Pyttsx3Voice()
    assert "TMPDIR" in caught.value.remedy
