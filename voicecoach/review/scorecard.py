"""The short score: what was done, what it was worth, what it cost, what to try next time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import Story
from voicecoach.review.standing import Standing
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.values import LedgerEntry, Outcome

GOOD_OUTCOMES = frozenset({Outcome.RESOLVED, Outcome.ENDED_BY_PROTOCOL})
HEAT_STEPS = ("hear", "empathize", "apologize", "action")
TRY_NEXT = 3
MISTAKES_TO_TRY = 2
GRAVE = 1.0
"""A mistake that weighs a whole point of anger comes before what was missed."""

LIMITS_OF_A_TURN = frozenset({"limit", "taper", "end of scale"})
"""Factors that a whole turn shares: a caller at 10 cannot get angrier, and a mistake is no smaller for that."""

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


def score(story: Story, known: Mapping[str, Entry], found: Sequence[Standing] | None = None) -> ScoreCard:
    """The score of a call; the same story gives the same score, to the bit.

    ``known`` is every id that counts: the catalogue's, and a coach's own. ``found`` says which were missed; without it
    whatever is absent of a good call counts as that.
    """
    counts: Counter[str] = Counter(
        d.id for turn in story.judged for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE
    )
    moved: dict[str, float] = defaultdict(float)
    worth: dict[str, float] = defaultdict(float)
    for mood in story.moods:
        for item in mood.ledger:
            moved[item.cause] += item.delta
            worth[item.cause] += unlimited(item)
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
        try_next=_try_next(counts, {tally.id: worth[tally.id] for tally in mistakes}, found),
    )


def unlimited(entry: LedgerEntry) -> float:
    """What it would have done to a caller with room left: without the limits of a turn and the end of the scale."""
    delta = entry.base
    for name, factor in entry.factors:
        delta *= 1.0 if name in LIMITS_OF_A_TURN else factor
    return delta


def _try_next(counts: Counter[str], mistakes: Mapping[str, float], found: Sequence[Standing] | None) -> tuple[str, ...]:
    """The gravest mistake first, and a second grave one; then what was missed, in the order of a good call."""
    by_worth = sorted((id_ for id_, worth in mistakes.items() if worth > 0), key=lambda id_: -mistakes[id_])
    wanted = [id_ for id_ in by_worth if mistakes[id_] >= GRAVE][:MISTAKES_TO_TRY] or by_worth[:1]
    if found is None:
        missed = [i for i in IN_ORDER if not any(counts[same] for same in (i, *AS_GOOD_AS.get(i, ())))]
    else:
        missed = [each.id for each in found if each.state == "missed"]
    wanted += dict.fromkeys((*(i for i in IN_ORDER if i in missed), *missed))
    return tuple(wanted[:TRY_NEXT])
