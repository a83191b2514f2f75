"""`voicecoach doctor` on a machine with a headset: it listens, and tells what it heard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bench.rig import Rig
from voicecoach.audio.base import Pcm
from voicecoach.commands.checkup import Finding, Mark
from voicecoach.commands.sound_checkup import check_sound

pytestmark = pytest.mark.rig


def heard(rig: Rig, pcm: Pcm) -> dict[str, Finding]:
    """What is found while this sound comes in, again and again."""
    asked: list[str] = []
    feeder = rig.feed(np.tile(pcm, 5))
    try:
        found = {finding.topic: finding for finding in check_sound(asked.append)}
    finally:
        feeder.kill()
        feeder.wait()
    assert len(asked) == 2, "to say something, and to be silent for the echo test"
    assert "say something" in asked[0]
    return found


def test_a_speaking_person_is_heard_at_a_good_level(rig: Rig, speechlike: Pcm) -> None:
    found = heard(rig, speechlike)
    assert {topic: finding.mark for topic, finding in found.items()} == dict.fromkeys(
        ("portaudio", "microphone", "level", "loudspeaker", "echo"), Mark.GOOD
    )
    assert "default" in found["microphone"].says


def test_a_voice_turned_down_is_very_quiet(rig: Rig, speechlike: Pcm) -> None:
    level = heard(rig, (speechlike / 500).astype(np.int16))["level"]
    assert level.mark is Mark.POOR
    assert "very quiet" in level.says


def test_a_voice_turned_up_too_far_clips(rig: Rig, speechlike: Pcm) -> None:
    level = heard(rig, (speechlike.astype(np.int32) * 20).clip(-32_768, 32_767).astype(np.int16))["level"]
    assert level.mark is Mark.POOR
    assert "clips" in level.says


def test_a_muted_microphone_is_bad(rig: Rig) -> None:
    found = {finding.topic: finding for finding in check_sound(lambda _: None)}
    assert found["microphone"].mark is Mark.GOOD
    assert found["level"].mark is Mark.BAD
    assert found["level"].remedy


def test_the_whole_command_says_that_the_headset_is_ready(
    rig: Rig, speechlike: Pcm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    feeder = rig.feed(np.tile(speechlike, 20))
    command = [sys.executable, "-m", "voicecoach", "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    feeder.kill()
    feeder.wait()
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["ready"] == "headset"
    assert report["verdict"].startswith("You can take a call at the headset: voicecoach call")
