"""How the trainee spoke and listened, in figures: shares, pace, pauses, loudness. Read from a story alone."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.values import Heard

UNVOICED = frozenset({"script", "typed"})
"""Who "listened" in a call without sound: words were laid out at an even pace, so pace and pauses say nothing."""

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds are audio time; shares 0..1. What a call without sound cannot show is None.

    ``talk_share``: of all talking, the trainee's. ``listening_share``: of the whole call, the time in which the caller
    spoke and the trainee was silent. ``interruptions``: turns that began over the caller's words; ``cut_short``: caller
    lines that were stopped. ``response_seconds``: the median from the caller's last word to the trainee's first;
    ``louder_db`` and ``loudest_db``: the median and the loudest turn against the calibration; ``calm_words_per_minute``
    is the pace at the calibration.
    """

    call_seconds: float
    talk_share: float | None
    listening_share: float | None
    interruptions: int
    cut_short: int
    longest_seconds: float
    longest_words: int
    words_per_minute: float | None
    calm_words_per_minute: float | None
    response_seconds: float | None
    slowest_response_seconds: float | None
    louder_db: float | None
    loudest_db: float | None


def figures(story: Story, stt: str, calibration: Mapping[str, float]) -> Figures:
    """The figures of this call; ``stt`` and ``calibration`` are the journal header's."""
    voiced = stt not in UNVOICED
    caller = [(turn.start, turn.end) for turn in story.turns if turn.who == "caller"]
    own = [(heard.start_seconds, heard.end_seconds) for heard in story.heard]
    call_seconds = max((end for _, end in (*caller, *own)), default=0.0)
    talking, other = _length(own), _length(caller)
    spoken = max(story.heard, key=lambda heard: heard.end_seconds - heard.start_seconds, default=None)
    pauses = _responses(story.turns) if voiced else []
    louder = _louder(story.heard, calibration) if voiced else []
    pace = _pace(story.heard) if voiced else None
    calm = calibration.get("words_per_second") if voiced else None
    return Figures(
        call_seconds=call_seconds,
        talk_share=talking / (talking + other) if talking + other else None,
        listening_share=(other - _overlap(own, caller)) / call_seconds if call_seconds else None,
        interruptions=sum(_counted(turn, "interrupt") for turn in story.turns),
        cut_short=sum(turn.cut_off for turn in story.turns),
        longest_seconds=spoken.end_seconds - spoken.start_seconds if spoken else 0.0,
        longest_words=len(spoken.words) if spoken else 0,
        words_per_minute=pace,
        calm_words_per_minute=calm * 60 if calm else None,
        response_seconds=statistics.median(pauses) if pauses else None,
        slowest_response_seconds=max(pauses, default=None),
        louder_db=statistics.median(louder) if louder else None,
        loudest_db=max(louder, default=None),
    )


def _counted(turn: SpokenTurn, id_: str) -> bool:
    return any(each.id == id_ and each.confidence >= MINIMUM_CONFIDENCE for each in turn.detections)


def _length(stretches: list[Stretch]) -> float:
    return sum(end - start for start, end in stretches)


def _overlap(own: list[Stretch], caller: list[Stretch]) -> float:
    """Seconds in which both spoke."""
    return sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in own for b in caller)


def _responses(turns: tuple[SpokenTurn, ...]) -> list[float]:
    """From the end of the caller's words to the trainee's next ones; who spoke over them did not respond."""
    pauses: list[float] = []
    for before, turn in itertools.pairwise(turns):
        if before.who == "caller" and turn.who == "trainee" and turn.start >= before.end:
            pauses.append(turn.start - before.end)
    return pauses


def _pace(heard: tuple[Heard, ...]) -> float | None:
    seconds = sum(each.end_seconds - each.start_seconds for each in heard)
    words = sum(len(each.words) for each in heard)
    return words / seconds * 60 if seconds > 0 else None


def _louder(heard: tuple[Heard, ...], calibration: Mapping[str, float]) -> list[float]:
    calm = calibration.get("level_dbfs")
    return [] if calm is None else [each.level_dbfs - calm for each in heard if each.level_dbfs is not None]
