"""Neural voices: the real loading code and the real child process, on a voice made for the test."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.tts.tiny_voice import PHONEME_SAMPLES, RATE_HZ, make_tiny_voice
from voicecoach.audio.base import Pcm
from voicecoach.errors import UsageError, VoiceError
from voicecoach.tts.phonemes import Phonemes, phoneme_ids
from voicecoach.tts.piper_speech import Description
from voicecoach.tts.piper_voice import PiperVoice
from voicecoach.tts.prosody import prosody
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak-ng is there on Linux only")

SPEC = VoiceSpec(name="en-us+f3", rate_wpm=170, telephone=False)
LINE = "I want my money back, and I want it now!"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_voice(tmp_path_factory.mktemp("voice"))


@pytest.fixture(scope="module")
def piper(model: Path) -> Iterator[PiperVoice]:
    with closing(PiperVoice(model)) as voice:
        yield voice


def seconds(pcm: Pcm) -> float:
    return len(pcm) / SAMPLE_RATE_HZ


def test_a_line_is_spoken_at_the_calls_rate(piper: PiperVoice) -> None:
    pcm = piper.render(LINE, SPEC, 0.0)
    assert pcm.dtype == np.int16
    phonemes = 30  # "aɪ wˈɑːnt maɪ mˈʌni bˈæk, ænd aɪ wˈɑːnt ɪt nˈaʊ!" has about so many letters and marks
    assert seconds(pcm) == pytest.approx(phonemes * PHONEME_SAMPLES / RATE_HZ, rel=0.6)
    assert piper.driver() == "piper"
    assert piper.name == "piper tiny"


def test_anger_is_heard_on_it_by_the_same_measures(
    piper: PiperVoice, level_dbfs: Callable[[Pcm], float], median_f0_hz: Callable[[Pcm], float]
) -> None:
    calm, furious = (piper.render(LINE, SPEC, anger) for anger in (0.0, 10.0))
    assert seconds(furious) < 0.9 * seconds(calm), "faster"
    assert level_dbfs(furious) - level_dbfs(calm) == pytest.approx(7.0, abs=1.5), "louder, by the table"
    raised = 12 * np.log2(centre_hz(furious) / centre_hz(calm))
    assert raised > 2.0, "higher"


def centre_hz(pcm: Pcm) -> float:
    power = np.abs(np.fft.rfft(pcm.astype(np.float64))) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(pcm), 1 / SAMPLE_RATE_HZ)) / np.sum(power))


def test_a_faster_persona_is_faster(piper: PiperVoice) -> None:
    slow, fast = (piper.render(LINE, VoiceSpec(rate_wpm=rate, telephone=False), 0.0) for rate in (130, 210))
    assert seconds(slow) / seconds(fast) == pytest.approx(210 / 130, rel=0.2)
    assert prosody(SPEC, 0.0).rate_wpm == 170


def test_bleeps_and_long_lines_come_through(piper: PiperVoice) -> None:
    assert seconds(piper.render("You f***ing listen to me.", SPEC, 5.0)) > 0.5
    long = piper.render(" ".join([LINE] * 15), SPEC, 0.0)
    assert seconds(long) > 12 * seconds(piper.render(LINE, SPEC, 0.0))


def test_speakers_are_chosen_by_the_personas_variant(tmp_path: Path, level_dbfs: Callable[[Pcm], float]) -> None:
    from voicecoach.tts.piper_speech import PiperSpeech

    speech = PiperSpeech(tmp_path, make_tiny_voice(tmp_path, "many", speakers=5))
    assert [speech.voice_id(name) for name in ("en-us+f3", "many#4", "en-gb+m12")] == ["3", "4", "2"]
    assert speech.voice_id("en-gb-scotland") == speech.voice_id("en-gb-scotland")
    assert speech.voices() == [f"many#{number}" for number in range(5)]
    first, last = (speech.speak("Hello there.", number, 170, 50, 50) for number in ("0", "4"))
    loud = [np.abs(np.frombuffer(wav[44:], dtype="<i2").astype(float)).max() for wav in (first, last)]
    assert loud[1] < 0.2 * loud[0]


def test_phonemes_are_those_of_espeak_with_their_punctuation(tmp_path: Path) -> None:
    read = Phonemes(tmp_path).sentences("I've waited, and nobody called! Why?", "en-us")
    assert ["".join(sentence) for sentence in read] == ["aɪv wˈeɪɾᵻd, ænd nˈoʊbɑːdi kˈɔːld!", "wˈaɪ?"]


def test_ids_have_marks_at_both_ends_and_pads_between() -> None:
    ids = {"^": [1], "$": [2], "_": [0], "a": [5], "b": [6, 7]}
    assert phoneme_ids(["a", "x", "b"], ids) == [1, 0, 5, 0, 6, 7, 0, 2]


def test_a_voice_without_its_description_is_refused(tmp_path: Path) -> None:
    model = make_tiny_voice(tmp_path)
    model.with_name("tiny.onnx.json").unlink()
    with pytest.raises(VoiceError, match=r"description of this voice is missing; put tiny\.onnx\.json beside it"):
        PiperVoice(model)


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"phoneme_type": "pinyin"}'])
def test_a_description_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.onnx.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r".+"):
        Description.read(path)


def test_a_model_that_is_none_is_one_line(tmp_path: Path) -> None:
    model = make_tiny_voice(tmp_path)
    model.write_bytes(b"nothing of the sort")
    with closing(PiperVoice(model)) as voice, pytest.raises(VoiceError, match="also after a restart"):
        voice.render(LINE, SPEC, 0.0)


def test_a_description_for_another_program_is_one_line(tmp_path: Path) -> None:
    model = make_tiny_voice(tmp_path)
    description = model.with_name("tiny.onnx.json")
    told = json.loads(description.read_text())
    del told["phoneme_id_map"]["^"]
    description.write_text(json.dumps(told))
    with closing(PiperVoice(model)) as voice, pytest.raises(VoiceError, match="lacks the marks"):
        voice.render(LINE, SPEC, 0.0)


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicecoach.tts.piper_voice.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'voicecoach\[neural\]'"):
        PiperVoice(make_tiny_voice(tmp_path))
