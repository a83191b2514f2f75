"""The counting behind `make bench-detect`, on a handful of lines that can be counted by hand."""

from __future__ import annotations

import pytest

from bench.detect_scores import (
    NOTHING,
    calibration_error,
    confusions,
    counted,
    false_alarm_share,
    reliability,
    right_pairs,
    tally,
    tally_by_id,
)

LABELS = [frozenset({"hold"}), frozenset({"own", "offer"}), frozenset[str](), frozenset[str]()]
SAID = [frozenset({"hold"}), frozenset({"own", "cannot"}), frozenset({"cannot"}), frozenset[str]()]


def test_what_is_less_sure_than_one_half_does_not_count() -> None:
    assert counted({"hold": 0.5, "own": 0.49, "offer": 1.0}) == {"hold", "offer"}


def test_all_decisions_together() -> None:
    whole = tally(SAID, LABELS)
    assert (whole.right, whole.reported, whole.labelled) == (2, 4, 3)
    assert whole.precision == 0.5
    assert whole.recall == pytest.approx(2 / 3)
    assert whole.f1 == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))


def test_each_id_by_itself() -> None:
    by_id = tally_by_id(SAID, LABELS)
    assert list(by_id) == ["cannot", "hold", "offer", "own"]
    assert by_id["hold"].f1 == by_id["own"].f1 == 1.0
    assert by_id["offer"].f1 == by_id["cannot"].f1 == 0.0
    assert by_id["cannot"].reported == 2


def test_false_alarms_are_a_share_of_the_lines_without_a_label() -> None:
    assert false_alarm_share(SAID, LABELS) == 0.5
    assert false_alarm_share(SAID[:2], LABELS[:2]) == 0.0


def test_a_near_miss_is_judged_id_by_id() -> None:
    said = frozenset({"hold", "own"})
    assert right_pairs(said, unmeant=frozenset({"hold", "offer"}), unusual=frozenset({"own", "relate"})) == (2, 4)


def test_a_bin_tells_what_its_confidence_is_worth() -> None:
    bins = reliability([{"hold": 0.92, "own": 0.98}, {"hold": 0.55}, {"hold": 1.0}], [LABELS[0], LABELS[2], LABELS[0]])
    assert [(each.low, each.reports, each.precision) for each in bins] == [
        (0.5, 1, 0.0),
        (0.9, 3, pytest.approx(2 / 3)),
    ]
    assert bins[1].confidence == pytest.approx((0.92 + 0.98 + 1.0) / 3)
    assert calibration_error(bins) == pytest.approx((0.55 + 3 * (bins[1].confidence - 2 / 3)) / 4)
    assert calibration_error([]) == 0.0


def test_confusions_are_pairs_of_ids_the_most_frequent_first() -> None:
    found = [(c.what, c.id, c.beside, c.count) for c in confusions(SAID * 2 + SAID[2:3], LABELS * 2 + LABELS[2:3], 3)]
    assert found == [
        ("added", "cannot", NOTHING, 3),
        ("added", "cannot", "offer", 2),
        ("added", "cannot", "own", 2),
    ]
    assert ("missed", "offer", "cannot", 1) in [(c.what, c.id, c.beside, c.count) for c in confusions(SAID, LABELS, 9)]
