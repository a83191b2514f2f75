"""When a loudspeaker that stumbles is given more latency, and when less."""

from __future__ import annotations

import pytest

from voicecoach.audio.stumbling import CALM_SECONDS, CALM_SECONDS_AT_MOST, Stumbling


def stumble(stumbling: Stumbling, *at_seconds: float) -> None:
    """Each is a dozen underflows, a millisecond apart."""
    for at in at_seconds:
        for number in range(12):
            stumbling.underflow(at + number / 1000)


def test_one_stumble_is_no_reason_however_many_underflows_report_it() -> None:
    stumbling = Stumbling(0.0)
    stumble(stumbling, 5.0)
    assert stumbling.underflows == 12
    assert not stumbling.wants_more_latency(5.1)


def test_what_is_handed_over_right_after_an_underflow_only_fills_the_device_again() -> None:
    stumbling = Stumbling(0.0)
    assert stumbling.on_its_feet(0.0)
    stumble(stumbling, 5.0)
    assert not stumbling.on_its_feet(5.011) and not stumbling.on_its_feet(5.0135)
    assert stumbling.on_its_feet(5.016)


def test_underflows_that_do_not_end_do_not_keep_it_silent() -> None:
    stumbling = Stumbling(0.0)
    silent = 0
    for number in range(1000):
        stumbling.underflow(5.0 + number / 1000)
        silent += not stumbling.on_its_feet(5.0 + number / 1000)
    assert 90 < silent < 110


def test_six_stumbles_within_a_second_are_one_too_many_at_once() -> None:
    stumbling = Stumbling(0.0)
    stumble(stumbling, 5.0, 5.1, 5.2, 5.3, 5.4)
    assert not stumbling.wants_more_latency(5.45)
    stumble(stumbling, 5.5)
    assert stumbling.wants_more_latency(5.52)


def test_underflows_that_do_not_end_are_too_many_within_a_third_of_a_second() -> None:
    stumbling = Stumbling(0.0)
    lasted = 0
    while not stumbling.wants_more_latency(5.0 + lasted / 1000):
        lasted += 1
        stumbling.underflow(5.0 + lasted / 1000)
    assert 200 < lasted < 333


def test_a_stumble_in_every_second_is_too_many_in_the_long_run() -> None:
    stumbling = Stumbling(0.0)
    stumble(stumbling, *(0.9 * count for count in range(10)))
    assert not stumbling.wants_more_latency(8.2)
    stumble(stumbling, 9.0)
    assert stumbling.wants_more_latency(9.1)


def test_a_stumble_now_and_then_is_borne() -> None:
    stumbling = Stumbling(0.0)
    for minute in range(10):
        stumble(stumbling, 60.0 * minute, 60.0 * minute + 20.0)
        assert not stumbling.wants_more_latency(60.0 * minute + 20.1)


def test_less_latency_is_tried_after_a_calm_while() -> None:
    stumbling = Stumbling(100.0)
    assert not stumbling.wants_less_latency(100.0 + CALM_SECONDS - 0.1)
    assert stumbling.wants_less_latency(100.0 + CALM_SECONDS + 0.1)
    stumbling.underflow(105.0)
    assert not stumbling.wants_less_latency(100.0 + CALM_SECONDS + 0.1)
    assert stumbling.wants_less_latency(105.0 + CALM_SECONDS + 0.1)


def test_stumbles_before_a_change_are_not_held_against_what_came_after_it() -> None:
    stumbling = Stumbling(0.0)
    stumble(stumbling, 5.0, 5.1, 5.2, 5.3, 5.4, 5.5)
    stumbling.given_more(5.6)
    assert not stumbling.wants_more_latency(5.7)
    assert not stumbling.wants_less_latency(5.6 + CALM_SECONDS - 0.1)


def calm_enough_seconds(stumbling: Stumbling, since_seconds: float) -> float:
    return next(after for after in range(2000) if stumbling.wants_less_latency(since_seconds + after))


def test_less_latency_that_proved_too_little_is_tried_half_as_often_each_time() -> None:
    stumbling, at, calm = Stumbling(0.0), 0.0, []
    for _ in range(9):
        calm.append(calm_enough_seconds(stumbling, at))
        stumbling.given_less(at + 1.0)
        stumbling.given_more(at + 2.0)
        at += 2.0
    expected = [CALM_SECONDS * 2**time for time in range(7)]
    assert calm == [pytest.approx(min(seconds, CALM_SECONDS_AT_MOST), abs=1.0) for seconds in (*expected, 600.0, 600.0)]


def test_more_latency_for_the_first_time_does_not_change_how_soon_less_is_tried() -> None:
    stumbling = Stumbling(0.0)
    stumbling.given_more(1.0)
    stumbling.given_more(2.0)
    assert calm_enough_seconds(stumbling, 2.0) == pytest.approx(CALM_SECONDS, abs=1.0)
