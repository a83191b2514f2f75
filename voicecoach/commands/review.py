"""`voicecoach review` and `history`: readers of journals."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from voicecoach.call.folder import JOURNAL_NAME, find_journal
from voicecoach.commands.report import REPORT_NAME, open_page, wants_opening, write_report
from voicecoach.commands.session import people_console
from voicecoach.errors import DataError
from voicecoach.places import calls_folder
from voicecoach.review.live import LiveView
from voicecoach.review.reading import KeptCall, read_call
from voicecoach.review.reviewed import review_of
from voicecoach.review.scorecard import score
from voicecoach.review.summary import as_object, print_summary


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What was asked about the report: where to (None: into the call's folder, when it is opened), and how."""

    out: Path | None = None
    no_open: bool = False
    sound: bool = True


def review_call(call: str, *, as_json: bool, report: ReportWish) -> None:
    """The call as it went, its score, and its report."""
    kept = read_call(find_journal(calls_folder(), call))
    reviewed = review_of(kept.journal.header, kept.persona, kept.known, kept.story)
    if as_json:
        sys.stdout.write(json.dumps(as_object(reviewed)) + "\n")
        _report(kept, report, people_console(beside_json=True), opens=False)
        return
    console = people_console()
    view = LiveView(console, reviewed.persona.temper.start, reviewed.known)
    for event, outputs in kept.steps:
        view.watch(event, outputs)
    print_summary(console, reviewed)
    _report(kept, report, console, opens=wants_opening(report.no_open))


def _report(kept: KeptCall, wish: ReportWish, console: Console, *, opens: bool) -> None:
    path = wish.out or kept.path.parent / REPORT_NAME
    if wish.out is None and not opens:
        return
    write_report(kept, path, sound=wish.sound)
    console.print(Text(open_page(path) if opens else f"Report     {path}", style="italic"), soft_wrap=True)


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
