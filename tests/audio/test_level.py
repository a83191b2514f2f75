"""How loud a microphone is."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.files import FileMicrophone
from voicecoach.audio.level import FLOOR_DBFS, measure_level, refuse_silence
from voicecoach.errors import SilentMicrophone


def test_a_full_scale_sine_is_three_decibels_below_full_scale() -> None:
    sine = (32767 * np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)).astype(np.int16)
    level = measure_level(FileMicrophone(sine), 1.0)
    assert level.rms_dbfs == pytest.approx(-3.01, abs=0.01)
    assert level.peak_dbfs == pytest.approx(0.0, abs=0.01)
    assert not level.all_zero


def test_nothing_but_zeros_is_refused_with_what_to_do() -> None:
    level = measure_level(FileMicrophone(np.zeros(16_000, dtype=np.int16)), 1.0)
    assert level.all_zero and level.rms_dbfs == level.peak_dbfs == FLOOR_DBFS
    with pytest.raises(
        SilentMicrophone, match=r"^Webcam: the microphone delivers nothing but silence.*; .*unmute|allow"
    ):
        refuse_silence(level, "Webcam")


def test_the_faintest_noise_is_a_living_microphone() -> None:
    quiet = np.zeros(16_000, dtype=np.int16)
    quiet[8000] = 1
    level = measure_level(FileMicrophone(quiet), 1.0)
    refuse_silence(level, "Webcam")
    assert level.rms_dbfs == FLOOR_DBFS, "weaker than the scale goes"


def test_it_listens_only_for_the_time_given_and_stops_at_the_end() -> None:
    loud_later = np.concatenate((np.full(8000, 100), np.full(8000, 20_000))).astype(np.int16)
    assert measure_level(FileMicrophone(loud_later), 0.5).peak_dbfs < -50
    assert measure_level(FileMicrophone(loud_later), 60.0).peak_dbfs > -5
