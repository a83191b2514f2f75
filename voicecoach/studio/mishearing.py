"""What the detector misses and hears wrongly, at the rates measured on the lines of writers it had not seen.

The counts lie in ``detector_errors.json``, made by ``python -m training.measure_errors``.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from voicecoach.errors import DataError

FILE = "detector_errors.json"
COUNTS_LIKE = 10.0
"""A false alarm beside an id is measured on few lines: the rate over all lines counts like so many more of them."""


@dataclass(frozen=True, slots=True)
class _Confusion:
    """For one combination of ids: each with the chance that it is missed and its confidence, and the false alarms."""

    heard: tuple[tuple[str, float, float], ...]
    alarms: tuple[str, ...]
    cumulative: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DetectorErrors:
    """Measured shares (0..1): ``missed`` and ``confidence`` by id, ``false_beside`` an id by id.

    ``false_alone`` are the false alarms on turns that carry nothing; ``lines`` is what it was all measured on.
    """

    missed: Mapping[str, float]
    confidence: Mapping[str, float]
    false_beside: Mapping[str, Mapping[str, float]]
    false_alone: Mapping[str, float]
    false_confidence: float
    lines: int
    _known: dict[tuple[str, ...], _Confusion] = field(default_factory=dict, compare=False, repr=False)

    def misheard(self, ids: tuple[str, ...], chance: random.Random) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """What is reported of a turn with these ids, and how surely: some are missed, now and then one is added."""
        confusion = self._known.get(ids)
        if confusion is None:
            confusion = self._known[ids] = self._confusion(ids)
        found = [(id_, sure) for id_, missed, sure in confusion.heard if chance.random() >= missed]
        drawn = chance.random()
        if confusion.cumulative and drawn < confusion.cumulative[-1]:
            added = confusion.alarms[bisect.bisect_right(confusion.cumulative, drawn)]
            found.append((added, self.false_confidence))
        return tuple([id_ for id_, _ in found]), tuple([sure for _, sure in found])

    def _confusion(self, ids: tuple[str, ...]) -> _Confusion:
        heard = tuple((id_, self.missed.get(id_, 0.0), self.confidence.get(id_, 1.0)) for id_ in ids)
        rates: dict[str, float] = {}
        for id_ in ids:
            for other, rate in self.false_beside.get(id_, self.false_alone).items():
                rates[other] = max(rates.get(other, 0.0), rate)
        alarms = sorted((other, rate) for other, rate in rates.items() if rate > 0.0 and other not in ids)
        cumulative = tuple(itertools.accumulate(rate for _, rate in alarms))
        return _Confusion(heard, tuple(other for other, _ in alarms), cumulative)


@cache
def measured_errors() -> DetectorErrors:
    """The rates that come with the program. Raises ``DataError`` where their file is missing or damaged."""
    file = resources.files(__package__).joinpath(FILE)
    try:
        return errors_of(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = "the measured errors of the detector cannot be read"
        raise DataError(what, where=str(file), remedy="install voicecoach again") from error


def errors_of(counts: Mapping[str, Any]) -> DetectorErrors:
    """The rates of these counts; an id that was hardly ever there takes the rates of all."""
    ids = {id_: each for id_, each in counts["ids"].items() if each["lines"]}
    unlabelled = counts["unlabelled"]
    everywhere = unlabelled["lines"] + sum(each["lines"] for each in ids.values())
    overall = {
        other: (unlabelled["false"].get(other, 0) + sum(each["false_beside"].get(other, 0) for each in ids.values()))
        / everywhere
        for other in counts["ids"]
    }

    def rates(false: Mapping[str, int], lines: int) -> dict[str, float]:
        return {
            other: (false.get(other, 0) + COUNTS_LIKE * rate) / (lines + COUNTS_LIKE) for other, rate in overall.items()
        }

    return DetectorErrors(
        missed={id_: each["missed"] / each["lines"] for id_, each in ids.items()},
        confidence={id_: each["confidence"] for id_, each in ids.items()},
        false_beside={id_: rates(each["false_beside"], each["lines"]) for id_, each in ids.items()},
        false_alone=rates(unlabelled["false"], unlabelled["lines"]),
        false_confidence=counts["false_confidence"],
        lines=counts["lines"],
    )
