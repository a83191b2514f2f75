"""The machine and what is on it."""

from __future__ import annotations

import typer

from voicecoach.cli.options import JsonFlag

app = typer.Typer()


@app.command()
def doctor(as_json: JsonFlag = False) -> None:
    """Check devices, levels, models and voices, and say what to do about each."""
    from voicecoach.commands.doctor import doctor as examine

    examine(as_json)
