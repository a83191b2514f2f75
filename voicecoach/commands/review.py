"""`voicecoach review` and `history`: readers of journals."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.text import Text

from voicecoach.call.folder import JOURNAL_NAME, find_journal
from voicecoach.commands.session import people_console
from voicecoach.errors import DataError
from voicecoach.places import calls_folder
from voicecoach.review.live import LiveView
from voicecoach.review.reading import read_call
from voicecoach.review.reviewed import review_of
from voicecoach.review.scorecard import score
from voicecoach.review.summary import as_object, print_summary


def review_call(call: str, *, as_json: bool) -> None:
    """The call as it went, and its score."""
    kept = read_call(find_journal(calls_folder(), call))
    reviewed = review_of(kept.journal.header, kept.persona, kept.known, kept.story)
    if as_json:
        sys.stdout.write(json.dumps(as_object(reviewed)) + "\n")
        return
    console = people_console()
    view = LiveView(console, reviewed.persona.temper.start, reviewed.known)
    for event, outputs in kept.steps:
        view.watch(event, outputs)
    print_summary(console, reviewed)


def list_calls(*, as_json: bool) -> None:
    """One call a line, the oldest first."""
    rows = [row for path in sorted(calls_folder().glob(f"*/{JOURNAL_NAME}")) if (row := _row(path))]
    if as_json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    console = people_console()
    if not rows:
        console.print(Text("No calls yet. Take one: voicecoach call"))
    for row in rows:
        anger = f"{row['start_anger']:4.1f} -> {row['end_anger']:.1f}"
        console.print(Text(f"{row['call']:<40} {row['outcome'] or 'broken off':<18} {anger}"), soft_wrap=True)


def _row(path: Path) -> dict[str, Any] | None:
    try:
        kept = read_call(path)
        journal, story = kept.journal, kept.story
        card = score(story, kept.known)
    except DataError as error:
        sys.stderr.write(f"voicecoach: {error}\n")
        return None
    return {
        "call": path.parent.name,
        "persona": journal.header.persona_id,
        "started": journal.header.started,
        "outcome": story.end.outcome.value if story.end else None,
        "turns": card.turns,
        "start_anger": card.start_anger,
        "end_anger": card.end_anger,
    }
