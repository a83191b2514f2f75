"""A microphone in telephone quality is told from one that has the whole band."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
import soxr

from voicecoach.audio.bandwidth import is_narrow_band
from voicecoach.audio.base import Pcm
from voicecoach.audio.level import MUTED_SECONDS, MuteWatch
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec


@pytest.fixture(scope="module", params=["en-us+f3", "en-gb+m3", "en-gb-scotland+m7"])
def sentence(request: pytest.FixtureRequest) -> Iterator[Pcm]:
    with closing(Pyttsx3Voice()) as voice:
        spec = VoiceSpec(name=request.param, telephone=False)
        yield voice.render("Thank you for calling, how can I help you today?", spec, 0.0)


def test_the_whole_band(sentence: Pcm) -> None:
    assert is_narrow_band(sentence) is False
    assert is_narrow_band((sentence / 10).astype(np.int16)) is False, "softly too"


def test_eight_kilohertz_brought_up_again(sentence: Pcm) -> None:
    assert is_narrow_band(soxr.resample(soxr.resample(sentence, 16_000, 8_000), 8_000, 16_000)) is True


def test_of_silence_and_of_a_moment_nothing_can_be_told() -> None:
    assert is_narrow_band(np.zeros(48_000, dtype=np.int16)) is None
    assert is_narrow_band(np.full(2_000, 9_000, dtype=np.int16)) is None


def test_a_mute_switch_is_told_once_each_way() -> None:
    told: list[bool] = []
    watch = MuteWatch(told.append)
    zeros, sound = np.zeros(160, dtype=np.int16), np.ones(160, dtype=np.int16)
    for block in [sound] * 10 + [zeros] * round(MUTED_SECONDS * 100 - 1) + [sound] * 10:
        watch.observe(block)
    assert told == []
    for block in [zeros] * 500 + [sound] * 10:
        watch.observe(block)
    assert told == [True, False]
