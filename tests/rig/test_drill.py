"""A drill at the headset, over sound devices: the hint, the scene by voice, what was heard, and the result."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.rig import Rig
from tests.rig.live_call import ROOM, LiveCall
from voicecoach.drill.results import last_results
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

pytestmark = [pytest.mark.rig, pytest.mark.timeout(180)]


def test_a_scene_is_played_by_voice_and_the_result_is_kept(rig: Rig, tmp_path: Path) -> None:
    voice = Pyttsx3Voice()
    spoken = voice.render("I am so sorry about that.", VoiceSpec(name="en-us+m3", telephone=False), 1.0)
    voice.close()
    room = rig.feed(ROOM)
    drill = LiveCall(rig, tmp_path, command=("drill", "apologize"))
    drill.wait_for("Say a sentence")
    rig.feed(spoken)
    drill.wait_for("Scene 1 of 3")
    drill.wait_for("Practise: Say sorry")
    drill.wait_for("CALLER")
    time.sleep(4.0)  # the caller's line is over
    rig.feed(spoken)
    drill.wait_for("YOU")
    drill.wait_for("Scene 2 of 3", seconds=60.0)
    assert drill.hang_up() == 0
    room.terminate()
    assert "Broken off" in drill.text
    assert "Traceback" not in drill.text
    assert len(last_results(tmp_path / "drills")["apologize"].tries) >= 1
