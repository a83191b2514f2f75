"""How good a detector is, from what it reported and what is labelled: plain counting.

An id counts as reported from a confidence of one half on: below it a detection is shown, and has no consequences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

COUNTS_FROM = 0.5
BINS = 10
NOTHING = "nothing"

Report = Mapping[str, float]
"""What was reported of one line: confidence (0..1) by id."""

Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one id, or of all: how often it was rightly reported, reported at all, labelled."""

    right: int
    reported: int
    labelled: int

    @property
    def precision(self) -> float:
        """Share of the reports that are right; 0 where there are none."""
        return self.right / self.reported if self.reported else 0.0

    @property
    def recall(self) -> float:
        """Share of the labels that were reported; 0 where there are none."""
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 where nothing is right."""
        both = self.reported + self.labelled
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Reports whose confidence lay between ``low`` and ``high``: their mean confidence, and the share that is right."""

    low: float
    high: float
    reports: int
    confidence: float
    precision: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """``what`` (added or missed) happened to ``id`` on ``count`` lines on which there was ``beside`` as well.

    Beside an added id stands each label of the line, beside a missed one each id that was reported wrongly.
    """

    what: str
    id: str
    beside: str
    count: int


def counted(report: Report) -> Ids:
    """The ids that have consequences."""
    return frozenset(id_ for id_, confidence in report.items() if confidence >= COUNTS_FROM)


def tally(said: Sequence[Ids], labels: Sequence[Ids]) -> Tally:
    """Over all ids and lines."""
    right = sum(len(s & one) for s, one in zip(said, labels, strict=True))
    return Tally(right, sum(map(len, said)), sum(map(len, labels)))


def tally_by_id(said: Sequence[Ids], labels: Sequence[Ids]) -> dict[str, Tally]:
    """Each id that is reported or labelled anywhere, in alphabetical order."""
    ids = sorted(frozenset().union(*said, *labels))
    return {id_: tally([s & {id_} for s in said], [one & {id_} for one in labels]) for id_ in ids}


def false_alarm_share(said: Sequence[Ids], labels: Sequence[Ids]) -> float:
    """Share of the lines without a label on which anything is reported; 0 where every line has one."""
    unlabelled = [bool(s) for s, one in zip(said, labels, strict=True) if not one]
    return sum(unlabelled) / len(unlabelled) if unlabelled else 0.0


def right_pairs(said: Ids, unmeant: Ids, unusual: Ids) -> tuple[int, int]:
    """Of one near miss: how many of its ids were judged rightly, and how many it has."""
    return len(unmeant - said) + len(unusual & said), len(unmeant) + len(unusual)


def reliability(reports: Iterable[Report], labels: Iterable[Ids]) -> list[Bin]:
    """Ten bins of equal width over the confidence; those without a report are left out."""
    inside: dict[int, list[tuple[float, bool]]] = {}
    for report, label in zip(reports, labels, strict=True):
        for id_, confidence in report.items():
            inside.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, id_ in label))
    return [
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(pairs),
            sum(confidence for confidence, _ in pairs) / len(pairs),
            sum(right for _, right in pairs) / len(pairs),
        )
        for number, pairs in sorted(inside.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of confidence and precision over all reports, bin by bin; 0 where nothing was reported."""
    reports = sum(each.reports for each in bins)
    return sum(each.reports * abs(each.confidence - each.precision) for each in bins) / reports if reports else 0.0


def confusions(said: Sequence[Ids], labels: Sequence[Ids], most: int) -> list[Confusion]:
    """The pairs of ids that went wrong most often, at most so many."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for s, one in zip(said, labels, strict=True):
        added, missed = s - one, one - s
        counts.update(("added", id_, beside) for id_ in added for beside in one or {NOTHING})
        counts.update(("missed", id_, beside) for id_ in missed for beside in added or {NOTHING})
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Confusion(*names, count) for names, count in ordered[:most]]
