"""A real microphone stream: everything said into the device is heard, at its level and without gaps."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from bench.captured import position_seconds
from bench.rig import Rig
from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import find_input, portaudio
from voicecoach.audio.level import measure_level, refuse_silence
from voicecoach.audio.live import LiveMicrophone, LiveSound
from voicecoach.audio.streams import QUEUE_BLOCKS
from voicecoach.errors import SilentMicrophone

pytestmark = pytest.mark.rig


def listen(microphone: LiveMicrophone, seconds: float) -> Pcm:
    blocks = [microphone.read() for _ in range(round(seconds * 100))]
    assert all(block is not None and block.shape == (160,) for block in blocks)
    return np.concatenate([block for block in blocks if block is not None])


def likeness(heard: Pcm, said: Pcm) -> float:
    """Correlation of what was said with the stretch of what was heard that resembles it most: 1 is the same."""
    at = round(position_seconds(heard, 16_000, said) * 16_000)
    assert 0 <= at <= len(heard) - len(said), "it was not heard whole"
    return float(np.corrcoef(heard[at : at + len(said)], said)[0, 1])


def test_five_seconds_are_heard_at_their_level_and_without_a_gap(sound: LiveSound, rig: Rig, speechlike: Pcm) -> None:
    said = np.tile(speechlike, 2)
    rig.feed(said)
    heard = listen(sound.microphone, 5.0)
    assert likeness(heard, said) > 0.98
    loudness = np.sqrt(np.mean(np.square(heard.astype(float))) * len(heard) / len(said))
    assert loudness == pytest.approx(np.sqrt(np.mean(np.square(said.astype(float)))), rel=0.05)
    assert sound.microphone.dropped_blocks == 0 and sound.microphone.overflows == 0
    assert sound.microphone.live and sound.microphone.rate_hz == 16_000


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_a_device_that_lacks_sixteen_kilohertz_is_resampled(
    rig: Rig, speechlike: Pcm, monkeypatch: pytest.MonkeyPatch, rate_hz: int
) -> None:
    sounddevice = portaudio()

    def refuse(**settings: object) -> None:  # PulseAudio takes any rate; the device of this test takes one only
        raise sounddevice.PortAudioError("Invalid sample rate")

    monkeypatch.setattr(sounddevice, "check_input_settings", refuse)
    microphone = LiveMicrophone(replace(find_input(), rate_hz=rate_hz))
    try:
        assert microphone.rate_hz == rate_hz
        microphone.flush()
        rig.feed(speechlike)
        assert likeness(listen(microphone, 3.0), speechlike) > 0.95
    finally:
        microphone.close()


def test_a_microphone_that_hears_nothing_delivers_zeros_and_is_found_out(sound: LiveSound) -> None:
    sound.microphone.flush()
    level = measure_level(sound.microphone, 0.5)
    assert level.all_zero and level.rms_dbfs == -120.0
    with pytest.raises(SilentMicrophone, match="muted, or the program may not use it"):
        refuse_silence(level, sound.microphone.name)


def test_a_voice_is_measured(sound: LiveSound, rig: Rig, speechlike: Pcm) -> None:
    feeder = rig.feed(np.tile(speechlike, 3))
    while not np.any(sound.microphone.read()):
        pass
    level = measure_level(sound.microphone, 2.0)
    expected_dbfs = 20 * np.log10(np.sqrt(np.mean((speechlike / 32768.0) ** 2)))
    assert level.rms_dbfs == pytest.approx(expected_dbfs, abs=1.5) and not level.all_zero
    assert level.rms_dbfs < level.peak_dbfs <= 0.0
    refuse_silence(level, sound.microphone.name)
    feeder.wait()


def test_blocks_that_nobody_reads_are_bounded_and_counted(sound: LiveSound) -> None:
    while not sound.microphone.dropped_blocks:
        time.sleep(0.1)
    assert sound.microphone.waiting_blocks == QUEUE_BLOCKS
    sound.microphone.flush()
    assert sound.microphone.waiting_blocks < QUEUE_BLOCKS
    assert sound.microphone.read() is not None
