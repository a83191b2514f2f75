"""Long angry lines are breathed in; short and calm ones are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.tts.breath import BREATH_SECONDS, with_breaths
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.silence import FRAME_SAMPLES
from voicecoach.values import VoiceSpec

VENT = (
    "I have called you three times this week, three times, and every time I am told that somebody will call me back, "
    "and nobody does. I sit at home, I wait, I miss my work, and then I call again and the whole thing begins from the "
    "start, with another person who has never heard of me. I pay my bills on time, every month, and this is what I get."
)
SPEC = VoiceSpec(name="en-us+f3", rate_wpm=180, telephone=False)


def pauses_seconds(pcm: Pcm, below_dbfs: float = -35.0) -> list[float]:
    """How long every stretch is that is softer than this, in 5 ms."""
    frames = pcm[: len(pcm) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES).astype(np.float64) / 32768.0
    soft = 10.0 * np.log10((frames**2).mean(axis=1) + 1e-12) < below_dbfs
    edges = np.flatnonzero(np.diff(np.concatenate(([0], soft.astype(int), [0]))))
    return [float(end - start) * 0.005 for start, end in edges.reshape(-1, 2)]


def test_a_furious_vent_is_breathed_in(voice: Pyttsx3Voice) -> None:
    pcm = voice.render(VENT, SPEC, 9.0)
    breaths = [pause for pause in pauses_seconds(pcm) if pause >= BREATH_SECONDS - 0.06]
    assert len(breaths) >= len(pcm) / 16_000 / 9.0, "at least every nine seconds"


def test_a_breath_is_heard_and_far_below_the_voice() -> None:
    tone = (0.2 * np.sin(2 * np.pi * 200 * np.arange(72_000) / 16_000)).astype(np.float32)
    line = np.concatenate((tone, np.zeros(1_600, dtype=np.float32), tone))
    breathed = with_breaths(line, 1.0)
    assert len(breathed) == len(line) - 1_600 + round(BREATH_SECONDS * 16_000)
    pause = breathed[72_000 : 72_000 + round(BREATH_SECONDS * 16_000)]
    below_db = 20 * np.log10(np.sqrt(np.mean(pause[1_000:4_400] ** 2)) / np.sqrt(np.mean(tone**2)))
    assert -34 < below_db < -24
    spectrum = np.abs(np.fft.rfft(pause)) ** 2
    hertz = np.fft.rfftfreq(len(pause), 1 / 16_000)
    assert spectrum[(hertz > 500) & (hertz < 3500)].sum() > 0.95 * spectrum.sum()


@pytest.mark.parametrize("effort", [0.0, 0.05])
def test_a_calm_voice_breathes_unheard(effort: float) -> None:
    sound = np.tile(np.concatenate((np.full(70_000, 0.1), np.zeros(2_000))), 3).astype(np.float32)
    assert with_breaths(sound, effort) is sound


def test_a_short_line_has_no_breath(voice: Pyttsx3Voice) -> None:
    pcm = voice.render("I want my money back, and I want it now.", SPEC, 9.0)
    assert max(pauses_seconds(pcm)[1:-1], default=0.0) < 0.25


def test_the_words_themselves_are_untouched() -> None:
    random = np.random.default_rng(1)
    words = [(0.2 * random.standard_normal(30_000)).astype(np.float32) for _ in range(6)]
    line = np.concatenate([part for word in words for part in (word, np.zeros(1_600, dtype=np.float32))])
    breathed = with_breaths(line, 1.0)
    text = breathed.tobytes()
    assert all(word[100:-100].tobytes() in text for word in words)


def test_the_same_sound_is_breathed_in_the_same_way() -> None:
    sound = np.tile(np.concatenate((np.full(70_000, 0.1), np.zeros(2_000))), 3).astype(np.float32)
    assert np.array_equal(with_breaths(sound, 0.8), with_breaths(sound, 0.8))
