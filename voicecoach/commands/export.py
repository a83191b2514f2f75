"""`voicecoach export`: the calls for other programs; no spoken word is in it, and no name unless one asks for it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from voicecoach.commands.history import HistoryOptions, tell_synced, wanted_calls
from voicecoach.commands.housekeeping import keep_house
from voicecoach.commands.people import tell_beside
from voicecoach.history.asking import list_calls
from voicecoach.history.database import open_history
from voicecoach.history.exporting import as_csv, as_json, call_rows, remember_export, write_export
from voicecoach.history.indexing import sync
from voicecoach.history.pseudonyms import Pseudonyms
from voicecoach.history.xapi import BASE, as_xapi, check_base
from voicecoach.places import home_folder
from voicecoach.settings import read_settings


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What was typed after `voicecoach export`; ``calls`` are the filters of `history`."""

    calls: HistoryOptions
    format: str = "csv"
    out: Path | None = None
    names: bool = False
    base: str = BASE


def export_calls(options: ExportOptions) -> None:
    """Write the export to the file, or to standard output. Raises ``UsageError``, ``StorageError``."""
    home, settings = home_folder(), read_settings()
    base = check_base(options.base)
    wanted = wanted_calls(options.calls)
    keep_house(home, settings, tell_beside)
    with open_history(home, options.calls.database or settings.database) as history:
        tell_synced(sync(history, home), rebuilt=False)
        with history.begin() as connection:
            rows = call_rows(connection, wanted, None if options.names else Pseudonyms(home))
            whose = {call["trainee"] for call in list_calls(connection, wanted)}
        text = (
            {"csv": as_csv, "json": as_json}[options.format](rows) if options.format != "xapi" else as_xapi(rows, base)
        )
        if options.out is None:
            sys.stdout.write(text)
            return
        digest = write_export(options.out, text)
        remember_export(history, options.out, options.format, digest, whose)
    who = "with names" if options.names else "under pseudonyms"
    tell_beside(f"{len(rows)} calls, {who}: {options.out}")
