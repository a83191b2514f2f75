"""The voice of tones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.tts.base import Voice
from voicecoach.tts.estimate import estimated_seconds
from voicecoach.tts.tone_voice import ToneVoice
from voicecoach.values import VoiceSpec

LINE = "nobody has called me back"


def test_the_same_line_is_the_same_to_the_sample() -> None:
    voice: Voice = ToneVoice()
    assert np.array_equal(voice.render(LINE, VoiceSpec(), 4), ToneVoice().render(LINE, VoiceSpec(), 4))


def test_a_calm_line_lasts_as_long_as_estimated() -> None:
    assert len(ToneVoice().render(LINE, VoiceSpec(), 0)) / 16_000 == pytest.approx(estimated_seconds(LINE), abs=0.001)


def test_every_word_is_a_tone_of_its_own() -> None:
    pcm = np.abs(ToneVoice().render(LINE, VoiceSpec(), 0).astype(int))
    loud = pcm[: len(pcm) // 80 * 80].reshape(-1, 80).max(axis=1) > 500
    assert np.count_nonzero(np.diff(loud.astype(int)) == 1) == len(LINE.split())


def test_anger_is_faster_louder_and_higher_here_too(
    level_dbfs: Callable[[Pcm], float], median_f0_hz: Callable[[Pcm], float]
) -> None:
    calm, furious = (ToneVoice().render(LINE, VoiceSpec(), anger) for anger in (2, 9))
    assert len(calm) / len(furious) >= 1.15
    assert level_dbfs(furious) - level_dbfs(calm) >= 4
    assert median_f0_hz(furious) > median_f0_hz(calm) > 200


def test_no_words_no_sound_and_closing_is_nothing() -> None:
    voice = ToneVoice()
    assert len(voice.render("  ", VoiceSpec(), 5)) == 0
    voice.close()
    voice.close()


@pytest.mark.parametrize(("text", "seconds"), [("", 0.0), ("one", 1 / 2.7), ("one  two\nthree four", 4 / 2.7)])
def test_a_text_is_estimated_by_its_words(text: str, seconds: float) -> None:
    assert estimated_seconds(text) == pytest.approx(seconds)
