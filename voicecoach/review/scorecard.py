"""The short score: what was done, what it was worth, what it cost, what to try next time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.events import Outcome
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import Story
from voicecoach.techniques.catalogue_entry import Entry

GOOD_OUTCOMES = frozenset({Outcome.RESOLVED, Outcome.ENDED_BY_PROTOCOL})
HEAT_STEPS = ("hear", "empathize", "apologize", "action")
TRY_NEXT = 3
AS_GOOD_AS = {"offer": ("state_action", "counteroffer", "refer"), "empathize": ("validate",)}
"""Who did the second has no need of a tip about the first."""

IN_ORDER = ("paraphrase", "empathize", "apologize", "own", "offer", "timeframe", "check_satisfaction")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an id was counted, and by how much it moved the anger in all (below zero: calmed)."""

    id: str
    count: int
    anger: float


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """A training heuristic, never a measure of a person."""

    good: bool
    turns: int
    """Trainee turns, nods not counted."""
    techniques: tuple[Tally, ...]
    mistakes: tuple[Tally, ...]
    steps: tuple[tuple[str, bool], ...]
    """Each HEAT step with whether anything of it was heard."""
    start_anger: float
    peak_anger: float
    end_anger: float
    heard: float
    resolution: float
    try_next: tuple[str, ...]
    """Catalogue ids worth trying next time."""


def score(story: Story, known: Mapping[str, Entry]) -> ScoreCard:
    """The score of a call; the same story gives the same score, to the bit.

    ``known`` is every id that counts: the catalogue's, and a coach's own.
    """
    counts: Counter[str] = Counter(
        d.id for turn in story.judged for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE
    )
    moved: dict[str, float] = defaultdict(float)
    for mood in story.moods:
        for item in mood.ledger:
            moved[item.cause] += item.delta
    tallies = [Tally(i, counts[i], moved[i]) for i in known if counts[i]]
    techniques = tuple(tally for tally in tallies if not known[tally.id].is_mistake)
    mistakes = sorted((tally for tally in tallies if known[tally.id].is_mistake), key=lambda t: -t.anger)
    done = {known[tally.id].step for tally in techniques}
    angers = [point.anger for point in story.points]
    last = story.last_mood
    return ScoreCard(
        good=story.end is not None and story.end.outcome in GOOD_OUTCOMES,
        turns=max((turn.turn for turn in story.judged), default=0),
        techniques=techniques,
        mistakes=tuple(mistakes),
        steps=tuple((step, step in done) for step in HEAT_STEPS),
        start_anger=angers[0],
        peak_anger=max(angers),
        end_anger=angers[-1],
        heard=last.heard if last else 0.0,
        resolution=last.resolution if last else 0.0,
        try_next=_try_next(counts, tuple(mistakes)),
    )


def _try_next(counts: Counter[str], mistakes: tuple[Tally, ...]) -> tuple[str, ...]:
    """The dearest mistake first, then what was missing of the order hear, empathize, apologize, act."""
    missing = [i for i in IN_ORDER if not any(counts[same] for same in (i, *AS_GOOD_AS.get(i, ())))]
    wanted = [tally.id for tally in mistakes[:1] if tally.anger > 0] + missing
    return tuple(wanted[:TRY_NEXT])
