"""How loud, how high and how fast: against sounds whose answer is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import SilentMicrophone
from voicecoach.stt.level import Calibration, calibrate, median_pitch_hz, voiced_level_dbfs
from voicecoach.stt.vad import level_dbfs

Clip = Callable[[str], Pcm]
Noise = Callable[[float, float], Pcm]
Silence = Callable[[float], Pcm]
SENTENCE = "thank you for calling how can i help you today"


def buzz(pitch_hz: float, seconds: float = 1.0) -> Pcm:
    """A buzz with as many overtones as a voice."""
    time = np.arange(round(seconds * 16_000)) / 16_000
    overtones = range(1, int(4000 / pitch_hz))
    wave = sum((np.sin(2 * np.pi * pitch_hz * k * time) / k for k in overtones), start=np.zeros(len(time)))
    return np.asarray(wave * 6000, dtype=np.int16)


@pytest.mark.parametrize("pitch_hz", [75.0, 100.0, 140.0, 200.0, 280.0, 380.0])
def test_the_pitch_of_a_buzz(pitch_hz: float) -> None:
    assert median_pitch_hz(buzz(pitch_hz)) == pytest.approx(pitch_hz, rel=0.03)


def test_noise_silence_and_too_short_a_sound_have_no_pitch(noise: Noise, silence: Silence) -> None:
    assert median_pitch_hz(noise(1.0, -20.0)) is None
    assert median_pitch_hz(silence(1.0)) is None
    assert median_pitch_hz(buzz(150.0, 0.05)) is None


def test_a_long_utterance_is_sampled_all_along() -> None:
    sound = np.concatenate([buzz(100.0, 10.0), buzz(200.0, 21.0)])
    assert median_pitch_hz(sound) == pytest.approx(200.0, rel=0.03), "most of it is high, though not its beginning"


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("LJ001-0006.wav", 170, 260), ("leopard_quilter.wav", 90, 140), ("forever_input_2_16k.wav", 90, 140)],
    ids=["a woman", "a man", "another man"],
)
def test_the_pitch_of_people(clip: Clip, name: str, lowest: float, highest: float) -> None:
    pitch = median_pitch_hz(clip(name))
    assert pitch is not None
    assert lowest < pitch < highest


def test_no_voice_has_no_level(silence: Silence) -> None:
    assert voiced_level_dbfs(silence(0.0)) is None


def test_calibration_measures_voice_and_room_apart(speak: Callable[[str], Pcm], noise: Noise) -> None:
    spoken = speak(SENTENCE)
    room = noise(2.0 + len(spoken) / 16_000, -60.0).copy()
    room[16_000 : 16_000 + len(spoken)] += spoken
    measured = calibrate(room, "Headset", len(SENTENCE.split()))
    assert measured is not None
    assert measured.level_dbfs == pytest.approx(level_dbfs(spoken), abs=3.0)
    assert measured.noise_floor_dbfs == pytest.approx(-60.0, abs=2.0)
    assert measured.pitch_hz == pytest.approx(median_pitch_hz(spoken), rel=0.05)
    assert measured.words_per_second == pytest.approx(len(SENTENCE.split()) / (len(spoken) / 16_000), rel=0.15)


def test_nobody_speaking_gives_no_calibration(noise: Noise) -> None:
    assert calibrate(noise(3.0, -50.0), "Headset", 9) is None


def test_a_microphone_of_zeros_is_an_error_with_a_remedy(silence: Silence) -> None:
    with pytest.raises(SilentMicrophone) as caught:
        calibrate(silence(3.0), "Headset", 9)
    assert str(caught.value).startswith("Headset: ")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("level", "floor", "says"),
    [(-50.0, -80.0, "very quiet"), (-5.0, -60.0, "too loud"), (-25.0, -33.0, "room is loud"), (-25.0, -60.0, None)],
)
def test_a_bad_level_is_said_in_a_line(level: float, floor: float, says: str | None) -> None:
    warning = Calibration(level, floor).warning
    assert (warning is None) if says is None else (warning is not None and says in warning)
