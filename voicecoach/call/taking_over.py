"""A call taken over at one of its turns: everything up to there again, then the caller says the last thing once more.

What went before keeps its order and its distances, at times below zero: the new call begins at 0.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.call.journal import Journal
from voicecoach.errors import UsageError
from voicecoach.events import CoachActed, Input, SpeechStarted, TurnHeard, TurnJudged
from voicecoach.values import Heard


def taken_over(journal: Journal, turn: int) -> tuple[Input, ...]:
    """The inputs up to where trainee turn number ``turn`` (from 1) was begun, and as the last one the step back, at 0.

    Raises ``UsageError`` naming the turns there are.
    """
    heard = _turns(journal)
    if turn not in heard:
        there = f"there are turns {min(heard)} to {max(heard)}" if heard else "nothing was said in this call"
        raise UsageError(f"there is no turn {turn} in {journal.header.call}", remedy=there)
    inputs = tuple(journal.inputs())[: heard[turn]]
    begun = max((i for i, event in enumerate(inputs) if isinstance(event, SpeechStarted)), default=len(inputs))
    before = inputs[:begun]
    zero = inputs[begun].at_seconds if begun < len(inputs) else before[-1].at_seconds
    return (*(_earlier(event, zero) for event in before), CoachActed(0.0, "back", float(turn)))


def _turns(journal: Journal) -> dict[int, int]:
    """Each turn of the way that was kept, with the position of the input that was it."""
    found: dict[int, int] = {}
    for position, (event, outputs) in enumerate(journal.steps):
        if isinstance(event, CoachActed) and event.act == "back":
            found = {turn: at for turn, at in found.items() if turn < event.value}
        if isinstance(event, TurnHeard):
            for judged in outputs:
                if isinstance(judged, TurnJudged) and judged.text and judged.turn:
                    found.setdefault(judged.turn, position)
    return found


def _earlier(event: Input, seconds: float) -> Input:
    shifted = replace(event, at_seconds=event.at_seconds - seconds)
    if isinstance(shifted, TurnHeard):
        return replace(shifted, heard=_heard_earlier(shifted.heard, seconds))
    return shifted


def _heard_earlier(heard: Heard, seconds: float) -> Heard:
    words = tuple(
        replace(word, start_seconds=word.start_seconds - seconds, end_seconds=word.end_seconds - seconds)
        for word in heard.words
    )
    return replace(
        heard, words=words, start_seconds=heard.start_seconds - seconds, end_seconds=heard.end_seconds - seconds
    )
