"""The callers, for whoever writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import JsonFlag, PersonaArgument

app = typer.Typer(help="The callers: list, show, check and simulate them.", no_args_is_help=True)


@app.command("list")
def persona_list(as_json: JsonFlag = False) -> None:
    """The callers there are, one a line, id first."""
    from voicecoach.commands.persona import list_callers

    list_callers(as_json=as_json)


@app.command("show")
def persona_show(persona: PersonaArgument, as_json: JsonFlag = False) -> None:
    """Who calls, why, and what you may offer."""
    from voicecoach.commands.persona import show_caller

    show_caller(persona, as_json=as_json)


@app.command("check")
def persona_check(
    personas: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PERSONA]...", help="Ids, files or folders; every shipped caller if none is named."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too, as for CI.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Play no calls: only what the text alone shows.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Find what is wrong with a caller before anybody calls: file, line, what, and how to mend it.

    Exit code 1 where there are errors (or, with --strict, warnings).
    """
    from voicecoach.commands.persona_check import check_callers

    raise typer.Exit(check_callers(tuple(personas or ()), strict=strict, quick=quick, as_json=as_json))


@app.command("new")
def persona_new(
    new_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Small letters, digits and _.")] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="PRESET|PERSONA", help="A temper (short_fuse, cold) or a caller."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="ID.yaml if not given.")] = None,
) -> None:
    """Begin a caller of your own: a commented file, from a few questions or from something that is there."""
    from voicecoach.commands.persona_new import new_caller

    new_caller(new_id, source, out)


@app.command("schema")
def persona_schema(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it there.")] = None,
) -> None:
    """The JSON Schema of a persona file, for completion in your editor."""
    from voicecoach.commands.persona_files import write_schema

    write_schema(out)


@app.command("migrate")
def persona_migrate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A persona file of an older format, or a draft.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there, not in place.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file given with --out.")] = False,
) -> None:
    """Bring a persona file up to date; comments and fields of your own are kept."""
    from voicecoach.commands.persona_files import migrate_file

    migrate_file(file, out, force=force)
