"""`voicecoach review`: a reader of journals."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from voicecoach.call.folder import find_journal
from voicecoach.commands.report import REPORT_NAME, earlier_try, open_page, wants_opening, write_report
from voicecoach.commands.session import people_console
from voicecoach.places import calls_folder
from voicecoach.review.before_after import before_after
from voicecoach.review.live import LiveView
from voicecoach.review.reading import KeptCall, read_call
from voicecoach.review.reviewed import review_of
from voicecoach.review.summary import as_object, print_before_after, print_summary


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
    if (earlier := earlier_try(kept.journal.header)) is not None:
        print_before_after(console, before_after(earlier, reviewed))
    _report(kept, report, console, opens=wants_opening(report.no_open))


def _report(kept: KeptCall, wish: ReportWish, console: Console, *, opens: bool) -> None:
    path = wish.out or kept.path.parent / REPORT_NAME
    if wish.out is None and not opens:
        return
    write_report(kept, path, sound=wish.sound)
    console.print(Text(open_page(path) if opens else f"Report     {path}", style="italic"), soft_wrap=True)
