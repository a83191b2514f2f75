"""`voicecoach persona new`: a caller's file from questions, from a temper, or from another caller."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from voicecoach.commands.persona_files import write_text
from voicecoach.errors import UsageError
from voicecoach.persona.loading import file_of
from voicecoach.persona.shelf import read_file
from voicecoach.studio.check import check
from voicecoach.studio.new_caller import PRESETS, Answers, checked_id, copied_text, new_text, preset_named


def new_caller(given_id: str | None, source: str | None, out: Path | None) -> None:
    """Write the file, refusing to write over another, and tell what it needs next."""
    if source is None and not _somebody_to_ask():
        names = ", ".join(preset.removeprefix("_") for preset in PRESETS)
        raise UsageError("there is nobody to ask", remedy=f"start from something: --from {names}, or a caller's id")
    if given_id is None and not _somebody_to_ask():
        raise UsageError("the new caller has no id", remedy="give one: voicecoach persona new late_parcel --from cold")
    new_id = checked_id(given_id if given_id is not None else typer.prompt("Id (small letters, as the file's name)"))
    file = out if out is not None else Path(f"{new_id}.yaml")
    if file.exists():
        raise UsageError(f"{file} is there already", remedy="give another id, or another file with --out")
    write_text(file, _text(new_id, source, file))
    _tell(file)


def _text(new_id: str, source: str | None, file: Path) -> str:
    if source is None:
        return new_text(_asked(new_id), str(file))
    preset = preset_named(source)
    if preset is not None:
        return new_text(Answers(new_id, preset), str(file))
    return copied_text(read_file(file_of(source)), source, new_id)


def _asked(new_id: str) -> Answers:
    example = Answers(new_id)
    typer.echo("What kind of caller?")
    presets = list(PRESETS)
    for number, (preset, about) in enumerate(PRESETS.items(), 1):
        typer.echo(f"  {number} {preset.removeprefix('_'):<12} {about}")
    chosen = typer.prompt("Number", default=1, type=int)
    while not 1 <= chosen <= len(presets):
        chosen = typer.prompt(f"A number from 1 to {len(presets)}", default=1, type=int)
    typer.echo("Enter takes what stands in brackets.")
    return Answers(
        new_id,
        presets[chosen - 1],
        typer.prompt("The caller's name", default=example.name),
        typer.prompt("Who the trainee works for", default=example.company),
        typer.prompt("Who the trainee is", default=example.you_are),
        typer.prompt("What happened, in a sentence of the caller's", default=example.happened),
        typer.prompt("What would settle it", default=example.wanted),
        typer.prompt("What would do as well", default=example.accepted),
    )


def _somebody_to_ask() -> bool:
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _tell(file: Path) -> None:
    typer.echo(f"{file} is written.")
    for finding in check(file, quick=True).findings:
        typer.echo(str(finding))
    typer.echo(f"Talk to it:  voicecoach call {_as_path(file)} --stt typed")
    typer.echo(f"Check it:    voicecoach persona check {_as_path(file)}")


def _as_path(file: Path) -> str:
    return str(file) if file.is_absolute() or len(file.parts) > 1 else f"./{file}"
