"""Devices go away in the midst of a call, and come back."""

from __future__ import annotations

import numpy as np
import pytest

from bench.rig import Rig
from voicecoach.audio.base import Pcm
from voicecoach.audio.live import LiveSound
from voicecoach.errors import DeviceLost, NoDevice

pytestmark = pytest.mark.rig

MORE_THAN_ENOUGH = 250
"""Blocks: a device must be missed within 1.5 s of sound."""


def go_on(sound: LiveSound, blocks: int) -> Pcm:
    heard = []
    for _ in range(blocks):
        block = sound.microphone.read()
        assert block is not None
        heard.append(block)
        sound.loudspeaker.played()
    return np.concatenate(heard)


def test_a_headset_is_unplugged_and_plugged_in_again(rig: Rig, speechlike: Pcm) -> None:
    with LiveSound() as sound:
        go_on(sound, 20)
        sound.loudspeaker.play(speechlike)
        rig.unplug()
        with pytest.raises(DeviceLost, match=r"went away.*plug it in again"):
            go_on(sound, MORE_THAN_ENOUGH)
        with pytest.raises(NoDevice, match="cannot be opened"):
            sound.reopen()
        with pytest.raises(DeviceLost):
            sound.microphone.read()
        rig.plug()
        microphone, loudspeaker = sound.microphone, sound.loudspeaker
        sound.reopen()
        assert sound.microphone is microphone and sound.loudspeaker is loudspeaker
        assert not loudspeaker.playing, "what was playing is forgotten"
        capture = rig.capture()
        feeder = rig.feed(speechlike)
        loudspeaker.play(speechlike)
        heard = go_on(sound, 250)
        feeder.wait()
        assert np.any(heard)
        assert capture.stop().caller_stretches()


@pytest.mark.parametrize(
    ("device", "name", "silence"),
    [
        ("mic", "microphone", "opens, but delivers nothing"),
        ("speaker", "loudspeaker", "opens, but takes no sound"),
    ],
)
def test_a_driver_that_falls_silent_without_a_word_is_noticed(rig: Rig, device: str, name: str, silence: str) -> None:
    with LiveSound() as sound:
        go_on(sound, 20)
        rig.hang(device)
        try:
            with pytest.raises(DeviceLost, match=f"the {name} went away"):
                go_on(sound, MORE_THAN_ENOUGH)
            with pytest.raises(NoDevice, match=silence):
                sound.reopen()
        finally:
            rig.hang(device, False)
        sound.reopen()
        go_on(sound, 20)


def test_the_c_libraries_do_not_write_over_the_screen(rig: Rig, capfd: pytest.CaptureFixture[str]) -> None:
    with LiveSound() as sound:
        go_on(sound, 20)
        rig.unplug()
        with pytest.raises(DeviceLost):
            go_on(sound, MORE_THAN_ENOUGH)
        with pytest.raises(NoDevice):
            sound.reopen()
    rig.plug()
    assert capfd.readouterr().err == ""
