"""A line put together from speech, bleeps and pauses."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.tts.line import bleep_tone, rendered_line
from voicecoach.tts.prosody import prosody
from voicecoach.tts.silence import Sound
from voicecoach.values import VoiceSpec

CALM = prosody(VoiceSpec(), 0.0)


def half_a_second_of_200_hz(text: str) -> Sound:
    lead = np.zeros(3200, dtype=np.float32)
    tone = 0.3 * np.sin(2 * np.pi * 200 * np.arange(8000) / 16_000)
    return np.concatenate([lead, tone.astype(np.float32), lead])


def rendered(text: str) -> Pcm:
    return rendered_line(text, half_a_second_of_200_hz, CALM, telephone=False)


def test_a_bleep_is_a_quarter_of_a_second_of_1_khz_at_minus_20_dbfs() -> None:
    tone = bleep_tone()
    assert len(tone) == 4000
    assert np.argmax(np.abs(np.fft.rfft(tone))) * 16_000 / len(tone) == 1000
    assert 10 * np.log10(np.mean(tone[200:-200] ** 2)) == pytest.approx(-20.0, abs=0.2)


def test_a_bleep_stands_between_the_words_with_30_ms_on_either_side() -> None:
    pcm = rendered("you [bleep] you")
    # 10 ms + 0.5 s + 20 ms, gap, tone, gap, and the words again
    assert len(pcm) / 16_000 == pytest.approx(0.53 + 0.03 + 0.25 + 0.03 + 0.53, abs=0.012)
    middle = pcm[len(pcm) // 2 - 1600 : len(pcm) // 2 + 1600]
    assert np.argmax(np.abs(np.fft.rfft(middle))) * 5 == 1000


def test_a_line_may_begin_and_end_with_a_bleep_or_be_one() -> None:
    for text, seconds in (("[bleep] you", 0.25 + 0.03 + 0.53), ("you [bleep]", 0.53 + 0.03 + 0.25 + 0.03)):
        assert len(rendered(text)) / 16_000 == pytest.approx(seconds, abs=0.012)
    alone = rendered("[bleep]")
    assert np.abs(alone[:16].astype(int)).max() < 3000 < np.abs(alone.astype(int)).max()


def test_the_loudness_of_speech_does_not_depend_on_bleeps() -> None:
    plain, bleeped = rendered("you"), rendered("you [bleep] [bleep] [bleep]")
    assert np.abs(bleeped[2000:7000].astype(int)).max() == pytest.approx(
        np.abs(plain[2000:7000].astype(int)).max(), rel=0.02
    )


def test_pieces_of_a_long_text_have_a_pause_between_that_anger_shortens() -> None:
    text = "This is a sentence of some length. " * 20
    calm, furious = (
        len(rendered_line(text, half_a_second_of_200_hz, prosody(VoiceSpec(), anger), telephone=False)) / 16_000
        for anger in (0, 10)
    )
    assert calm == pytest.approx(2 * 0.53 + 0.35, abs=0.02)
    assert furious == pytest.approx(2 * 0.53 + 0.175, abs=0.02)
