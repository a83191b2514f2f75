"""How sure one can be of a share: Wilson's and Newcombe's intervals, against published values and by simulation."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.history.progress import progress
from voicecoach.history.uncertainty import ENOUGH, change, difference, share_of

counts = st.integers(0, 400).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due)))


@pytest.mark.parametrize(
    ("done", "due", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(done: int, due: int, low: float, high: float) -> None:
    share = share_of(done, due)
    assert [share.low, share.high] == pytest.approx([low, high], abs=6e-5)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_the_difference_is_the_published_one(
    later: tuple[int, int], earlier: tuple[int, int], low: float, high: float
) -> None:
    found = difference(share_of(*earlier), share_of(*later))
    assert list(found) == pytest.approx([low, high], abs=6e-5)


@given(counts)
def test_the_share_lies_in_its_interval(count: tuple[int, int]) -> None:
    share = share_of(*count)
    assert 0.0 <= share.low <= (share.value if share.value is not None else 0.5) <= share.high <= 1.0


def test_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    chance = random.Random(4)
    for true_share in (0.1, 0.5, 0.85):
        held = 0
        for _ in range(2000):
            share = share_of(sum(chance.random() < true_share for _ in range(25)), 25)
            held += share.low <= true_share <= share.high
        assert 0.92 <= held / 2000 <= 0.985


def test_who_does_not_change_is_seldom_told_of_a_change() -> None:
    chance = random.Random(5)
    told = 0
    for _ in range(2000):
        halves = [share_of(sum(chance.random() < 0.6 for _ in range(20)), 20) for _ in range(2)]
        told += change(*halves) in ("better", "worse")
    assert told / 2000 <= 0.06


def test_a_few_are_too_few_and_a_clear_change_is_told() -> None:
    assert change(share_of(0, ENOUGH - 1), share_of(50, 50)) == "too few to tell"
    assert change(share_of(2, 20), share_of(16, 20)) == "better"
    assert change(share_of(16, 20), share_of(2, 20)) == "worse"
    assert change(share_of(10, 20), share_of(11, 20)) == "no clear change"


def test_the_halves_are_cut_between_days_and_nothing_is_lost() -> None:
    days = [("2026-03-02", 10, 8), ("2026-01-01", 4, 0), ("2026-02-01", 8, 2), ("2026-03-01", 2, 2)]
    found = progress("offer", days)
    assert (found.whole.done, found.whole.due) == (12, 24)
    assert (found.earlier.done, found.earlier.due) == (2, 12)
    assert (found.later.done, found.later.due) == (10, 12)
    assert found.change == "better"
    assert [(each.month, each.share.due) for each in found.months] == [("2026-01", 4), ("2026-02", 8), ("2026-03", 12)]


def test_one_day_has_no_before_and_after() -> None:
    found = progress("offer", [("2026-03-02", 100, 80)])
    assert found.whole.enough
    assert found.change == "too few to tell"
