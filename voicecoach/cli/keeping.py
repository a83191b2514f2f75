"""The calls that are kept: what became of them, and what becomes of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import JsonFlag

app = typer.Typer()

PersonaFilter = Annotated[str, typer.Option(metavar="ID", help="Only calls with this caller.")]
TraineeFilter = Annotated[str | None, typer.Option(metavar="NAME", help="Only this trainee's calls.")]
SinceFilter = Annotated[str, typer.Option(metavar="DAY", help="Only calls from this day on: 2026-03-01, or 30d.")]
DatabaseOption = Annotated[
    str, typer.Option(metavar="URL", help="Where the history is kept, if not in the data folder.")
]


@app.command()
def history(
    persona: PersonaFilter = "",
    technique: Annotated[str, typer.Option(metavar="ID", help="Only this technique, by month.")] = "",
    since: SinceFilter = "",
    trainee: TraineeFilter = None,
    last: Annotated[int | None, typer.Option(metavar="N", min=0, help="List so many calls; 20 if not given.")] = None,
    database: DatabaseOption = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every journal again.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page that needs no network.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """The calls so far, and each technique over time, with how sure that is."""
    from voicecoach.commands.history import HistoryOptions, show_history

    show_history(
        HistoryOptions(
            persona=persona,
            technique=technique,
            since=since,
            trainee=trainee,
            last=last,
            database=database,
            rebuild=rebuild,
            as_json=as_json,
            html=html,
        )
    )


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSON = "json"
    XAPI = "xapi"


@app.command()
def export(
    format_: Annotated[Format, typer.Option("--format", help="xapi: statements for a learning system.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Standard output if not given.")] = None,
    persona: PersonaFilter = "",
    technique: Annotated[str, typer.Option(metavar="ID", help="Only calls in which this technique was due.")] = "",
    since: SinceFilter = "",
    trainee: TraineeFilter = None,
    names: Annotated[bool, typer.Option("--names", help="Real names instead of pseudonyms.")] = False,
    base: Annotated[
        str | None, typer.Option(metavar="URL", help="With xapi: what activities and accounts are named under.")
    ] = None,
    database: DatabaseOption = "",
) -> None:
    """The calls and their scores for other programs, under pseudonyms; no spoken word is in it."""
    from voicecoach.commands.export import ExportOptions, export_calls
    from voicecoach.commands.history import HistoryOptions
    from voicecoach.history.xapi import BASE

    calls = HistoryOptions(persona=persona, technique=technique, since=since, trainee=trainee, database=database)
    export_calls(ExportOptions(calls, format_.value, out, names, base if base is not None else BASE))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A journal.jsonl, or the folder of a call.")],
    trainee: Annotated[str | None, typer.Option(metavar="NAME", help="Whose call it is.")] = None,
) -> None:
    """Keep a journal from elsewhere as a call, once everything in it is found to be in order."""
    from voicecoach.commands.importing import import_journal

    import_journal(file, trainee)


@app.command()
def wipe(
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Everything of this trainee.")] = None,
    call: Annotated[str | None, typer.Option(metavar="CALL", help="One call: `last`, or its name.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every call, and the history.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    database: DatabaseOption = "",
) -> None:
    """Remove calls for good: journals, recordings, rows, exports; look again, and say what is out of reach."""
    from voicecoach.commands.wipe import WipeOptions
    from voicecoach.commands.wipe import wipe as remove

    remove(WipeOptions(person, call, everything, yes, database))


@app.command()
def recover(
    call: Annotated[str | None, typer.Argument(help="A call that was broken off; all of them if not given.")] = None,
) -> None:
    """Bring calls to their end whose program died: mend the recording, finish the journal. Every start does so too."""
    from voicecoach.commands.recovering import recover_calls

    recover_calls(call)
