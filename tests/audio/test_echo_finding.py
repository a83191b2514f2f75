"""The echo test: a known sound is played, and what comes back of it tells a loudspeaker from a headset."""

from __future__ import annotations

import numpy as np
import pytest

from bench.echo_path import EchoingRoom, impulse_response
from voicecoach.audio.base import Pcm
from voicecoach.audio.echo_finding import Echo, measure_echo, sweeps


def measured(response: np.ndarray, noise_dbfs: float = -70.0, said: Pcm | None = None) -> Echo:
    room = EchoingRoom(response, noise_dbfs)
    if said is not None:
        room.trainee.say(said)
    return measure_echo(room.microphone, room.loudspeaker)


@pytest.mark.parametrize("delay_seconds", [0.02, 0.08, 0.25])
@pytest.mark.parametrize("level_db", [0.0, -12.0, -30.0])
def test_delay_and_level_of_an_echo_are_found(delay_seconds: float, level_db: float) -> None:
    echo = measured(impulse_response(delay_seconds, level_db))
    assert echo.delay_seconds == pytest.approx(delay_seconds, abs=0.002)
    assert echo.level_db == pytest.approx(level_db, abs=1.5)
    assert echo.audible


def test_the_level_of_a_room_that_reverberates_is_all_of_it() -> None:
    echo = measured(impulse_response(0.08, -12.0, reverberation_seconds=0.4))
    assert echo.delay_seconds == pytest.approx(0.08, abs=0.02)
    assert echo.level_db == pytest.approx(-12.0, abs=2.5)


def test_a_headset_that_leaks_a_little_is_a_headset() -> None:
    assert not measured(impulse_response(0.02, -50.0)).audible


def test_nothing_comes_back_at_all() -> None:
    assert not measured(impulse_response(0.02, -200.0)).audible


@pytest.mark.parametrize("seed", range(5))
def test_a_loud_room_is_not_taken_for_an_echo(seed: int) -> None:
    random = np.random.default_rng(seed)
    said = (4000 * random.standard_normal(48_000)).astype(np.int16)
    assert not measured(impulse_response(0.02, -200.0), said=said).audible


def test_an_echo_is_found_beneath_somebody_who_speaks(speechlike: Pcm) -> None:
    echo = measured(impulse_response(0.08, -12.0), said=speechlike)
    assert echo.delay_seconds == pytest.approx(0.08, abs=0.002)
    assert echo.level_db == pytest.approx(-12.0, abs=3.0)


def test_somebody_who_speaks_at_a_headset_is_no_echo(speechlike: Pcm) -> None:
    assert not measured(impulse_response(0.02, -200.0), said=speechlike).audible


def test_the_sound_is_short_and_does_not_clip() -> None:
    sound = sweeps()
    assert len(sound) == pytest.approx(1.5 * 16_000, abs=10)
    assert np.abs(sound).max() < 12_000
