"""A turn that was taken for over too soon: its answer is taken back, and both parts are one turn."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.call.floor import Floor
from voicecoach.call.state import CallState
from voicecoach.values import Heard


def taken_back(state: CallState, floor: Floor, heard: Heard) -> tuple[CallState, Floor, Heard]:
    """The call as it was when the turn first seemed over, its floor, and the whole now that the rest is ``heard``.

    What the caller had begun to answer is stopped and forgotten; it may be chosen again. A line with which the caller
    cut in is said to its end.
    """
    first, earlier = state.last_heard, state.before_turn
    if first is None or earlier is None:  # ``goes_on`` is only ever set after a turn
        raise AssertionError("there is no turn to go on with")
    interjection = state.speaking if floor.interjects else None
    if interjection is None:
        floor.hush()
    whole = joined(first, heard)
    again = replace(
        earlier,
        line_number=state.line_number,
        last_heard=whole,
        speaking=interjection,
        interjection=state.interjection,
    )
    resumed = Floor(again, floor.patience, floor.at_seconds)
    resumed.outputs = floor.outputs
    return again, resumed, whole


def joined(first: Heard, second: Heard) -> Heard:
    """Both parts as one utterance; level and pitch are means weighted by the words."""
    return Heard(
        words=(*first.words, *second.words),
        start_seconds=first.start_seconds,
        end_seconds=second.end_seconds,
        level_dbfs=_mean(first.level_dbfs, len(first.words), second.level_dbfs, len(second.words)),
        pitch_hz=_mean(first.pitch_hz, len(first.words), second.pitch_hz, len(second.words)),
    )


def _mean(first: float | None, first_weight: int, second: float | None, second_weight: int) -> float | None:
    if first is None or second is None:
        return second if first is None else first
    return (first * first_weight + second * second_weight) / (first_weight + second_weight)
