"""A coach's own ids move the anger as the catalogue's do."""

from __future__ import annotations

import pytest

from voicecoach.persona.anger import AngerState, Temper, judge
from voicecoach.persona.extended import with_own_ids
from voicecoach.techniques.extension import NO_EXTENSION, parse_extension
from voicecoach.values import Detection

OWN = """\
format: 1
techniques:
  direct_line: {kind: technique, title: T, tip: t, say: [a, b], weight: 1, heard: 0.5, phrases: [my direct line]}
  say_policy: {kind: mistake, title: T, tip: t, say: [a, b], weight: 1, heard: 0.5, phrases: [company policy]}
"""


def after(temper: Temper, *ids: str) -> AngerState:
    detections = [Detection(id_, "words", (0, 1), 1.0) for id_ in ids]
    return judge(AngerState.at_start(temper), temper, detections)[0]


def test_an_own_technique_calms_and_an_own_mistake_provokes_by_its_weight() -> None:
    temper = with_own_ids(Temper(start=6.0), parse_extension(OWN, "own.yaml"))
    calmed, provoked = after(temper, "direct_line"), after(temper, "say_policy")
    assert calmed.mood.anger == pytest.approx(5.0)
    assert calmed.mood.heard == pytest.approx(0.5)
    assert provoked.mood.anger == pytest.approx(7.0)
    assert after(temper, "direct_line", "say_policy").mood.heard == pytest.approx(0.25)


def test_the_callers_own_scales_hold_for_them_too() -> None:
    temper = with_own_ids(Temper(start=6.0, relief_scale=0.5), parse_extension(OWN, "own.yaml"))
    assert after(temper, "direct_line").mood.anger == pytest.approx(5.5)


def test_without_own_ids_a_temper_stays_what_it_is() -> None:
    temper = Temper()
    assert with_own_ids(temper, NO_EXTENSION) is temper
    assert after(temper, "direct_line").mood.anger == temper.start
