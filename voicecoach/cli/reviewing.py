"""What comes after a call."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.cli.options import JsonFlag

app = typer.Typer()


@app.command()
def review(
    call: Annotated[str, typer.Argument(help="A call: `last`, its name, or a path.")] = "last",
    as_json: JsonFlag = False,
) -> None:
    """The call again as text, with its score."""
    from voicecoach.commands.review import review_call

    review_call(call, as_json=as_json)


@app.command()
def history(as_json: JsonFlag = False) -> None:
    """The calls taken so far."""
    from voicecoach.commands.review import list_calls

    list_calls(as_json=as_json)


@app.command()
def replay(
    call: Annotated[str, typer.Argument(help="A call: `last`, its name, or a path.")] = "last",
    persona: Annotated[str | None, typer.Option(help="Play it against another persona, or an edited file.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Feed a recorded call to the engine again: the same curve, or the one another persona would have had."""
    from voicecoach.commands.replay import replay_call

    replay_call(call, persona=persona, as_json=as_json)
