"""`voicecoach review` and `history`: readers of journals."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.text import Text

from voicecoach.call.folder import JOURNAL_NAME, find_journal
from voicecoach.call.journal import Journal, read_journal
from voicecoach.commands.session import people_console
from voicecoach.errors import DataError
from voicecoach.persona.loading import loads
from voicecoach.places import calls_folder
from voicecoach.review.curve import read_story
from voicecoach.review.findings import known_entries
from voicecoach.review.live import LiveView
from voicecoach.review.scorecard import score
from voicecoach.review.summary import as_object, print_summary
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import parse_extension


def review_call(call: str, *, as_json: bool) -> None:
    """The call as it went, and its score."""
    journal = read_journal(find_journal(calls_folder(), call))
    persona = loads(journal.header.persona)
    known = _known(journal)
    story = read_story(journal.steps, persona.temper.start)
    if as_json:
        sys.stdout.write(json.dumps(as_object(story, known)) + "\n")
        return
    console = people_console()
    view = LiveView(console, persona.temper.start, known)
    for event, outputs in journal.steps:
        view.watch(event, outputs)
    print_summary(console, story, score(story, known), known, persona)


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
        journal = read_journal(path)
        story = read_story(journal.steps, loads(journal.header.persona).temper.start)
        card = score(story, _known(journal))
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


def _known(journal: Journal) -> dict[str, Entry]:
    return known_entries(parse_extension(journal.header.techniques, "the journal's techniques"))
