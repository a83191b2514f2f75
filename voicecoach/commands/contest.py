"""`voicecoach contest`: say that a detection is wrong, or that one was missed, and see the curve that follows."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from voicecoach.call.contest import Contest, add_contest, standing_contests
from voicecoach.call.folder import find_journal
from voicecoach.commands.session import people_console
from voicecoach.errors import StorageError, UsageError
from voicecoach.places import calls_folder
from voicecoach.review.contesting import Change, change, check_contest, labelled_lines
from voicecoach.review.reading import KeptCall, read_call


@dataclass(frozen=True, slots=True)
class ContestOptions:
    """What was typed after `voicecoach contest`."""

    call: str
    turn: int | None = None
    id: str | None = None
    add: bool = False
    reason: str = ""
    words: str = ""
    by: str = ""
    withdraw: int = 0
    lines: Path | None = None
    consent: bool = False
    as_json: bool = False


def contest_call(options: ContestOptions) -> None:
    """Contest, withdraw, list or export, by what was given.

    Raises ``UsageError``, ``JournalError``, ``StorageError``.
    """
    path = find_journal(calls_folder(), options.call)
    call = read_call(path)
    if options.lines is not None:
        _export(call, options.lines, consent=options.consent)
    elif options.withdraw or options.turn is not None:
        _contest(call, options)
    else:
        _list(call, as_json=options.as_json)


def _contest(call: KeptCall, options: ContestOptions) -> None:
    if not options.withdraw and options.id is None:
        raise UsageError("what was heard wrongly?", remedy="give the turn and the id: `voicecoach contest last 3 hold`")
    contest = Contest(
        turn=options.turn or 0,
        id=(options.id or "").replace("-", "_"),
        add=options.add,
        reason=options.reason,
        by=options.by or call.journal.header.trainee or "trainee",
        at=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        words=options.words,
        withdraws=options.withdraw,
    )
    contest = check_contest(call, contest)
    add_contest(call.path.parent, contest)
    now = read_call(call.path)
    moved = change(call.story, now.story, contest.turn)
    if options.as_json:
        sys.stdout.write(
            json.dumps({"contest": dataclasses.asdict(contest), "anger": dataclasses.asdict(moved)}) + "\n"
        )
        return
    _tell(contest, moved, judged_anew=now.judged_anew)


def _tell(contest: Contest, moved: Change, *, judged_anew: bool) -> None:
    console = people_console()
    taken_back = "withdrawn: " if contest.withdraws else ""
    done = "put in" if contest.add else "taken out"
    console.print(Text(f"Turn {contest.turn}: {taken_back}{contest.id} {done}.", style="bold"))
    console.print(Text(f"Anger after the turn  {moved.turn_before:4.1f} -> {moved.turn_now:.1f}"))
    console.print(Text(f"Anger at the end      {moved.end_before:4.1f} -> {moved.end_now:.1f}"))
    if judged_anew:
        console.print(Text("This call was judged by another version of the program; the new curve is this version's."))
    console.print(Text("The recorded call stays as it was. All contests: voicecoach contest CALL"))


def _list(call: KeptCall, *, as_json: bool) -> None:
    standing = standing_contests(call.contests)
    rows = [
        {"number": number, **dataclasses.asdict(each), "stands": each in standing}
        for number, each in enumerate(call.contests, 1)
    ]
    if as_json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    console = people_console()
    if not rows:
        console.print(Text("Nothing was contested. To begin: voicecoach contest CALL TURN ID --reason ..."))
    for number, each in enumerate(call.contests, 1):
        what = f"withdraws {each.withdraws}" if each.withdraws else f"{'+' if each.add else '-'}{each.id}"
        mark = "" if each in standing or each.withdraws else " (withdrawn)"
        told = f"{number:>3}  turn {each.turn:<3} {what:<22} {each.by}, {each.at}: {each.reason}{mark}"
        console.print(Text(told), soft_wrap=True)


def _export(call: KeptCall, path: Path, *, consent: bool) -> None:
    lines = list(labelled_lines(call))
    if not lines:
        raise UsageError("nothing stands contested in this call", remedy="contest something first")
    if not consent and not _asked(len(lines)):
        raise UsageError("these are a person's own words", remedy="ask them, then add --consent")
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror})", where=str(path)) from error
    people_console().print(Text(f"{len(lines)} labelled line(s) appended to {path}"), soft_wrap=True)


def _asked(count: int) -> bool:
    if not sys.stdin.isatty():
        return False
    answer = people_console().input(f"{count} line(s) of a person's own words. Do they agree? [y/N] ")
    return answer.strip().lower().startswith("y")
