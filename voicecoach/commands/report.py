"""The page of a call: written into its folder or where it is wanted, and opened where there is a desktop."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from pathlib import Path

from voicecoach.call.contest import standing_contests
from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME, find_journal
from voicecoach.call.journal import Header
from voicecoach.errors import DataError, StorageError
from voicecoach.events import Input, Output
from voicecoach.places import calls_folder, owner_only
from voicecoach.review.curve import Story, read_story
from voicecoach.review.reading import KeptCall, read_call
from voicecoach.review.report import Beside, render_report
from voicecoach.review.reviewed import Reviewed, review_of
from voicecoach.review.sound import read_sound

REPORT_NAME = "report.html"
EARLIER_CALLS = 20
"""So many calls before are looked through for sentences that are said in every one."""

IDEAL_POLICY = "expert"


def wants_opening(no_open: bool) -> bool:
    """Somebody sits at a terminal on a desktop, and did not say no."""
    if no_open or not sys.stdout.isatty():
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show_report(folder: Path, no_open: bool) -> str:
    """Write the page of this call into its folder and open it; a line about it for people, "" without a desktop.

    Raises the errors of ``write_report``.
    """
    if not wants_opening(no_open):
        return ""
    path = folder / REPORT_NAME
    write_report(read_call(folder / JOURNAL_NAME), path)
    return open_page(path)


def open_page(path: Path) -> str:
    """Open a page in the browser; a line about it for people."""
    opened = webbrowser.open(path.absolute().as_uri())
    return f"Report     {path}" if opened else f"Report     {path} (no browser could be started)"


def write_report(call: KeptCall, path: Path, *, sound: bool = True) -> None:
    """The page of this call at this path, for its owner alone. Raises ``AudioFileError``, ``StorageError``."""
    recording = call.path.parent / RECORDING_NAME
    page = render_report(
        review_of(call.journal.header, call.persona, call.known, call.story),
        Beside(
            sound=read_sound(recording) if sound and recording.is_file() else None,
            ideal=_ideal(call),
            earlier_calls=_earlier_calls(call.path.parent),
            earlier=earlier_try(call.journal.header),
            contests=call.contests,
            contested=len(standing_contests(call.contests)),
        ),
    )
    try:
        with open(path, "w", encoding="utf-8", opener=owner_only) as file:  # Path.open takes no opener
            file.write(page)
    except OSError as error:
        raise StorageError(
            f"the report cannot be written ({error.strerror})", where=str(path), remedy="choose another place: --out"
        ) from error


def earlier_try(header: Header) -> Reviewed | None:
    """The call that this one tries again; None for none, and when it is no longer there."""
    if not header.again:
        return None
    try:
        call = read_call(find_journal(calls_folder(), header.again.partition("@")[0]))
    except DataError:
        return None
    return review_of(call.journal.header, call.persona, call.known, call.story)


def _ideal(call: KeptCall) -> Story:
    """The same caller with an expert, in the words of the same seed."""
    from voicecoach.studio.spoken import spoken_call

    steps: list[tuple[Input, tuple[Output, ...]]] = []
    spoken_call(call.persona, IDEAL_POLICY, call.journal.header.seed, lambda *step: steps.append(step))
    return read_story(steps, call.persona.temper.start)


def _earlier_calls(folder: Path) -> list[list[str]]:
    """What the trainee said in the calls before this one, by call."""
    journals = sorted(folder.parent.glob(f"*/{JOURNAL_NAME}"))
    before = [journal for journal in journals if journal.parent.name < folder.name]
    return [_said(journal) for journal in before[-EARLIER_CALLS:]]


def _said(journal: Path) -> list[str]:
    """The turns in a journal; what cannot be read there is told when that call is reviewed, and is no matter here."""
    try:
        lines = [line for line in journal.read_text(encoding="utf-8").splitlines() if '"TurnJudged"' in line]
        return [str(json.loads(line).get("text", "")) for line in lines]
    except (OSError, ValueError, AttributeError):
        return []
