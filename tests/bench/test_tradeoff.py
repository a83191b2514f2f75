"""The trade-off of gap and cut-offs, on turns made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from bench.feel.spoken import Pause
from bench.feel.traces import Trace
from bench.feel.tradeoff import fixed, operate
from voicecoach.stt.melody import NO_MELODY
from voicecoach.stt.room import Room


def trace(*voiced_seconds: tuple[float, float], length_seconds: float = 6.0) -> Trace:
    """A turn that ends at 4 s, with a pause from 1 to 2.5 s, voiced at these times."""
    blocks = round(length_seconds * 100)
    voiced = np.zeros(blocks, dtype=bool)
    for start, end in voiced_seconds:
        voiced[round(start * 100) : round(end * 100)] = True
    words, endings = ("yes",) * blocks, (NO_MELODY,) * blocks
    return Trace((Pause("c", 1.0, 2.5),), 4.0, voiced, (Room.QUIET,) * blocks, words, endings)


def test_a_silence_that_is_long_enough_ends_the_turn_whatever_is_heard_afterwards() -> None:
    operation = operate("", [trace((0.5, 1.0), (2.5, 4.0), (5.5, 5.6))], fixed(0.7))
    assert list(operation.silences_seconds) == pytest.approx([0.7])


def test_a_colleague_who_is_taken_for_the_trainee_begins_the_silence_anew() -> None:
    operation = operate("", [trace((0.5, 1.0), (2.5, 4.0), (4.4, 4.5))], fixed(0.7))
    assert list(operation.silences_seconds) == pytest.approx([1.2])


def test_a_pause_is_cut_off_by_the_first_silence_that_is_long_enough() -> None:
    operation = operate("", [trace((0.5, 1.0), (2.0, 2.1), (2.5, 4.0))], fixed(0.7))
    assert operation.cut_share() == 1.0
    assert operation.cuts[0].ended_after_seconds == pytest.approx(0.7)


def test_a_turn_that_is_never_taken_for_over_counts_with_all_the_silence_there_was() -> None:
    operation = operate("", [trace((0.5, 1.0), (2.5, 6.0))], fixed(0.7))
    assert list(operation.silences_seconds) == pytest.approx([2.0])
