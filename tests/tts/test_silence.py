"""Silence around and inside a line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.tts.silence import Sound, trimmed, with_pauses_scaled


def tone(seconds: float) -> Sound:
    return (0.3 * np.sin(2 * np.pi * 200 * np.arange(round(seconds * 16_000)) / 16_000)).astype(np.float32)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * 16_000), dtype=np.float32)


def test_ten_milliseconds_are_left_before_and_twenty_after() -> None:
    line = trimmed(np.concatenate([silence(0.3), tone(0.5), silence(0.7)]))
    assert len(line) / 16_000 == pytest.approx(0.53, abs=0.006)
    assert np.abs(line[:150]).max() == 0.0 and np.abs(line[180:320]).max() > 0.1


def test_nothing_audible_gives_nothing() -> None:
    assert len(trimmed(silence(1.0))) == 0
    assert len(trimmed(silence(0.0))) == 0


def test_a_soft_beginning_is_not_cut_off() -> None:
    soft = tone(0.05) * np.float32(0.01)
    assert len(trimmed(np.concatenate([silence(0.2), soft, tone(0.3)]))) >= 0.35 * 16_000


@pytest.mark.parametrize(("factor", "expected_seconds"), [(1.0, 0.4), (0.5, 0.2), (0.1, 0.08)])
def test_a_pause_is_scaled_but_never_below_80_ms(factor: float, expected_seconds: float) -> None:
    line = with_pauses_scaled(np.concatenate([tone(0.5), silence(0.4), tone(0.5)]), factor)
    assert len(line) / 16_000 == pytest.approx(1.0 + expected_seconds, abs=0.006)


def test_the_closure_of_a_consonant_is_left_alone() -> None:
    word = np.concatenate([tone(0.2), silence(0.06), tone(0.2)])
    assert np.array_equal(with_pauses_scaled(word, 0.3), word)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 0.5)), max_size=8), st.floats(0.3, 1.0))
def test_no_sound_is_lost_and_nothing_gets_longer(parts: list[tuple[bool, float]], factor: float) -> None:
    line = np.concatenate([silence(0.0), *(tone(seconds) if loud else silence(seconds) for loud, seconds in parts)])
    shorter = with_pauses_scaled(line, factor)
    assert len(shorter) <= len(line)
    assert np.sum(shorter**2) == pytest.approx(np.sum(line**2), rel=1e-5)
