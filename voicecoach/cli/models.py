"""Speech models."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.cli.options import JsonFlag

app = typer.Typer(help="Speech models: which there are, fetch one, where they go.", no_args_is_help=True)


@app.command("list")
def models_list(as_json: JsonFlag = False) -> None:
    """The models that can be fetched, and which are here."""
    from voicecoach.commands.models import list_models

    list_models(as_json)


@app.command("fetch")
def models_fetch(
    name: Annotated[
        str | None, typer.Argument(help="A model's name, see `models list`; the one to begin with if not given.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="URL|FILE", help="Another place that has NAME.zip, or that file.")
    ] = None,
) -> None:
    """Fetch a model; the only command that uses the network."""
    from voicecoach.commands.models import fetch_any

    fetch_any(name, source)


@app.command("where")
def models_where() -> None:
    """The folder the models go to."""
    from voicecoach.commands.models import where_models

    where_models()
