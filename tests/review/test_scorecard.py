"""The short score: every known id counts, a coach's own like the catalogue's."""

from __future__ import annotations

import pytest

from voicecoach.events import MoodMoved, TurnJudged
from voicecoach.review.curve import Point, Story
from voicecoach.review.scorecard import ScoreCard, score
from voicecoach.techniques.catalogue import entries
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import parse_extension
from voicecoach.values import Band, Detection, LedgerEntry, Mood

OWN = """\
format: 1
techniques:
  direct_line: {kind: technique, title: T, tip: t, say: [a, b], step: hear, weight: 1, phrases: [my direct line]}
  say_policy: {kind: mistake, title: T, tip: t, say: [a, b], weight: 1, phrases: [company policy]}
"""


def told(*moved: tuple[str, float], confidence: float = 1.0) -> Story:
    """A call of one turn, in which each id moved the anger by so much."""
    detections = tuple(Detection(id_, "w", (0, 1), confidence) for id_, _ in moved)
    ledger = tuple(LedgerEntry(id_, "w", delta, (), delta) for id_, delta in moved)
    mood = MoodMoved(1.0, Mood(8, 0, 0), Mood(7, 0.2, 0), Band.ANGRY, ledger)
    return Story((Point(0.0, 8.0, "start", 0.0),), (), (mood,), (TurnJudged(1.0, 1, "w", detections),), None)


@pytest.fixture(scope="module")
def known() -> dict[str, Entry]:
    return parse_extension(OWN, "own.yaml").catalogue()


def ids(card: ScoreCard) -> tuple[list[str], list[str]]:
    return [t.id for t in card.techniques], [t.id for t in card.mistakes]


def test_own_ids_are_counted_with_the_rest_and_the_dearest_mistake_comes_first(known: dict[str, Entry]) -> None:
    card = score(told(("empathize", -0.5), ("direct_line", -1.0), ("cannot", 0.2), ("say_policy", 1.0)), known)
    assert ids(card) == (["empathize", "direct_line"], ["say_policy", "cannot"])
    assert [t.anger for t in card.techniques] == [-0.5, -1.0]
    assert card.try_next[0] == "say_policy"


def test_an_own_technique_does_its_step(known: dict[str, Entry]) -> None:
    assert dict(score(told(("direct_line", -1.0)), known).steps)["hear"]
    assert not dict(score(told(("say_policy", 1.0)), known).steps)["hear"]


def test_what_is_not_known_or_not_sure_does_not_count(known: dict[str, Entry]) -> None:
    assert ids(score(told(("direct_line", -1.0), ("stall", 0.4)), entries())) == ([], [])
    assert ids(score(told(("direct_line", -1.0), confidence=0.4), known)) == ([], [])
