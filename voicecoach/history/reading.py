"""A kept call as the history keeps it. The score card is read in this one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.call.folder import JOURNAL_NAME
from voicecoach.history.stamps import stamp_of
from voicecoach.review.assessment import assess
from voicecoach.review.reading import KeptCall, read_call
from voicecoach.review.reviewed import review_of
from voicecoach.review.summary import as_object

Row = dict[str, Any]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NO_DAY = "0000-00-00"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """The rows of one call, without its number: of ``calls``, ``techniques``, ``mistakes`` and ``corrections``."""

    call: Row
    techniques: tuple[Row, ...]
    mistakes: tuple[Row, ...]
    corrections: tuple[Row, ...]


def read_record(folder: Path) -> CallRecord:
    """Read a call and its score. Raises ``JournalError`` and the other errors of its data."""
    stamp = stamp_of(folder)
    kept = read_call(folder / JOURNAL_NAME)
    header, story = kept.journal.header, kept.story
    reviewed = review_of(header, kept.persona, kept.known, story)
    judged = assess(reviewed)
    card = judged.card
    day = day_of(header.started, folder.name)
    tallies = {tally.id: tally for tally in (*card.techniques, *card.mistakes)}
    return CallRecord(
        call={
            "name": folder.name,
            "trainee": header.trainee,
            "persona": header.persona_id,
            "started": header.started,
            "day": day,
            "seed": header.seed,
            "stt": header.stt,
            "voice": header.voice,
            "version": header.version,
            "outcome": story.end.outcome.value if story.end else "",
            "reason": story.end.reason if story.end else "",
            "good": card.good,
            "turns": card.turns,
            "seconds": last_seconds(kept),
            "start_anger": card.start_anger,
            "peak_anger": card.peak_anger,
            "end_anger": card.end_anger,
            "heard": card.heard,
            "resolution": card.resolution,
            "card": as_object(reviewed)["score"],
            "stamp": stamp,
            "rubric": f"{judged.rubric.name} {judged.rubric.version}",
            "points": judged.points,
            "passed": judged.passed,
        },
        techniques=tuple(
            {
                "technique": standing.id,
                "present": standing.state == "present",
                "count": tallies[standing.id].count if standing.id in tallies else 0,
                "anger": tallies[standing.id].anger if standing.id in tallies else 0.0,
                "day": day,
            }
            for standing in judged.standings
            if standing.state != "no opportunity"
        ),
        mistakes=tuple(
            {"mistake": tally.id, "count": tally.count, "anger": tally.anger, "day": day} for tally in card.mistakes
        ),
        corrections=_corrections(kept),
    )


def day_of(started: str, name: str) -> str:
    """The day of a call, YYYY-MM-DD: of its start, else of its folder's name."""
    for text in (started, name):
        if found := _DAY.match(text):
            return found.group()
    return NO_DAY


def last_seconds(kept: KeptCall) -> float:
    """How long the call took, in audio time."""
    return max((event.at_seconds for event in kept.journal.inputs()), default=0.0)


def _corrections(kept: KeptCall) -> tuple[Row, ...]:
    return tuple(
        {
            "number": number,
            "turn": contest.turn,
            "technique": contest.id,
            "added": contest.add,
            "reason": contest.reason,
            "by": contest.by,
            "at": contest.at,
            "withdraws": contest.withdraws,
        }
        for number, contest in enumerate(kept.contests, 1)
    )
