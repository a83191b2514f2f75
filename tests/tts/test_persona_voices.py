"""The callers are told apart by ear: in pitch, in pace, in accent. Measured on what they really sound like."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.commands.voices import on_the_line
from voicecoach.persona.loading import list_personas, load
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

LINE = "I have called three times about this bill, and nobody has called me back."
ANGER = 5.0
SEMITONES, PACE_SHARE = 1.0, 0.06
"""What is heard as another pitch, and as another pace, in two voices side by side."""

Measure = Callable[[Pcm], float]


@pytest.fixture(scope="module")
def heard(voice: Pyttsx3Voice, median_f0_hz: Measure) -> dict[str, tuple[float, float, str]]:
    """For every caller: F0 (Hz), seconds the same line takes, and the accent."""
    found = {}
    for summary in list_personas():
        spec = load(summary.id).voice.to_spec()
        pcm = voice.render(LINE, on_the_line(spec, False), ANGER)
        found[summary.id] = (median_f0_hz(pcm), len(pcm) / 16_000, spec.name.partition("+")[0])
    return found


def test_no_two_callers_sound_alike(heard: dict[str, tuple[float, float, str]]) -> None:
    alike = [
        (one, other)
        for one, other in combinations(heard, 2)
        if abs(12 * np.log2(heard[one][0] / heard[other][0])) < SEMITONES
        and abs(heard[one][1] / heard[other][1] - 1) < PACE_SHARE
        and heard[one][2] == heard[other][2]
    ]
    assert not alike


def test_together_they_span_voices_low_and_high_slow_and_fast(heard: dict[str, tuple[float, float, str]]) -> None:
    f0, lengths, accents = zip(*heard.values(), strict=True)
    assert 12 * np.log2(max(f0) / min(f0)) > 10, "semitones"
    assert max(lengths) / min(lengths) > 1.25
    assert len(set(accents)) >= 5


# ------------------------------------------------------------------------------------------------- the telephone line


def share_outside(pcm: Pcm) -> float:
    """Of the power, how much lies below 250 Hz and above 3700 Hz: what a telephone does not carry."""
    power = np.abs(np.fft.rfft(pcm.astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(len(pcm), 1 / 16_000)
    return float(power[(hertz < 250) | (hertz > 3700)].sum() / power.sum())


@pytest.mark.parametrize("name", ["en-us+m3", "en-gb+f2"])
def test_the_telephone_line_can_be_switched_on_and_off(voice: Pyttsx3Voice, name: str) -> None:
    for says in (True, False):
        spec = VoiceSpec(name=name, telephone=says)
        on, off, as_it_says = (voice.render(LINE, on_the_line(spec, switch), 5.0) for switch in (True, False, None))
        assert share_outside(on) < 0.03
        assert share_outside(off) > 3 * share_outside(on)
        assert share_outside(as_it_says) == pytest.approx(share_outside(on if says else off), rel=0.2)
        assert len(on) == pytest.approx(len(off), rel=0.02), "the same line"
