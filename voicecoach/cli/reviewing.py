"""What comes after a call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import HtmlOption, JsonFlag, NoOpenOption, PngOption, SvgOption

app = typer.Typer()


@app.command()
def review(
    call: Annotated[str, typer.Argument(help="A call: `last`, its name, or a path.")] = "last",
    out: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write the report there.")] = None,
    no_open: NoOpenOption = False,
    no_sound: Annotated[bool, typer.Option("--no-sound", help="A small report, without the recording.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """The call again as text, with its score; and its report, a page with the curve and the sound."""
    from voicecoach.commands.review import ReportWish, review_call

    review_call(call, as_json=as_json, report=ReportWish(out, no_open=no_open, sound=not no_sound))


@app.command()
def replay(
    call: Annotated[str, typer.Argument(help="A call: `last`, its name, or a path.")] = "last",
    persona: Annotated[str | None, typer.Option(help="Play it against another persona, or an edited file.")] = None,
    png: PngOption = None,
    svg: SvgOption = None,
    html: HtmlOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Feed a recorded call to the engine again: the same curve, or the one another persona would have had."""
    from voicecoach.commands.drawing import Drawings
    from voicecoach.commands.replay import replay_call

    replay_call(call, persona=persona, as_json=as_json, drawings=Drawings(png, svg, html))


@app.command()
def contest(
    call: Annotated[str, typer.Argument(help="A call: `last`, its name, or a path.")] = "last",
    turn: Annotated[int | None, typer.Argument(min=1, help="Which of your turns, from 1; none lists them.")] = None,
    technique: Annotated[str | None, typer.Argument(metavar="[ID]", help="The technique or mistake.")] = None,
    add: Annotated[bool, typer.Option("--add", help="It was there and was not heard.")] = False,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    words: Annotated[str, typer.Option(help="With --add: the words that did it.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so; the trainee if not given.")] = "",
    withdraw: Annotated[int, typer.Option(metavar="N", min=0, help="Take back contest number N.")] = 0,
    lines: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append the contested turns as labelled lines, to learn from.")
    ] = None,
    consent: Annotated[bool, typer.Option("--consent", help="With --lines: whoever spoke them agrees.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Say that a detection is wrong, or that one was missed; the curve and the score follow."""
    from voicecoach.commands.contest import ContestOptions, contest_call

    contest_call(
        ContestOptions(
            call=call,
            turn=turn,
            id=technique,
            add=add,
            reason=reason,
            words=words,
            by=by,
            withdraw=withdraw,
            lines=lines,
            consent=consent,
            as_json=as_json,
        )
    )


@app.command()
def rubric(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Check this one, not the one in use.")] = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="Print the shipped one, to begin your own with.")] = False,
) -> None:
    """What a score card counts and what a call must pass: check yours, or print the shipped one."""
    from voicecoach.commands.rubric import show_rubric

    show_rubric(file, shipped=shipped)
