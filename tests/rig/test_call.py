"""`voicecoach call` as a person uses it, over sound devices: a sound file is the trainee's voice at the microphone."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bench.rig import Rig
from tests.rig.live_call import PROGRAM, ROOM, LiveCall
from voicecoach.audio.base import Pcm
from voicecoach.call.journal import read_journal
from voicecoach.events import EndCall, TurnHeard, TurnJudged
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import Outcome, VoiceSpec

pytestmark = [pytest.mark.rig, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def spoken() -> Pcm:
    voice = Pyttsx3Voice()
    pcm = voice.render("I am so sorry about that.", VoiceSpec(name="en-us+m3", telephone=False), 1.0)
    voice.close()
    return pcm


def test_a_whole_call_at_the_headset(rig: Rig, spoken: Pcm, tmp_path: Path) -> None:
    room = rig.feed(ROOM)
    capture = rig.capture()
    call = LiveCall(rig, tmp_path)
    call.wait_for("Say a sentence")
    rig.feed(spoken)
    call.wait_for("Heard:")
    call.wait_for("CALLER")
    time.sleep(3.0)
    rig.feed(spoken)
    call.wait_for("YOU")
    time.sleep(1.0)
    assert call.hang_up() == 0
    room.terminate()
    captured = capture.stop()
    assert captured.caller_stretches(), "the caller was heard on the loudspeaker"
    assert "Traceback" not in call.text
    (folder,) = (tmp_path / "calls").iterdir()
    journal = read_journal(folder / "journal.jsonl")
    assert journal.header.calibration["level_dbfs"] < 0
    assert any(isinstance(event, TurnHeard) for event in journal.inputs())
    assert any(isinstance(output, TurnJudged) for output in journal.outputs())
    (end,) = [output for output in journal.outputs() if isinstance(output, EndCall)]
    assert end.outcome is Outcome.ABANDONED
    sound, _ = soundfile.read(folder / "recording.flac", dtype="float32")
    assert np.abs(sound[:, 0]).max() > 0.05, "the trainee is on the left"
    assert np.abs(sound[:, 1]).max() > 0.05, "the caller is on the right"


def test_a_silent_microphone_is_refused_before_the_call(rig: Rig, tmp_path: Path) -> None:
    call = LiveCall(rig, tmp_path)
    assert call.end() == 2
    assert "delivers nothing but silence" in call.text
    assert "Traceback" not in call.text


def test_unplugged_in_mid_call_it_waits_and_goes_on(rig: Rig, spoken: Pcm, tmp_path: Path) -> None:
    room = rig.feed(ROOM)
    call = LiveCall(rig, tmp_path)
    call.wait_for("Say a sentence")
    rig.feed(spoken)
    call.wait_for("CALLER")
    time.sleep(1.0)
    rig.unplug()
    call.wait_for("The call waits")
    rig.plug()
    call.wait_for("Sound is back")
    said = call.text.count("CALLER")
    rig.feed(ROOM)
    deadline = time.monotonic() + 30
    while call.text.count("CALLER") <= said and time.monotonic() < deadline:
        time.sleep(0.1)
    assert call.text.count("CALLER") > said, "the call goes on"
    assert call.hang_up() == 0
    room.terminate()
    assert "Outcome" in call.text


def test_the_model_made_here_is_never_used_at_a_microphone(rig: Rig, tmp_path: Path) -> None:
    model = Path(__file__).parents[2] / "models" / "synthetic-en"
    room = rig.feed(ROOM)
    done = subprocess.run(
        [*PROGRAM, "call", "--model", str(model)],
        capture_output=True,
        text=True,
        env={**rig.environment, "VOICECOACH_HOME": str(tmp_path)},
        check=False,
    )
    room.terminate()
    assert done.returncode == 2
    assert "no human" in done.stderr or "synthetic" in done.stderr


def test_a_device_by_a_name_that_is_not_there(rig: Rig, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "call", "--input", "golden headset"],
        capture_output=True,
        text=True,
        env={**os.environ, **rig.environment, "VOICECOACH_HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 2
    assert "golden headset" in done.stderr
