"""Timing and voice from real sound: a synthetic trainee speaks, the ears of a call listen, the caller's voice plays.

Every call is seen to replay to the bit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Speak = Callable[..., Any]  # the fixture of conftest.py, which gives a PlayedCall

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]
EMPATHY = '- say: "I can hear how upsetting that is."\n'


@pytest.mark.parametrize("nod", ["Mm-hm.", "I see.", "Okay, go on.", "Uh-huh."])
def test_a_nod_into_the_callers_line_is_heard_and_stops_nothing(speak: Speak, nod: str) -> None:
    call = speak(f'- {{say: "{nod}", interrupt: true}}\n{EMPATHY}')
    assert call.ids(0) == {"acknowledge"}
    assert call.detection(0, "acknowledge").evidence == "time"
    assert not call.cut_off, "the caller said every line to its end"
    assert "listen" in call.ids(1), "a nod is listening"
    assert "interrupt" not in call.ids(1)


def test_words_into_the_callers_line_stop_it_and_are_an_interruption(speak: Speak) -> None:
    call = speak(f'- {{say: "I see the problem, let me stop you there.", interrupt: true}}\n{EMPATHY}')
    assert "interrupt" in call.ids(0)
    assert "listen" not in call.ids(0) | call.ids(1), "the vent was cut off"
    assert len(call.cut_off) == 1


def test_a_silence_at_the_microphone_is_dead_air_and_a_pause_is_not(speak: Speak) -> None:
    assert speak(f"{EMPATHY}- silence: 6\n{EMPATHY}").unspoken()[:1] == ["dead_air"]
    assert speak(f"{EMPATHY}- silence: 2\n{EMPATHY}").unspoken() == []


def test_a_spoken_look_up_covers_the_silence_of_reading(speak: Speak) -> None:
    narrated = '- say: "I am pulling up your account now, and I can see your payments here."\n'
    call = speak(f"{narrated}- silence: 6\n{EMPATHY}")
    assert "narrate" in call.ids(0)
    assert call.unspoken() == []


def test_a_spoken_hold_lasts_until_the_trainee_speaks_again(speak: Speak) -> None:
    call = speak('- say: "Can I put you on a brief hold while I check this?"\n- silence: 12\n- say: "Thank you."\n')
    assert "hold" in call.ids(0)
    assert call.unspoken() == ["hold"]
    assert call.why("hold")[-1] in ("12 s on hold", "13 s on hold")


CALM, RAISED = (
    '- say: "There is nothing I can do for you."\n',
    "- {say: There is nothing I can do for you., raised: true}\n",
)


@pytest.mark.parametrize("gain_db", [-12.0, 0.0, 12.0])
@pytest.mark.parametrize("persona", ["double_charge", "cancelled_flight"])
def test_a_raised_voice_is_told_at_any_setting_of_the_microphone(speak: Speak, persona: str, gain_db: float) -> None:
    """Two callers, because the trainee answers a woman with one voice and a man with the other."""
    call = speak(EMPATHY + RAISED + CALM, persona=persona, gain_db=gain_db)
    assert ["raised_voice" in call.ids(turn) for turn in range(3)] == [False, True, False]
    raised = call.detection(1, "raised_voice")
    assert raised.evidence == "voice"
    assert "dB" in raised.why
    assert sum(entry.delta for entry in call.ledger("raised_voice")) > 0


def test_a_microphone_that_is_moved_nearer_raises_no_voice(speak: Speak) -> None:
    call = speak(EMPATHY + CALM, calibration_gain_db=-12.0, gain_db=0.0)
    assert not call.why("raised_voice"), "louder alone is no raised voice"


def test_the_command_calibrates_its_trainee_and_replays_what_it_heard(tmp_path: Path) -> None:
    script = tmp_path / "turns.yaml"
    script.write_text(f"turns:\n{EMPATHY}{RAISED}", encoding="utf-8")

    def run(*arguments: str) -> dict[str, Any]:
        environment = {**os.environ, "VOICECOACH_HOME": str(tmp_path / "home")}
        done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    played = run("call", "double_charge", "--script", str(script), "--voiced", "--json")
    spoken = [turn for turn in played["turns"] if turn["who"] == "trainee"]
    assert ["raised_voice" in {d["id"] for d in turn["detections"]} for turn in spoken] == [False, True]
    replayed = run("replay", "last", "--json")
    assert replayed.pop("identical") is True
    assert replayed == played
