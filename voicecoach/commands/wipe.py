"""`voicecoach wipe`: a person's calls, one call, or everything; with the proof, and what it cannot reach."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from voicecoach.call.folder import JOURNAL_NAME, find_journal
from voicecoach.call.journal_lines import read_lines
from voicecoach.commands.people import people_console
from voicecoach.errors import JournalError, StorageError, UsageError
from voicecoach.history.database import History, open_history
from voicecoach.history.wiping import (
    Removed,
    left_bytes,
    left_rows,
    remove_all_rows,
    remove_exports,
    remove_folders,
    remove_own_files,
    remove_rows,
    vacuum,
)
from voicecoach.places import calls_folder, drills_folder, history_file, home_folder
from voicecoach.settings import Settings, read_settings, trainee_name

NOT_REACHED = (
    "Not reached: sound, pages and lines that were written elsewhere (--out, --html, --lines), backups, and what a "
    "disk keeps of removed files until it writes over them (an SSD may for long; less matters on an encrypted one)."
)


@dataclass(frozen=True, slots=True)
class WipeOptions:
    """What was typed after `voicecoach wipe`; one of the first three."""

    person: str | None = None
    call: str | None = None
    everything: bool = False
    yes: bool = False
    database: str = ""


@dataclass(frozen=True, slots=True)
class _Doomed:
    names: tuple[str, ...]
    trainee: str | None
    what: str
    unknown: int = 0
    """Journals that nobody can say of whose they are."""


def wipe(options: WipeOptions) -> None:
    """Ask, remove, look again, and tell. Raises ``UsageError``, ``StorageError`` when anything is left."""
    if sum((options.person is not None, options.call is not None, options.everything)) != 1:
        raise UsageError("what is to be wiped?", remedy="give one of --person NAME, --call CALL, --all")
    home, settings = home_folder(), read_settings()
    doomed = _doomed(home, options)
    console = people_console()
    database = options.database or settings.database
    if not options.yes and not _agreed(doomed, home):
        console.print(Text("Nothing was removed."))
        return
    removed = Removed()
    with open_history(home, database) as history:
        remove_folders(home, doomed.names, removed)
        if not options.call:
            remove_exports(history, removed, trainee=doomed.trainee)
        if options.everything:
            remove_all_rows(history, removed)
        else:
            remove_rows(history, doomed.names, removed, trainee=doomed.trainee)
        vacuum(history)
        _prove(home, history, doomed)
    if options.everything:
        remove_own_files(home)
    for line in _told(doomed, removed, settings):
        console.print(Text(line), soft_wrap=True)


def _doomed(home: Path, options: WipeOptions) -> _Doomed:
    folders = sorted(path for path in calls_folder(home).glob("*") if path.is_dir() or path.is_symlink())
    if options.everything:
        return _Doomed(tuple(folder.name for folder in folders), None, "all calls")
    if options.call is not None:
        folder = find_journal(calls_folder(home), options.call).parent
        if folder.parent.resolve() != calls_folder(home).resolve():
            raise UsageError("this call is not kept in the data folder", where=str(folder), remedy="remove it yourself")
        return _Doomed((folder.name,), None, f"the call {folder.name}")
    person = trainee_name(options.person) if options.person else ""
    names, unknown = [], 0
    for folder in folders:
        whose = _trainee_of(folder / JOURNAL_NAME)
        unknown += whose is None
        if whose == person:
            names.append(folder.name)
    return _Doomed(tuple(names), person, f"all calls of {person}" if person else "all calls of nobody's name", unknown)


def _trainee_of(path: Path) -> str | None:
    """Whose call it is, by the first line of its journal; None where that cannot be read."""
    try:
        _, header = next(iter(read_lines(path)))
    except (JournalError, StopIteration):
        return None
    whose = header.get("trainee") if header else None
    return whose if isinstance(whose, str) else None


def _agreed(doomed: _Doomed, home: Path) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("this removes calls for good, and there is nobody to ask", remedy="add --yes")
    question = f"Remove {doomed.what} ({len(doomed.names)}) in {home}, and their rows in the history, for good? [y/N] "
    return people_console().input(Text(question)).strip().lower() in ("y", "yes")


def _prove(home: Path, history: History, doomed: _Doomed) -> None:
    """Look again, in the folders, in the tables and in the bytes of the database's file."""
    folders = [name for name in doomed.names if (calls_folder(home) / name).exists()]
    if doomed.trainee is not None:
        again = (path.parent.name for path in calls_folder(home).glob(f"*/{JOURNAL_NAME}"))
        folders += [name for name in again if _trainee_of(calls_folder(home) / name / JOURNAL_NAME) == doomed.trainee]
    rows = left_rows(history, doomed.names, doomed.trainee)
    inside = left_bytes(history_file(home), doomed.names)
    if folders or rows or inside:
        left = (*folders, *inside, *([f"{rows} rows"] if rows else ()))
        raise StorageError(f"something is left: {', '.join(left[:5])}", where=str(home), remedy="run it again")


def _told(doomed: _Doomed, removed: Removed, settings: Settings) -> list[str]:
    megabytes = removed.bytes / 1_000_000
    lines = [
        f"Removed {doomed.what}: {removed.calls} calls, {removed.journals} journals, {removed.recordings} recordings "
        f"({megabytes:.1f} MB), {removed.rows} rows of the history, {len(removed.exports)} exports.",
        "Looked again, in the folders, in the history and in the bytes of its file: nothing of it is left there.",
    ]
    lines += [f"Changed since it was exported, so look yourself: {path}" for path in removed.kept_exports]
    if doomed.unknown:
        lines.append(f"Of {doomed.unknown} journals nobody can say whose they are: see `voicecoach history --rebuild`.")
    if doomed.trainee and drills_folder(home_folder()).exists():
        lines.append("The results of drills name nobody, and are kept; --all removes them.")
    if doomed.trainee and doomed.trainee == settings.trainee:
        lines.append("The settings still name this trainee (settings.toml or VOICECOACH_TRAINEE).")
    return [*lines, NOT_REACHED]
