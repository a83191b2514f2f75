"""How the trainee spoke and listened, in figures that can be worked out by hand."""

from __future__ import annotations

import pytest

from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.review.figures import figures
from voicecoach.values import Detection, Heard

INTERRUPT = (Detection("interrupt", "", (0, 0), 1.0, "time"),)


def said(words: str, start: float, end: float, level_dbfs: float | None = None) -> Heard:
    return Heard.from_text(words, start, end, level_dbfs=level_dbfs)


STORY = Story(
    (),
    (
        SpokenTurn("caller", "c", 0.0, 10.0),
        SpokenTurn("trainee", "t", 11.0, 13.0),
        SpokenTurn("caller", "c", 14.0, 20.0, cut_off=True),
        SpokenTurn("trainee", "t", 19.0, 22.0, INTERRUPT),
        SpokenTurn("caller", "c", 23.0, 24.0),
        SpokenTurn("trainee", "t", 27.0, 28.0),
    ),
    (),
    (),
    None,
    heard=(
        said("one two three four", 11.0, 13.0, -26.0),
        said("one two three four five six", 19.0, 22.0, -16.0),
        said("one two", 27.0, 28.0, -24.0),
    ),
)
CALM = {"level_dbfs": -26.0, "pitch_hz": 160.0, "words_per_second": 2.5}


def test_shares_pauses_pace_and_loudness() -> None:
    found = figures(STORY, "vosk", CALM)
    assert found.call_seconds == 28.0
    assert found.talk_share == pytest.approx(6 / 23)
    assert found.listening_share == pytest.approx((17 - 1) / 28)
    assert (found.interruptions, found.cut_short) == (1, 1)
    assert (found.longest_seconds, found.longest_words) == (3.0, 6)
    assert found.words_per_minute == pytest.approx(12 / 6 * 60)
    assert found.calm_words_per_minute == 150.0
    assert (found.response_seconds, found.slowest_response_seconds) == (2.0, 3.0)
    assert (found.louder_db, found.loudest_db) == (2.0, 10.0)


def test_a_call_without_sound_says_nothing_of_pace_pauses_and_loudness() -> None:
    found = figures(STORY, "typed", CALM)
    assert found.talk_share == pytest.approx(6 / 23)
    assert (found.words_per_minute, found.response_seconds, found.loudest_db) == (None, None, None)


def test_a_call_in_which_nobody_spoke_has_no_shares() -> None:
    found = figures(Story((), (), (), (), None), "vosk", CALM)
    assert (found.talk_share, found.listening_share, found.longest_seconds) == (None, None, 0.0)
