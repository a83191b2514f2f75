"""Anger is audible: measured on what the real engine renders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import vosk

from tests.needs import need
from voicecoach.audio.base import Pcm
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

LINE = "I have called three times about this bill, and nobody has called me back."
VOICES = ["en-us", "en-gb-scotland", "en-us+f3", "en-gb+f2"]
SMALL_MODEL = Path(__file__).resolve().parents[2] / "models" / "synthetic-en"

Measure = Callable[[Pcm], float]


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize("telephone", [True, False])
def test_a_furious_line_is_faster_louder_and_higher_than_the_same_line_calm(
    voice: Pyttsx3Voice, level_dbfs: Measure, median_f0_hz: Measure, name: str, telephone: bool
) -> None:
    calm, furious = (voice.render(LINE, VoiceSpec(name, telephone=telephone), anger) for anger in (2, 9))
    assert 1.15 <= len(calm) / len(furious) <= 1.35
    assert level_dbfs(furious) - level_dbfs(calm) >= 4.0
    assert median_f0_hz(furious) / median_f0_hz(calm) >= 1.15


@pytest.mark.parametrize("name", VOICES)
def test_every_step_of_anger_is_faster_louder_and_higher_than_the_one_below(
    voice: Pyttsx3Voice, level_dbfs: Measure, median_f0_hz: Measure, name: str
) -> None:
    steps = [voice.render(LINE, VoiceSpec(name), anger) for anger in (0, 2, 4, 6, 8, 10)]
    for measured in ([-len(pcm) for pcm in steps], [*map(level_dbfs, steps)], [*map(median_f0_hz, steps)]):
        assert measured == sorted(measured)
        assert len(set(measured)) == len(measured)


@pytest.mark.parametrize("name", VOICES)
@pytest.mark.parametrize(("anger", "expected_dbfs"), [(0, -23.0), (10, -16.0)])
def test_a_line_is_as_loud_as_its_anger_says_and_never_clips(
    voice: Pyttsx3Voice, level_dbfs: Measure, name: str, anger: float, expected_dbfs: float
) -> None:
    pcm = voice.render(LINE, VoiceSpec(name), anger)
    assert level_dbfs(pcm) == pytest.approx(expected_dbfs, abs=0.7)
    assert np.abs(pcm.astype(int)).max() <= 0.96 * 32767


def test_a_voice_without_anger_scale_never_changes(voice: Pyttsx3Voice, level_dbfs: Measure) -> None:
    calm, furious = (voice.render(LINE, VoiceSpec(anger_scale=0.0), anger) for anger in (0, 10))
    assert len(furious) == pytest.approx(len(calm), rel=0.01)
    assert level_dbfs(furious) == pytest.approx(level_dbfs(calm), abs=0.2)


def test_the_telephone_leaves_300_to_3400_hz(voice: Pyttsx3Voice) -> None:
    def share_outside(telephone: bool) -> float:
        pcm = voice.render(LINE, VoiceSpec(telephone=telephone), 2)
        power = np.abs(np.fft.rfft(pcm.astype(np.float64))) ** 2
        hz = np.fft.rfftfreq(len(pcm), 1 / 16_000)
        return float(power[(hz < 250) | (hz > 3700)].sum() / power.sum())

    assert share_outside(telephone=True) < 0.01
    assert share_outside(telephone=False) > 0.05


@pytest.mark.parametrize("anger", [2, 9])
def test_a_line_is_understood_calm_and_furious(voice: Pyttsx3Voice, anger: float) -> None:
    need((SMALL_MODEL / "am" / "final.mdl").exists(), f"no speech model in {SMALL_MODEL}")
    said = "please tell me why you charged my card twice this month"
    vosk.SetLogLevel(-1)
    recognizer = vosk.KaldiRecognizer(vosk.Model(str(SMALL_MODEL)), 16_000)
    pcm = voice.render(said, VoiceSpec(telephone=False), anger)
    recognizer.AcceptWaveform(pcm.tobytes() + bytes(16_000))
    heard = json.loads(recognizer.FinalResult())["text"].split()
    assert sum(word in heard for word in said.split()) >= 8, " ".join(heard)
