"""The whole score card of a call: by step of the rubric, with what worked, what it cost, and what had to hold.

The same journal gives the same assessment, to the bit: nothing but the call itself goes into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.advice import Advice, advise
from voicecoach.review.curve import Story
from voicecoach.review.figures import Figures, figures
from voicecoach.review.occasions import moments, occasions
from voicecoach.review.reviewed import Reviewed
from voicecoach.review.rubric import Rubric
from voicecoach.review.rules import Facts
from voicecoach.review.scorecard import ScoreCard, score, unlimited
from voicecoach.review.standing import Standing, standings

BEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class StepScore:
    """A step of the rubric. ``share`` (0..1) is how much of what was due was done; None where nothing was due."""

    key: str
    title: str
    weight: float
    share: float | None
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something the rubric asks of a call: whether it held, and the facts that decided it."""

    key: str
    title: str
    rule: str
    passed: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A technique or mistake at its moment, with the words that did it and what it did to the anger (0..10).

    ``weight`` is what it would have done to a caller with room left on the scale.
    """

    id: str
    words: str
    at_seconds: float
    anger: float
    weight: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is said about a call. ``points`` 0..100 is the last and least of it."""

    card: ScoreCard
    rubric: Rubric
    steps: tuple[StepScore, ...]
    checks: tuple[Check, ...]
    best: tuple[Effect, ...]
    costs: tuple[Effect, ...]
    advice: tuple[Advice, ...]
    figures: Figures
    points: int

    @property
    def passed(self) -> bool:
        """Everything that had to hold did."""
        return all(check.passed for check in self.checks)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Of every technique, in the rubric's order."""
        return tuple(standing for step in self.steps for standing in step.standings)


def assess(call: Reviewed) -> Assessment:
    """Judge a call by its own rubric."""
    story, rubric = call.story, call.rubric
    own = {id_: () for id_, entry in call.known.items() if not entry.is_mistake and not entry.sources}
    found = {each.id: each for each in standings(story, {**own, **rubric.due})}
    steps = _steps(rubric, found)
    card = score(story, call.known, [each for step in steps for each in step.standings])
    spoken = figures(story, call.header.stt, call.header.calibration)
    effects = _effects(story)
    return Assessment(
        card=card,
        rubric=rubric,
        steps=steps,
        checks=_checks(rubric, _facts(story, card, spoken, found)),
        best=tuple(sorted((e for e in effects if _calmed(e, call)), key=lambda e: e.anger)[:BEST_SHOWN]),
        costs=tuple(sorted((e for e in effects if _cost(e, call)), key=lambda e: -e.weight)),
        advice=advise(card.try_next, story, call.known, call.persona, found),
        figures=spoken,
        points=_points(steps, card, rubric),
    )


def _steps(rubric: Rubric, found: Mapping[str, Standing]) -> tuple[StepScore, ...]:
    steps = []
    for step in rubric.steps:
        here = tuple(found[id_] for id_ in step.techniques)
        due = [each for each in here if each.state != "no opportunity"]
        weight = sum(step.techniques[each.id] for each in due)
        done = sum(step.techniques[each.id] for each in due if each.state == "present")
        steps.append(StepScore(step.key, step.title, step.weight, done / weight if weight else None, here))
    return tuple(steps)


def _points(steps: tuple[StepScore, ...], card: ScoreCard, rubric: Rubric) -> int:
    """The steps' shares by their weight, less what the mistakes take off. Who said nothing has none."""
    counted = [(step.weight, step.share) for step in steps if step.share is not None and step.weight]
    whole = sum(weight for weight, _ in counted)
    if not card.turns or not whole:
        return 0
    reached = 100 * sum(weight * share for weight, share in counted) / whole
    off = sum(rubric.mistakes.get(tally.id, 0.0) * tally.count for tally in card.mistakes)
    return round(min(100.0, max(0.0, reached - off)))


def _checks(rubric: Rubric, facts: Facts) -> tuple[Check, ...]:
    checks = []
    for each in rubric.rules:
        verdict = each.rule.judge(facts)
        checks.append(Check(each.key, each.title, each.rule.text, verdict.passed, verdict.why))
    return tuple(checks)


def _facts(story: Story, card: ScoreCard, spoken: Figures, found: Mapping[str, Standing]) -> Facts:
    said = tuple(
        (detection.id, turn.at_seconds)
        for turn in story.judged
        for detection in turn.detections
        if detection.confidence >= MINIMUM_CONFIDENCE
    )
    numbers: dict[str, float | None] = {
        "start_anger": card.start_anger,
        "peak_anger": card.peak_anger,
        "end_anger": card.end_anger,
        "heard": card.heard,
        "resolution": card.resolution,
        "turns": float(card.turns),
        "missed": float(sum(each.state == "missed" for each in found.values())),
        "talk_share": spoken.talk_share,
        "longest_seconds": spoken.longest_seconds,
        "response_seconds": spoken.response_seconds,
    }
    happened = frozenset(name for moment in moments(story) for name in occasions(moment))
    return Facts(story.end.outcome.value if story.end else "", said, happened, numbers)


def _effects(story: Story) -> tuple[Effect, ...]:
    """Every reason of the ledger that a turn gave."""
    return tuple(
        Effect(entry.cause, entry.words, change.start_seconds, entry.delta, unlimited(entry))
        for change in story.changes
        if change.judged is not None
        for entry in change.moved.ledger
    )


def _calmed(effect: Effect, call: Reviewed) -> bool:
    return effect.anger < 0 and effect.id in call.known and not call.known[effect.id].is_mistake


def _cost(effect: Effect, call: Reviewed) -> bool:
    return effect.id in call.known and call.known[effect.id].is_mistake
