"""Contesting a detection: what may be contested, what it changes, and the lines that the detector can learn from it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.call.contest import Contest, standing_contests
from voicecoach.errors import UsageError
from voicecoach.events import TurnJudged
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import Story
from voicecoach.review.reading import KeptCall
from voicecoach.techniques.ids import IDS


@dataclass(frozen=True, slots=True)
class Change:
    """What a contest did to the anger (0..10): right after the turn, and at the end of the call."""

    turn_before: float
    turn_now: float
    end_before: float
    end_now: float


def check_contest(call: KeptCall, contest: Contest) -> Contest:
    """The contest, if it makes sense for this call. Raises ``UsageError`` that says what there is."""
    if not contest.reason.strip():
        raise UsageError("a contest needs a reason", remedy='add --reason "..."')
    if contest.withdraws:
        return _withdrawal(call, contest)
    turn = _turn(call.story, contest.turn)
    if contest.id not in call.known:
        near = difflib.get_close_matches(contest.id, list(call.known), 1)
        remedy = f"did you mean `{near[0]}`?" if near else "see `voicecoach persona show` and docs/techniques.md"
        raise UsageError(f"there is no technique or mistake {contest.id!r}", remedy=remedy)
    counted = [d.id for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE]
    if contest.add and contest.id in counted:
        raise UsageError(f"turn {contest.turn} has {contest.id} already")
    if not contest.add and contest.id not in {d.id for d in turn.detections}:
        there = ", ".join(counted) or "nothing"
        raise UsageError(f"turn {contest.turn} has no {contest.id}", remedy=f"it has: {there}; --add puts one in")
    if contest.words and contest.words.lower() not in turn.text.lower():
        raise UsageError(f"the words {contest.words!r} are not in turn {contest.turn}", remedy=f"it says: {turn.text}")
    return contest


def change(before: Story, now: Story, turn: int) -> Change:
    """What moved between the two stories of one call."""
    return Change(_after(before, turn), _after(now, turn), _end(before), _end(now))


def labelled_lines(call: KeptCall) -> Iterator[dict[str, object]]:
    """A line for each turn that was contested, as the detector's lines are written: context, text, labels.

    ``labels`` are the catalogue's ids that words alone can show, as they stand after the contests; ``reasons`` and
    ``by`` say who says so and why.
    """
    standing = standing_contests(call.contests)
    for turn in call.story.judged:
        mine = [contest for contest in standing if contest.turn == turn.turn]
        if not (turn.text and mine):
            continue
        yield {
            "context": _context(call.story, turn.at_seconds),
            "text": turn.text,
            "labels": _labels(turn),
            "by": sorted({contest.by for contest in mine}),
            "reasons": [contest.reason for contest in mine],
        }


def _labels(turn: TurnJudged) -> list[str]:
    shown = [d.id for d in turn.detections if d.confidence >= MINIMUM_CONFIDENCE and d.evidence in ("text", "facts")]
    return list(dict.fromkeys(cause for cause in shown if cause in IDS))


def _context(story: Story, at_seconds: float) -> str:
    """What the caller said since the trainee's turn before."""
    turns = [turn for turn in story.turns if turn.start < at_seconds]
    while turns and turns[-1].who == "trainee":
        turns.pop()
    lines = []
    while turns and turns[-1].who == "caller":
        lines.append(turns.pop().text)
    return " ".join(reversed(lines))


def _turn(story: Story, number: int) -> TurnJudged:
    spoken = {turn.turn: turn for turn in story.judged if turn.text and turn.turn}
    if number not in spoken:
        there = f"there are turns 1 to {max(spoken)}" if spoken else "nothing was said in this call"
        raise UsageError(f"there is no turn {number}", remedy=there)
    same = [turn for turn in story.judged if turn.text and turn.turn == number]
    return same[0]  # a nod after the turn has the turn's number


def _withdrawal(call: KeptCall, contest: Contest) -> Contest:
    standing = standing_contests(call.contests)
    if not 1 <= contest.withdraws <= len(call.contests) or call.contests[contest.withdraws - 1] not in standing:
        there = [str(number) for number, each in enumerate(call.contests, 1) if each in standing]
        remedy = f"there are: {', '.join(there)}" if there else "nothing stands contested in this call"
        raise UsageError(f"there is no contest {contest.withdraws} to withdraw", remedy=remedy)
    earlier = call.contests[contest.withdraws - 1]
    return replace(contest, turn=earlier.turn, id=earlier.id, add=earlier.add)


def _after(story: Story, turn: int) -> float:
    at_seconds = next((judged.at_seconds for judged in story.judged if judged.turn == turn and judged.text), None)
    return next((moved.after.anger for moved in story.moods if moved.at_seconds == at_seconds), story.points[0].anger)


def _end(story: Story) -> float:
    return story.points[-1].anger
