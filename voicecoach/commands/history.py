"""`voicecoach history`: the calls so far, and each technique over time."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicecoach.commands.housekeeping import keep_house
from voicecoach.commands.people import people_console, tell_beside
from voicecoach.errors import UsageError
from voicecoach.history.asking import Wanted, since_day
from voicecoach.history.database import open_history
from voicecoach.history.indexing import Synced, sync
from voicecoach.history.overview import Overview, overview
from voicecoach.places import home_folder
from voicecoach.settings import read_settings, trainee_name

LAST_SHOWN = 20
HIDDEN = ("name", "id", "origin")
"""The first goes by another name; the others are the database's own business."""


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """What was typed after `voicecoach history`."""

    persona: str = ""
    technique: str = ""
    since: str = ""
    trainee: str | None = None
    last: int | None = None
    database: str = ""
    rebuild: bool = False
    as_json: bool = False
    html: Path | None = None


def show_history(options: HistoryOptions) -> None:
    """Bring the history up to date, and show it. Raises ``UsageError``, ``StorageError``."""
    home, settings = home_folder(), read_settings()
    keep_house(home, settings, tell_beside)
    wanted = wanted_calls(options)
    shown = options.last if options.last is not None else None if options.as_json else LAST_SHOWN
    with open_history(home, options.database or settings.database) as history:
        synced = sync(history, home, rebuild=options.rebuild)
        with history.begin() as connection:
            found = overview(connection, wanted, last=shown)
    tell_synced(synced, rebuilt=options.rebuild)
    if options.html is not None:
        from voicecoach.history.page import write_page

        write_page(options.html, found, wanted)
        tell_beside(f"The page is {options.html}.")
    if options.as_json:
        sys.stdout.write(json.dumps(as_object(found, synced)) + "\n")
    elif options.html is None:
        from voicecoach.history.table import print_overview

        print_overview(people_console(), found, wanted)


def wanted_calls(options: HistoryOptions) -> Wanted:
    """Which calls these words ask for. Raises ``UsageError``."""
    technique = options.technique.strip().lower().replace("-", "_").replace(" ", "_")
    if technique:
        _check_technique(technique)
    return Wanted(
        persona=options.persona,
        technique=technique,
        since=since_day(options.since, datetime.now(UTC).astimezone().date()) if options.since else "",
        trainee=trainee_name(options.trainee) if options.trainee else options.trainee,
    )


def as_object(found: Overview, synced: Synced) -> dict[str, Any]:
    """The object that `--json` prints (see docs/history.md)."""
    return {
        "calls": [
            {"call": call["name"], **{key: call[key] for key in call if key not in HIDDEN}} for call in found.calls
        ],
        "count": found.count,
        "personas": [dataclasses.asdict(each) for each in found.personas],
        "techniques": [_technique(each) for each in found.techniques],
        "mistakes": [dataclasses.asdict(each) for each in found.mistakes],
        "unreadable": dict(synced.broken),
        "missing": list(synced.missing),
    }


def _technique(progress: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": progress.id, "change": progress.change}
    for name in ("whole", "earlier", "later"):
        share = getattr(progress, name)
        told[name] = {**dataclasses.asdict(share), "share": share.value, "enough": share.enough}
    told["months"] = [{"month": each.month, **dataclasses.asdict(each.share)} for each in progress.months]
    return told


def tell_synced(synced: Synced, *, rebuilt: bool) -> None:
    """Journals that could not be read, and such that are gone: one line each way, on standard error."""
    names = sorted(synced.broken)
    if rebuilt or len(names) == 1:
        for name in names:
            tell_beside(f"voicecoach: {synced.broken[name]}")
    elif names:
        tell_beside(
            f"voicecoach: {len(names)} calls cannot be read, such as {names[0]}; `history --rebuild` tells why of each"
        )
    if synced.missing and not rebuilt:
        some = "a call is" if len(synced.missing) == 1 else f"{len(synced.missing)} calls are"
        tell_beside(
            f"voicecoach: {some} known whose journal is gone, such as {synced.missing[0]}; "
            "`history --rebuild` forgets what has no journal"
        )


def _check_technique(id_: str) -> None:
    """Any id of the catalogue; ids of a coach's own are in the history only, so they look like one at least."""
    import difflib

    from voicecoach.techniques.ids import MISTAKES, TECHNIQUES

    if id_ in TECHNIQUES:
        return
    if id_ in MISTAKES:
        raise UsageError(f"{id_} is a mistake: there is no opportunity for it", remedy="give a technique")
    near = difflib.get_close_matches(id_, TECHNIQUES, 1)
    if near:
        raise UsageError(f"there is no technique {id_[:60]!r}", remedy=f"did you mean {near[0]}?")
