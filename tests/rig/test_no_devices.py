"""Machines that lack something: each is one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.audio.devices import find_input, find_output, list_devices, look_again
from voicecoach.audio.live import LiveLoudspeaker, LiveMicrophone, LiveSound
from voicecoach.errors import NoDevice

pytestmark = pytest.mark.rig

WITHOUT_PORTAUDIO = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from voicecoach.audio.live import LiveSound
LiveSound()
"""

NO_DEVICE = "pcm.!default { type hw card 31 }\n"
ONLY_A_LOUDSPEAKER = "pcm.!default { type asym playback.pcm { type null } }\n"


def test_no_devices_at_all(alsa: Path) -> None:
    alsa.write_text(NO_DEVICE)
    look_again()
    assert list_devices() == []
    with pytest.raises(NoDevice, match="this machine has no microphone; plug a headset or microphone in"):
        LiveMicrophone()
    with pytest.raises(NoDevice, match="this machine has no loudspeaker"):
        LiveLoudspeaker()
    with pytest.raises(NoDevice):
        LiveSound()


def test_a_loudspeaker_and_no_microphone(alsa: Path) -> None:
    alsa.write_text(ONLY_A_LOUDSPEAKER)
    look_again()
    assert find_output().outputs > 0
    with pytest.raises(NoDevice, match="no microphone"):
        find_input()


def test_a_device_that_is_not_there_by_that_name(alsa: Path) -> None:
    alsa.write_text(ONLY_A_LOUDSPEAKER)
    look_again()
    with pytest.raises(NoDevice, match=r'Jabra: there is no such loudspeaker; choose one of: .*"default"'):
        find_output("Jabra")


def test_the_sound_system_is_not_running(alsa: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    alsa.write_text("pcm.!default { type pulse }\n")
    look_again()
    with pytest.raises(NoDevice):
        LiveSound()


def test_without_the_portaudio_library() -> None:
    child = subprocess.run([sys.executable, "-c", WITHOUT_PORTAUDIO], capture_output=True, text=True, check=False)
    if sys.platform != "linux":
        pytest.skip("sounddevice brings PortAudio with it on this system")
    last = child.stderr.strip().splitlines()[-1]
    assert last.startswith("voicecoach.errors.PortAudioMissing") and "sudo apt install libportaudio2" in last
