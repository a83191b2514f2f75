"""Without a headset, over sound devices: an echo path of 80 ms at -12 dB from the loudspeaker to the microphone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.rig import Rig
from tests.needs import need
from tests.rig.live_call import ROOM, LiveCall
from voicecoach.audio.base import Pcm
from voicecoach.audio.canceller import can_cancel
from voicecoach.audio.echo_finding import measure_echo
from voicecoach.audio.live import LiveSound
from voicecoach.call.journal import Journal, read_journal
from voicecoach.commands.checkup import Finding, Mark
from voicecoach.commands.loudspeakers import ECHO_CANCELLED, ON_LOUDSPEAKERS, TESTING
from voicecoach.commands.sound_checkup import check_sound
from voicecoach.events import LineEnded, LineStarted, SpeechStarted
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

pytestmark = [pytest.mark.rig, pytest.mark.timeout(180)]

CALLER_SECONDS = 20.0
"""So long the caller is left to talk; ten minutes of it run in tests/audio/test_echo.py, faster than they last."""


@pytest.fixture
def loudspeakers(rig: Rig) -> Iterator[Rig]:
    rig.echo(0.08, -12.0)
    yield rig
    rig.no_echo()


@pytest.fixture(scope="module")
def spoken() -> Pcm:
    voice = Pyttsx3Voice()
    pcm = voice.render("I am so sorry about that.", VoiceSpec(name="en-us+m3", telephone=False), 1.0)
    voice.close()
    return pcm


def test_the_echo_test_finds_delay_and_level_of_the_path(loudspeakers: Rig, sound: LiveSound) -> None:
    echo = measure_echo(sound.microphone, sound.loudspeaker)
    assert echo.audible
    assert echo.level_db == pytest.approx(-12.0, abs=2.0)
    assert echo.delay_seconds == pytest.approx(0.08, abs=0.1), "to within the bursts of two devices"


def test_at_a_headset_it_finds_nothing(rig: Rig, sound: LiveSound) -> None:
    assert not measure_echo(sound.microphone, sound.loudspeaker).audible


def test_the_doctor_says_that_a_call_will_listen_only_while_the_caller_is_silent(
    loudspeakers: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = doctor(loudspeakers, tmp_path, monkeypatch)
    assert found["echo"].mark is Mark.POOR
    assert "listens only while the caller is silent" in found["echo"].says
    assert "headset" in found["echo"].remedy
    room = loudspeakers.feed(ROOM)
    call = LiveCall(loudspeakers, tmp_path)
    call.wait_for(ON_LOUDSPEAKERS)
    room.terminate()
    assert TESTING not in call.text, "the doctor's finding is known"
    call.hang_up()


def test_the_doctor_says_that_a_headset_lets_one_interrupt(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = doctor(rig, tmp_path, monkeypatch)
    assert found["echo"].mark is Mark.GOOD
    assert "you can interrupt" in found["echo"].says


def doctor(rig: Rig, home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    room = rig.feed(ROOM[: 16_000 * 20])
    found = {finding.topic: finding for finding in check_sound(lambda _: None)}
    room.terminate()
    return found


def in_a_call(rig: Rig, home: Path, spoken: Pcm, *arguments: str) -> tuple[LiveCall, Journal]:
    """The caller talks for twenty seconds, and the trainee is silent."""
    room = rig.feed(ROOM)
    call = LiveCall(rig, home, *arguments)
    call.wait_for("Say a sentence")
    rig.feed(spoken)
    call.wait_for("CALLER")
    time.sleep(CALLER_SECONDS)
    assert call.hang_up() == 0
    room.terminate()
    (folder,) = (home / "calls").iterdir()
    return call, read_journal(folder / "journal.jsonl")


def triggers(journal: Journal) -> int:
    """How often speech was heard while the caller spoke, or just after."""
    speaks_until, count = -1.0, 0
    for event in journal.inputs():
        if isinstance(event, LineStarted):
            speaks_until = np.inf
        elif isinstance(event, LineEnded):
            speaks_until = event.at_seconds + 0.6
        elif isinstance(event, SpeechStarted):
            count += event.at_seconds <= speaks_until
    return count


def test_a_call_without_a_guard_hears_itself(loudspeakers: Rig, spoken: Pcm, tmp_path: Path) -> None:
    _, journal = in_a_call(loudspeakers, tmp_path, spoken, "--echo", "none")
    assert triggers(journal) > 0, "or the tests below prove nothing"


def test_a_call_on_loudspeakers_says_so_and_never_hears_itself(loudspeakers: Rig, spoken: Pcm, tmp_path: Path) -> None:
    call, journal = in_a_call(loudspeakers, tmp_path, spoken)
    assert TESTING in call.text
    assert ON_LOUDSPEAKERS in call.text
    assert triggers(journal) == 0


def test_a_call_with_cancellation_never_hears_itself(loudspeakers: Rig, spoken: Pcm, tmp_path: Path) -> None:
    need(can_cancel(), "no echo cancellation without the extra [echo]")
    call, journal = in_a_call(loudspeakers, tmp_path, spoken, "--echo", "cancel")
    assert ECHO_CANCELLED in call.text
    assert triggers(journal) == 0


def test_a_headset_call_tells_nothing_of_loudspeakers(rig: Rig, spoken: Pcm, tmp_path: Path) -> None:
    room = rig.feed(ROOM)
    call = LiveCall(rig, tmp_path)
    call.wait_for("Say a sentence")
    call.hang_up()
    room.terminate()
    assert TESTING in call.text
    assert "loudspeakers" not in call.text
