"""Every technique of ten scripted calls stands as the guidelines say; see ``ten_calls.py``, written first."""

from __future__ import annotations

import json
from functools import cache

import pytest

from tests.review.conftest import play_script
from tests.review.ten_calls import CALLS, Scripted
from voicecoach.review.assessment import Assessment, assess
from voicecoach.review.reviewed import read_reviewed
from voicecoach.review.summary import as_object
from voicecoach.techniques.ids import TECHNIQUES

ALL = pytest.mark.parametrize("call", CALLS, ids=[call.name for call in CALLS])


@cache
def judged(call: Scripted) -> Assessment:
    return assess(read_reviewed(play_script(call.turns, call.persona)))


@ALL
def test_every_technique_stands_as_written_by_hand(call: Scripted) -> None:
    expected = dict.fromkeys(TECHNIQUES, "no opportunity")
    expected |= dict.fromkeys(call.missed.split(), "missed")
    expected |= dict.fromkeys(call.present.split(), "present")
    found = {each.id: each.state for each in judged(call).standings}
    wrong = {id_: f"{found[id_]}, expected {state}" for id_, state in expected.items() if found[id_] != state}
    assert not wrong


@ALL
def test_every_pass_rule_holds_or_fails_as_written_by_hand(call: Scripted) -> None:
    assert [check.key for check in judged(call).checks if check.passed] == call.passes.split()
    assert all(check.why for check in judged(call).checks), "each says why"


@ALL
def test_whatever_was_missed_has_its_moment_and_the_callers_words_before(call: Scripted) -> None:
    for each in judged(call).standings:
        if each.state == "missed":
            assert each.at_seconds is not None
            assert each.after
            assert each.why


@ALL
def test_the_same_journal_has_the_same_score_to_the_bit(call: Scripted) -> None:
    first, second = (json.dumps(as_object(read_reviewed(play_script(call.turns, call.persona)))) for _ in range(2))
    assert first == second


def test_the_better_call_has_the_more_points() -> None:
    points = {call.name: judged(call).points for call in CALLS}
    assert points["handled well"] > points["feels and does nothing"] > points["handled badly"]
