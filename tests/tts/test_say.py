"""One line into a file or aloud."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.audio.base import Loudspeaker, Pcm
from voicecoach.audio.virtual import RecordedLoudspeaker
from voicecoach.errors import DeviceLost, StorageError, UsageError
from voicecoach.tts import say as say_module
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.say import say
from voicecoach.tts.tone_voice import ToneVoice
from voicecoach.values import VoiceSpec

TONES = ToneVoice()


def test_a_real_line_becomes_a_16_khz_mono_wav(voice: Pyttsx3Voice, tmp_path: Path) -> None:
    path = tmp_path / "line.wav"
    seconds = say(voice, "Where is my refund?", VoiceSpec("en-gb+f2"), 8.0, out=path)
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype, info.format) == (16_000, 1, "PCM_16", "WAV")
    assert info.duration == pytest.approx(seconds)
    assert 0.8 < seconds < 2.0


def test_a_line_is_played_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Pcm] = []

    class Ears(RecordedLoudspeaker):
        def played(self) -> Pcm:
            heard.append(super().played())
            return heard[-1]

    say(TONES, "hello", VoiceSpec(), 5.0, loudspeaker=Ears())
    expected = TONES.render("hello", VoiceSpec(), 5.0)
    assert np.array_equal(np.concatenate(heard)[: len(expected)], expected)


def test_a_loudspeaker_that_stops_taking_sound_is_an_error_not_an_endless_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stuck(RecordedLoudspeaker):
        def played(self) -> Pcm:
            return np.zeros(160, dtype=np.int16)

    monkeypatch.setattr(say_module, "PATIENCE_SECONDS", 0.05)
    stuck: Loudspeaker = Stuck("the headset")
    with pytest.raises(DeviceLost, match="stopped taking sound") as caught:
        say(TONES, "hello", VoiceSpec(), 5.0, loudspeaker=stuck)
    assert caught.value.where == "the headset"


@pytest.mark.parametrize("place", ["no/such/folder/line.wav", "."])
def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path, place: str) -> None:
    path = tmp_path / place
    with pytest.raises(StorageError) as caught:
        say(TONES, "hello", VoiceSpec(), 5.0, out=path)
    assert caught.value.where == str(path) and caught.value.remedy


@pytest.mark.parametrize(
    ("text", "anger", "out", "complaint"),
    [
        ("hello", -0.1, "x.wav", "outside 0..10"),
        ("hello", 10.5, "x.wav", "outside 0..10"),
        ("hello", float("nan"), "x.wav", "outside 0..10"),
        ("  ", 5.0, "x.wav", "nothing to say"),
        ("hello", 5.0, None, "nowhere"),
    ],
)
def test_words_that_do_not_fit_together(
    tmp_path: Path, text: str, anger: float, out: str | None, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        say(TONES, text, VoiceSpec(), anger, out=tmp_path / out if out else None)
    assert list(tmp_path.iterdir()) == []
