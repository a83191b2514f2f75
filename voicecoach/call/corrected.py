"""A call judged again with some of its detections contested: the conversation as it was, the curve as it should be.

What was said, when, and how the call ended stay; only what the trainee's turns are taken for changes, and with it every
later step of the mood, and whatever depends on the order of things (a second apology is a third one no longer).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voicecoach.call.contest import Contest
from voicecoach.call.factual import with_facts
from voicecoach.call.judging import REFUSAL_IDS, Judge, counted_ids, spoken_facts
from voicecoach.call.state import MoodStep
from voicecoach.events import CoachActed, Connected, Input, MoodMoved, Output, TurnJudged
from voicecoach.persona.anger import AngerState, band_of
from voicecoach.persona.effects import BROKEN_PROMISE
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import judge_remedy
from voicecoach.techniques.order import judge_order
from voicecoach.values import Detection, Mood

STUCK_IDS = frozenset({"stall", "stonewall", BROKEN_PROMISE})
"""What the engine adds to a turn for how the call stands; a contest of another turn does not change it."""

REFUSAL_NEEDED_IDS = frozenset({"stonewall", BROKEN_PROMISE})
"""Of these, what falls with the refusal that it was heard in."""

Steps = tuple[tuple[Input, tuple[Output, ...]], ...]


def corrected(steps: Steps, moods: Iterable[MoodStep], persona: Persona, judge: Judge, by: Iterable[Contest]) -> Steps:
    """The steps with what ``by`` changes, and all that follows from it.

    ``steps`` are a call's inputs and outputs, ``moods`` what the engine that took them remembers of each move of the
    mood (``CallState.steps``). Contests of turns that never were change nothing.
    """
    contests = tuple(by)
    if not contests:
        return steps
    correction = _Correction(tuple(moods), persona, judge, contests)
    return tuple((event, correction.outputs(event, outputs)) for event, outputs in steps)


@dataclass(slots=True)
class _Walk:
    """Where the correcting has got to."""

    anger: AngerState
    since_seconds: float = 0.0
    following: int = 0


class _Correction:
    def __init__(self, moods: tuple[MoodStep, ...], persona: Persona, judge: Judge, by: tuple[Contest, ...]) -> None:
        self._moods = moods
        self._persona = persona
        self._judge = judge
        self._by = by
        self._first = min(contest.turn for contest in by)
        start = AngerState.at_start(judge.temper)
        self._walk = _Walk(moods[0].before if moods else start)
        self._band = band_of(start.mood.anger)

    def outputs(self, event: Input, outputs: tuple[Output, ...]) -> tuple[Output, ...]:
        if isinstance(event, Connected):
            self._walk.since_seconds = event.at_seconds
        overruled = isinstance(event, CoachActed) and event.act == "overrule"
        made: list[Output] = []
        for output in outputs:
            if not isinstance(output, MoodMoved):
                made.append(output)
            elif overruled:
                continue  # what a coach overruled in the call is in the moods already
            elif (step := self._step_at(output.at_seconds)) is not None:
                judged = made.pop() if made and isinstance(made[-1], TurnJudged) else None
                made.extend(self._again(step, judged))
            elif isinstance(event, CoachActed) and event.act == "back":
                made.append(_back_to(output, self._walk.anger.mood))
            else:
                made.append(output)  # on a way that was left when the call went back to an earlier turn
        return tuple(made)

    def _step_at(self, at_seconds: float) -> MoodStep | None:
        walk = self._walk
        if walk.following == len(self._moods) or self._moods[walk.following].at_seconds != at_seconds:
            return None
        walk.following += 1
        return self._moods[walk.following - 1]

    def _again(self, step: MoodStep, judged: Output | None) -> list[Output]:
        walk = self._walk
        now = replace(step, before=walk.anger)
        if isinstance(judged, TurnJudged) and judged.text and step.turn >= self._first:
            now = self._contested(now, judged.text)
            judged = replace(judged, detections=_shown(judged.detections, step.detections, now.detections))
        after, ledger = self._judge.apply(now, step.at_seconds - walk.since_seconds)
        self._band = band_of(after.mood.anger, self._band)
        moved = MoodMoved(step.at_seconds, walk.anger.mood, after.mood, self._band, ledger)
        walk.anger, walk.since_seconds = after, step.at_seconds
        return [judged, moved] if judged is not None else [moved]

    def _contested(self, step: MoodStep, text: str) -> MoodStep:
        mine = [contest for contest in self._by if contest.turn == step.turn]
        removed = {contest.id for contest in mine if not contest.add}
        added = [_added(contest, text) for contest in mine if contest.add]
        found = [d for d in step.found if d.id not in removed]
        for detection in added:
            _put_in(found, detection)
        mood = step.before.mood
        refuses = any(d.id in REFUSAL_IDS for d in found)
        stuck = [d for d in step.detections if d.id in STUCK_IDS and (refuses or d.id not in REFUSAL_NEEDED_IDS)]
        ordered = (*judge_order(found, step.before.counts, mood.heard, mood.anger), *stuck)
        remedy = judge_remedy(self._persona, text, ordered)
        judged = with_facts(self._persona, text, ordered, remedy)
        by_id = {d.id: d for d in added}
        detections = tuple(by_id.get(d.id, d) for d in judged if d.id not in removed)
        facts = spoken_facts(self._persona, text, counted_ids(detections), remedy, mood)
        return replace(step, detections=detections, facts=facts)


def _back_to(moved: MoodMoved, mood: Mood) -> MoodMoved:
    """The same step back, to the mood that the earlier turn was met with now."""
    delta = mood.anger - moved.before.anger
    ledger = tuple(replace(entry, base=delta, delta=delta) for entry in moved.ledger)
    return replace(moved, after=mood, ledger=ledger)


def _shown(
    shown: tuple[Detection, ...], judged: tuple[Detection, ...], now: tuple[Detection, ...]
) -> tuple[Detection, ...]:
    """What the turn shows now. A detection shown otherwise than it was judged (an end out of order) stays as shown."""
    otherwise = {d.id: d for d in shown if d not in judged}
    return tuple(otherwise.get(d.id, d) if d in judged else d for d in now)


def _put_in(detections: list[Detection], added: Detection) -> None:
    """Where it was said: before the first detection of later words."""
    later = (i for i, d in enumerate(detections) if d.evidence in ("text", "facts") and d.span > added.span)
    detections.insert(next(later, len(detections)), added)


def _added(contest: Contest, text: str) -> Detection:
    tokens = text.split()
    words = contest.words.lower().split()
    lowered = [token.lower() for token in tokens]
    for start in range(len(tokens) - len(words) + 1) if words else ():
        if lowered[start : start + len(words)] == words:
            span = (start, start + len(words))
            break
    else:
        span = (0, len(tokens))
    said = " ".join(tokens[span[0] : span[1]])
    return Detection(contest.id, said, span, 1.0, "text", f"added by {contest.by}")
