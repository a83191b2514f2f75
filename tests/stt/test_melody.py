"""The pitch at the end of an utterance, from sound made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.stt.ears import blocks_of
from voicecoach.stt.melody import NO_MELODY, Ending, Melody, frame_pitch_hz


def sung(pitches_hz: Sequence[float]) -> Pcm:
    """A buzz whose pitch goes through these values, evenly, in a second."""
    pitch = np.interp(np.linspace(0, 1, 16_000), np.linspace(0, 1, len(pitches_hz)), pitches_hz)
    phase = 2 * np.pi * np.cumsum(pitch) / 16_000
    buzz = sum((np.sin(k * phase) / k for k in range(1, 12)), start=np.zeros(16_000))
    return np.asarray(buzz * 4000, dtype=np.int16)


def melody_of(pcm: Pcm, voiced: bool = True) -> Melody:
    melody = Melody()
    for block in blocks_of(pcm):
        melody.hear(block, voiced)
    return melody


@pytest.mark.parametrize("pitch_hz", [80.0, 120.0, 210.0, 350.0])
def test_the_pitch_of_a_buzz(pitch_hz: float) -> None:
    assert frame_pitch_hz(sung([pitch_hz])[:640]) == pytest.approx(pitch_hz, rel=0.03)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, 640).astype(np.int16)
    assert frame_pitch_hz(noise) is None
    assert frame_pitch_hz(np.zeros(640, dtype=np.int16)) is None


def test_a_fall_at_the_end() -> None:
    ending = melody_of(sung([130, 130, 130, 130, 100, 100])).ending()
    assert ending.end_semitones == pytest.approx(-4.5, abs=0.4)
    assert ending.slope_semitones_per_second < -5


def test_a_rise_at_the_end() -> None:
    ending = melody_of(sung([130, 130, 130, 130, 160, 160])).ending()
    assert ending.end_semitones == pytest.approx(3.6, abs=0.4)
    assert ending.slope_semitones_per_second > 3


def test_a_level_voice() -> None:
    ending = melody_of(sung([150])).ending()
    assert abs(ending.end_semitones) < 0.3
    assert abs(ending.slope_semitones_per_second) < 2


def test_too_little_voice_tells_nothing() -> None:
    assert melody_of(sung([150])[:1600]).ending() == NO_MELODY
    assert melody_of(sung([150]), voiced=False).ending() == NO_MELODY


def test_a_fall_counts_as_one_however_far_it_went_and_a_level_voice_as_none() -> None:
    assert Ending(-4.0, -10.0).fall == Ending(-8.0, -30.0).fall == 1.0
    assert Ending(0.0, 2.0).fall == Ending(3.0, 20.0).fall == -1.0
    assert -1.0 < Ending(-2.2, -5.0).fall < Ending(-2.8, -5.0).fall < 1.0


def test_nothing_known_is_no_level_voice() -> None:
    assert not NO_MELODY.known
    assert NO_MELODY.fall == 0.0
