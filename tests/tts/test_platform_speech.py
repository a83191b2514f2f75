"""The platform's own voices, which have no pitch, on a pyttsx3 that behaves like SAPI5 or NSSpeech."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import VoiceError
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

ENGINE = '''
import sys, types
import numpy as np
import soundfile
from voicecoach.tts import worker

class Voice:
    def __init__(self, id, name, languages, gender):
        self.id, self.name, self.languages, self.gender = id, name, languages, gender

class Engine:
    """Buzzes at 120 Hz for 60 / rate seconds a word; speaks only once, like the drivers it stands for."""
    def __init__(self):
        self.on_error, self.settings, self.job, self.used = None, {"rate": 200}, None, False
    def __str__(self):
        return "nsss"
    def getProperty(self, name):
        return [Voice("alex", "Alex", ["en_US"], "VoiceGenderMale"), Voice("mute", "Mute", ["fr_FR"], None)]
    def setProperty(self, name, value):
        print("Pitch adjustment not supported when using NSSS")
        assert name != "pitch"
        self.settings[name] = value
    def connect(self, topic, callback):
        self.on_error = callback
    def save_to_file(self, text, filename):
        self.job = text, filename
    def runAndWait(self):
        if self.used:
            return
        self.used = True
        if self.settings["voice"] == "mute":
            self.on_error(None, ValueError("this voice is not installed"))
            return
        text, filename = self.job
        time = np.arange(int(22050 * len(text.split()) * 60 / self.settings["rate"])) / 22050
        buzz = sum(np.sin(2 * np.pi * 120 * k * time) / k for k in range(1, 20))
        with open(filename, "wb") as file:
            soundfile.write(file, 0.1 * buzz, 22050, format="AIFF", subtype="PCM_16")

sys.modules["pyttsx3"] = types.SimpleNamespace(init=Engine)
sys.platform = "darwin"
worker.main()
'''


@pytest.fixture
def mac_voice() -> Iterator[Pyttsx3Voice]:
    voice = Pyttsx3Voice(command=[sys.executable, "-c", ENGINE])
    yield voice
    voice.close()


def test_every_line_is_spoken_though_the_engine_speaks_only_once(mac_voice: Pyttsx3Voice) -> None:
    assert mac_voice.driver() == "nsss"
    assert mac_voice.voices() == ["Alex", "Mute"]
    spec = VoiceSpec("en-us+m3", rate_wpm=180)
    for words in (3, 6, 9):
        pcm = mac_voice.render(" ".join(["word"] * words), spec, 0.0)
        assert len(pcm) / 16_000 == pytest.approx(words / 3.0, abs=0.05)


def test_pitch_is_shifted_on_the_sound_without_making_it_shorter(
    mac_voice: Pyttsx3Voice, median_f0_hz: Callable[[Pcm], float]
) -> None:
    spec = VoiceSpec("en-us", rate_wpm=180, telephone=False)
    calm, furious = (mac_voice.render("one two three four five six", spec, anger) for anger in (0.0, 10.0))
    assert median_f0_hz(calm) == pytest.approx(120, rel=0.02)
    assert median_f0_hz(furious) == pytest.approx(120 * 2 ** (4 / 12), rel=0.02)
    assert len(calm) / len(furious) == pytest.approx(1.25, rel=0.03)


def test_a_driver_that_reports_an_error_is_not_heard_as_silence(mac_voice: Pyttsx3Voice) -> None:
    with pytest.raises(VoiceError, match="not installed"):
        mac_voice.render("bonjour", VoiceSpec("fr"), 0.0)


def test_a_name_that_fits_no_voice_names_those_there_are(mac_voice: Pyttsx3Voice) -> None:
    with pytest.raises(VoiceError) as caught:
        mac_voice.render("hallo", VoiceSpec("de-de"), 0.0)
    assert "en-us" in caught.value.remedy or "fr-fr" in caught.value.remedy
