"""How long this trainee pauses."""

from __future__ import annotations

import pytest

from voicecoach.stt.endpointer import Endpointer
from voicecoach.stt.pace import LEAST_FACTOR, MOST_FACTOR, Pace


def paced(*pauses_seconds: float) -> Pace:
    pace = Pace()
    for pause in pauses_seconds:
        pace.paused(pause)
    return pace


def test_an_unknown_trainee_is_like_everybody() -> None:
    assert Pace().factor == 1.0


def test_one_pause_proves_little() -> None:
    assert 1.0 < paced(1.4).factor < 1.1


def test_a_slow_trainee_is_given_more_time_and_a_quick_one_less() -> None:
    assert paced(*[1.4] * 10).factor > 1.2
    assert paced(*[0.3] * 10).factor == LEAST_FACTOR
    assert paced(*[10.0] * 50).factor == MOST_FACTOR


def test_the_closure_of_a_consonant_is_no_pause() -> None:
    assert paced(*[0.08] * 100).factor == 1.0


def test_the_endpointer_learns_from_the_pauses_within_turns_and_from_being_wrong() -> None:
    def silence_before_the_end(long_pauses: int, mended: int) -> float:
        endpointer = Endpointer()
        at = 0.0
        voiced = ([True] * 50 + [False] * 120) * long_pauses + [True] * 50 + [False] * 300
        for _ in range(mended):
            endpointer.went_on(1.4)
        for value in voiced:
            at = round(at + 0.01, 2)
            if endpointer.step(value, at, "i will send it to the") and endpointer.speaking is False:
                return at - endpointer.last_voiced_seconds
        return 9.9

    usual = silence_before_the_end(0, 0)
    assert silence_before_the_end(6, 0) > usual
    assert silence_before_the_end(0, 6) > usual
    assert silence_before_the_end(0, 6) < 1.5 * usual
    assert usual == pytest.approx(1.55, abs=0.02)
