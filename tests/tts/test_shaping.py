"""Shaping PCM: rate and pitch, band, level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.audio.base import Pcm
from voicecoach.tts.shaping import at_call_rate, faded, shaped, to_pcm, voiced_level_dbfs
from voicecoach.tts.silence import Sound


def tone(hz: float, seconds: float = 1.0, rate_hz: int = 16_000, amplitude: float = 0.2) -> Sound:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(np.float32)


def loudest_hz(sound: Sound | Pcm) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * 16_000 / len(sound))


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 48_000])
def test_any_rate_becomes_16_khz_with_length_and_pitch_kept(rate_hz: int) -> None:
    sound = at_call_rate(tone(440, rate_hz=rate_hz), rate_hz)
    assert len(sound) == pytest.approx(16_000, abs=2)
    assert loudest_hz(sound) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("semitones", [-4.0, 3.0, 12.0])
def test_a_shift_in_pitch_shortens_by_the_same_factor(semitones: float) -> None:
    factor = 2 ** (semitones / 12)
    sound = at_call_rate(tone(440, rate_hz=22_050), 22_050, semitones)
    assert loudest_hz(sound) == pytest.approx(440 * factor, abs=2)
    assert len(sound) == pytest.approx(16_000 / factor, abs=2)


@pytest.mark.parametrize(
    ("hz", "low_db", "high_db"), [(60, -60, -25), (200, -20, -6), (1000, -0.5, 0.5), (3000, -2, 0.5), (4500, -60, -15)]
)
def test_the_telephone_passes_its_band_only(hz: float, low_db: float, high_db: float) -> None:
    mixed = tone(1000) + tone(hz, amplitude=0.05)
    narrow = shaped(mixed, level_dbfs=-20, telephone=True).astype(np.float64)
    bins = np.abs(np.fft.rfft(narrow * np.hanning(len(narrow))))
    wide = np.abs(np.fft.rfft(mixed * np.hanning(len(mixed))))
    through_db = 20 * np.log10((bins[round(hz)] / bins[1000]) / (wide[round(hz)] / wide[1000]))
    assert low_db <= through_db <= high_db


def test_effort_makes_a_sound_brighter_and_denser() -> None:
    random = np.random.default_rng(1)
    loudness = np.repeat(10 ** (random.uniform(-20, 0, 40) / 20), 1600)
    speechlike = (tone(400, 4.0) + tone(2500, 4.0, amplitude=0.02)) * loudness.astype(np.float32)
    lax, pressed = (shaped(speechlike, level_dbfs=-20, effort=effort) for effort in (0.0, 1.0))

    def brightness(pcm: Pcm) -> float:
        spectrum = np.abs(np.fft.rfft(pcm))
        return float(spectrum[9_000:11_000].sum() / spectrum[1_000:2_200].sum())

    def spread_db(pcm: Pcm) -> float:
        return float(np.std(20 * np.log10(np.sqrt((pcm.astype(np.float64).reshape(-1, 1600) ** 2).mean(axis=1)))))

    assert brightness(pressed) > 1.5 * brightness(lax)
    assert spread_db(pressed) < 0.8 * spread_db(lax)


@given(st.floats(-30.0, -14.0), st.floats(0.0, 1.0), st.booleans(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_level_is_met_and_nothing_clips(level: float, effort: float, telephone: bool, seed: int) -> None:
    random = np.random.default_rng(seed)
    sound = (random.standard_normal(8000) * random.uniform(0.001, 0.3)).astype(np.float32)
    pcm = shaped(sound, level_dbfs=level, effort=effort, telephone=telephone)
    assert pcm.dtype == np.int16 and len(pcm) == len(sound)
    assert np.abs(pcm.astype(int)).max() <= 0.96 * 32767
    assert voiced_level_dbfs((pcm / 32767).astype(np.float32)) == pytest.approx(level, abs=1.0)


def test_silence_stays_silence_and_nothing_stays_nothing() -> None:
    assert not shaped(np.zeros(800, dtype=np.float32), level_dbfs=-20, effort=1.0, telephone=True).any()
    assert len(shaped(np.zeros(0, dtype=np.float32), level_dbfs=-20, effort=1.0, telephone=True)) == 0


def test_both_ends_begin_and_end_at_zero() -> None:
    ramped = faded(np.ones(1000, dtype=np.float32))
    assert ramped[0] == 0.0 and abs(ramped[-1]) < 0.03
    assert np.all(ramped[48:952] == 1.0)
    assert np.abs(np.diff(ramped)).max() < 0.03
    assert len(faded(np.ones(1, dtype=np.float32))) == 1


def test_samples_beyond_full_scale_are_held_there() -> None:
    assert to_pcm(np.array([-2.0, -1.0, 0.0, 0.5, 3.0], dtype=np.float32)).tolist() == [-32767, -32767, 0, 16384, 32767]
