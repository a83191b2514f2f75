"""Devices as they are in offices: other rates, other defaults, mute switches, Bluetooth, and one that is taken.

Unplugging and drivers that fall silent are in test_unplugging.py, machines that lack devices in test_no_devices.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soxr

from bench.rig import Rig
from tests.rig.live_call import ROOM, LiveCall
from voicecoach.audio.base import Pcm
from voicecoach.audio.device_watch import DeviceWatch
from voicecoach.audio.devices import find_input, find_output, look_again, portaudio
from voicecoach.audio.identity import behind
from voicecoach.audio.live import LiveLoudspeaker, LiveMicrophone, LiveSound
from voicecoach.commands.calm_voice import NARROW
from voicecoach.commands.headset_call import MUTED, UNMUTED
from voicecoach.errors import NoDevice
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

pytestmark = [pytest.mark.rig, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def spoken() -> Pcm:
    voice = Pyttsx3Voice()
    pcm = voice.render("Thank you for calling, how can I help you?", VoiceSpec(name="en-us+m3", telephone=False), 1.0)
    voice.close()
    return pcm


# ------------------------------------------------------------------------------------------------- another default


@pytest.fixture
def follows_the_default(rig: Rig) -> Iterator[Rig]:
    """The rig as a desktop is: "default" is whatever the sound server has chosen, and there are two of each."""
    configuration = Path(rig.environment["ALSA_CONFIG_PATH"])
    before = configuration.read_text()
    configuration.write_text("pcm.!default { type pulse }\n")
    rig.control("set-default-sink", "speaker")
    rig.control("set-default-source", "mic")
    rig.control("load-module", "module-null-sink", "sink_name=headset", f"rate={rig.rate_hz}")
    look_again()
    yield rig
    for line in rig.control("list", "short", "modules").splitlines():
        if "sink_name=headset" in line:
            rig.control("unload-module", line.split("\t")[0])
    configuration.write_text(before)
    look_again()


def test_another_default_in_mid_call_loses_nothing_and_is_told(follows_the_default: Rig, speechlike: Pcm) -> None:
    told: list[str] = []
    with LiveSound() as sound:
        watch = DeviceWatch(sound.microphone.name, sound.loudspeaker.name, told.append)
        assert behind(sound.loudspeaker.name, "output") == "speaker"
        sound.loudspeaker.play(np.tile(speechlike, 4))
        for number in range(300):
            assert sound.microphone.read() is not None
            sound.loudspeaker.played()
            if number == 100:
                follows_the_default.control("set-default-sink", "headset")
                watch.look()
                watch.look()
        assert sound.loudspeaker.playing
        assert sound.microphone.dropped_blocks == 0
    assert told == ["The loudspeaker is headset now."]


def test_a_name_that_stands_for_itself_is_not_watched(rig: Rig) -> None:
    with DeviceWatch("USB headset", "USB headset", pytest.fail) as watch:
        watch.look()
    assert behind("USB headset", "input") == "USB headset"


# ------------------------------------------------------------------------------------------------------ mute switches


def test_a_microphone_muted_in_mid_call_is_told_and_when_it_is_back(rig: Rig, spoken: Pcm, tmp_path: Path) -> None:
    room = rig.feed(ROOM)
    call = LiveCall(rig, tmp_path)
    call.wait_for("Say a sentence")
    rig.feed(spoken)
    call.wait_for("CALLER")
    room.terminate()  # exact zeros from here on, as from a switch on the cable
    call.wait_for(MUTED)
    room = rig.feed(ROOM)
    call.wait_for(UNMUTED)
    assert call.hang_up() == 0
    room.terminate()
    assert "Traceback" not in call.text


# ---------------------------------------------------------------------------------------------------------- Bluetooth


def test_a_headset_that_is_silent_for_its_first_second_is_not_taken_for_dead(
    rig: Rig, spoken: Pcm, tmp_path: Path
) -> None:
    call = LiveCall(rig, tmp_path)
    time.sleep(1.5)  # the profile changes; meanwhile zeros
    room = rig.feed(ROOM)
    call.wait_for("Say a sentence")
    call.hang_up()
    room.terminate()
    assert "nothing but silence" not in call.text


def test_a_headset_that_drops_to_eight_kilohertz_is_heard_and_told(rig: Rig, spoken: Pcm, tmp_path: Path) -> None:
    """Imitated by what such a headset delivers: sound without anything above 4 kHz, through the real devices."""
    room = rig.feed(telephone_quality(ROOM))
    call = LiveCall(rig, tmp_path)
    call.wait_for("Say a sentence")
    rig.feed(telephone_quality(spoken))
    call.wait_for("Heard:")
    call.wait_for(NARROW[:40])
    call.hang_up()
    room.terminate()
    assert call.text.count(NARROW[:40]) == 1, "it is told once"


def telephone_quality(pcm: Pcm) -> Pcm:
    narrow: Pcm = soxr.resample(soxr.resample(pcm, SAMPLE_RATE_HZ, 8_000), 8_000, SAMPLE_RATE_HZ)
    return narrow


def test_a_device_that_comes_back_at_another_rate_goes_on(speechlike: Pcm, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Bluetooth headset goes from 48 kHz to 8 kHz by leaving and coming back."""
    from bench.rig import missing
    from tests.needs import need

    need(not missing(), f"no virtual sound devices without {missing()}")
    with Rig() as rig:
        for name, value in rig.environment.items():
            monkeypatch.setenv(name, value)
        look_again()
        with LiveSound() as sound:
            rig.unplug()
            rig.rate_hz = 8_000
            rig.plug()
            sound.reopen()
            feeder = rig.feed(speechlike)
            heard = np.concatenate([block for _ in range(200) if (block := sound.microphone.read()) is not None])
            feeder.wait()
            assert np.abs(heard).max() > 1000
    monkeypatch.undo()
    look_again()


# --------------------------------------------------------------------------------------------------- somebody has it


@pytest.mark.parametrize("kind", ["microphone", "loudspeaker"])
def test_a_device_that_another_program_has_for_itself(rig: Rig, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """PulseAudio shares everything, so the refusal is PortAudio's own, put in where its stream is opened."""
    sounddevice = portaudio()

    def taken(**_: object) -> None:
        raise sounddevice.PortAudioError("Error opening stream: Device unavailable", -9985)

    monkeypatch.setattr(sounddevice, "RawInputStream" if kind == "microphone" else "RawOutputStream", taken)
    with pytest.raises(NoDevice, match=f"the {kind} cannot be opened: another program has it.*close the program"):
        LiveMicrophone(find_input()) if kind == "microphone" else LiveLoudspeaker(find_output())
