"""The table of how anger moves a voice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.tts.prosody import prosody
from voicecoach.values import VoiceSpec

angers = st.floats(0.0, 10.0)
specs = st.builds(
    VoiceSpec,
    rate_wpm=st.integers(80, 400),
    pitch=st.integers(0, 100),
    pitch_range=st.integers(0, 100),
    anger_scale=st.floats(0.0, 2.0),
)


def test_a_calm_voice_is_as_its_spec_says() -> None:
    calm = prosody(VoiceSpec(rate_wpm=150, pitch=61, pitch_range=40), 0.0)
    assert (calm.rate_wpm, calm.pitch_points, calm.pitch_range) == (150, 61, 40)
    assert (calm.level_dbfs, calm.pause_factor, calm.effort) == (-23.0, 1.0, 0.0)


def test_fury_is_a_quarter_faster_seven_decibels_louder_and_four_and_a_half_semitones_higher() -> None:
    fury = prosody(VoiceSpec(rate_wpm=160), 10.0)
    assert fury.rate_wpm == 200
    assert fury.level_dbfs == -16.0
    assert fury.pitch_semitones == pytest.approx(4.5)
    assert fury.pause_factor == 0.5
    assert fury.effort == 1.0


@settings(deadline=None)
@given(specs, angers, angers)
def test_more_anger_never_sounds_calmer(spec: VoiceSpec, one: float, other: float) -> None:
    less, more = (prosody(spec, anger) for anger in sorted((one, other)))
    assert less.rate_wpm <= more.rate_wpm
    assert less.pitch_points <= more.pitch_points
    assert less.pitch_range <= more.pitch_range
    assert less.level_dbfs <= more.level_dbfs
    assert less.pause_factor >= more.pause_factor
    assert less.effort <= more.effort


@settings(deadline=None)
@given(specs, angers)
def test_every_value_stays_where_an_engine_can_follow(spec: VoiceSpec, anger: float) -> None:
    manner = prosody(spec, anger)
    assert 80 <= manner.rate_wpm <= 400
    assert 0 <= manner.pitch_points <= 99
    assert 0 <= manner.pitch_range <= 100
    assert -23.0 <= manner.level_dbfs <= -14.0
    assert 0.3 <= manner.pause_factor <= 1.0
    assert 0.0 <= manner.effort <= 1.0


@settings(deadline=None)
@given(angers)
def test_a_scale_of_zero_never_changes_and_two_changes_twice_as_much(anger: float) -> None:
    assert prosody(VoiceSpec(anger_scale=0.0), anger) == prosody(VoiceSpec(), 0.0)
    once, twice = (prosody(VoiceSpec(anger_scale=scale), anger) for scale in (1.0, 2.0))
    assert twice.pitch_semitones == pytest.approx(2 * once.pitch_semitones)


def test_anger_between_two_rows_is_in_between_and_beyond_the_ends_it_is_the_end() -> None:
    at = {anger: prosody(VoiceSpec(), anger) for anger in (6.0, 7.0, 8.0, -3.0, 0.0, 10.0, 30.0)}
    assert at[7.0].level_dbfs == pytest.approx((at[6.0].level_dbfs + at[8.0].level_dbfs) / 2)
    assert at[-3.0] == at[0.0] and at[30.0] == at[10.0]
