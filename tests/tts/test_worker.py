"""The child process: whose library it speaks with, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.tts.frames import read_frame, write_frame
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak-ng is the voice on Linux only")
ROOT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether ``condition()`` holds within ten seconds."""
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@on_linux
def test_the_speech_library_is_the_one_of_the_wheel_and_no_other(voice: Pyttsx3Voice) -> None:
    import espeakng_loader

    voice.warm_up()
    mapped = {line.split()[-1] for line in Path(f"/proc/{voice.pid}/maps").read_text().splitlines() if "espeak" in line}
    assert mapped == {str(Path(espeakng_loader.get_library_path()).resolve())}


@on_linux
def test_an_environment_installed_in_a_very_deep_folder_still_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import espeakng_loader

    deep = tmp_path / "/".join(["a-rather-long-folder-name"] * 8)
    deep.mkdir(parents=True)
    (deep / "espeakng_loader").symlink_to(Path(espeakng_loader.__file__).parent)
    monkeypatch.setenv("PYTHONPATH", str(deep))
    voice = Pyttsx3Voice(time_limit_seconds=5)
    assert len(voice.render("hello there", VoiceSpec(), 5)) > 6000
    voice.close()


@on_linux
def test_the_child_and_its_folder_go_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice\n"
        "voice = Pyttsx3Voice(); voice.warm_up(); print(voice.pid, flush=True); time.sleep(600)"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert alive(child) and len(list(tmp_path.iterdir())) == 1
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert eventually(lambda: not alive(child))
    assert eventually(lambda: not list(tmp_path.iterdir()))


@on_linux
def test_a_program_that_ends_without_closing_its_voice_leaves_nothing_behind(tmp_path: Path) -> None:
    code = (
        "from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice\n"
        "voice = Pyttsx3Voice(); voice.warm_up(); print(voice.pid, flush=True)"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, cwd=ROOT, check=True)
    assert not alive(int(ran.stdout))
    assert list(tmp_path.iterdir()) == []
    assert ran.stderr == b""


def test_a_child_whose_engine_hangs_still_ends_with_its_pipe(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = (
        "import time; from voicecoach.tts import worker\n"
        "worker.open_speech = lambda scratch, piper_model: time.sleep(600)\n"
        "worker.main()"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(scratch)], stdin=subprocess.PIPE, cwd=ROOT) as child:
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=0.5)
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(timeout=10) == 0
    assert not scratch.exists()


@on_linux
def test_the_pipe_carries_frames_only_whatever_the_engine_prints(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "voicecoach.tts.worker", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdin is not None and child.stdout is not None
        assert read_frame(child.stdout) == ({"driver": "espeak", "has_pitch": True}, b"")  # type: ignore[arg-type]
        request = {"ask": "speak", "voice": "en-us", "text": "hello", "rate_wpm": 165, "pitch": 50, "pitch_range": 50}
        for number in (1, 2, 3):
            write_frame(child.stdin, request | {"id": number})  # type: ignore[arg-type]
            frame = read_frame(child.stdout)  # type: ignore[arg-type]
            assert frame is not None and frame[0] == {"id": number}
            assert frame[1].startswith(b"RIFF")
        child.stdin.close()
        assert child.stdout.read() == b""


@on_linux
def test_ctrl_c_in_the_terminal_is_not_the_childs_to_handle(voice: Pyttsx3Voice) -> None:
    voice.warm_up()
    child = voice.pid
    assert child is not None
    os.kill(child, signal.SIGINT)
    assert len(voice.render("hello there", VoiceSpec(), 5)) > 6000
    assert voice.pid == child
