"""Text and sound without a call: what is heard in words, what is said in a file, a line spoken."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import (
    DEFAULT_PERSONA,
    JsonFlag,
    ModelOption,
    SttOption,
    TechniquesOption,
    TelephoneOption,
    VoiceOption,
)

app = typer.Typer()


@app.command()
def detect(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Standard input if not given.")] = None,
    agent: Annotated[str, typer.Option(metavar="NAME", help="Who of a transcript's speakers is the trainee.")] = "",
    techniques: TechniquesOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Hear techniques and mistakes in text: a transcript, plain lines, or JSON lines {"context","text"}."""
    from voicecoach.commands.detect import detect_lines

    detect_lines(file, as_json=as_json, agent=agent, techniques=techniques)


@app.command()
def transcribe(
    file: Annotated[Path, typer.Argument(metavar="FILE.wav")],
    stt: SttOption = None,
    model: ModelOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Write down what is said in a sound file."""
    from voicecoach.commands.transcribe import transcribe_file

    transcribe_file(file, stt=stt.value if stt else None, model=model, as_json=as_json)


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What the caller says.")],
    persona: Annotated[str, typer.Option("--persona", "-p", help="Whose voice.")] = DEFAULT_PERSONA,
    anger: Annotated[float, typer.Option(min=0.0, max=10.0, help="How angry, 0 to 10.")] = 5.0,
    out: Annotated[Path | None, typer.Option(metavar="F.wav", help="Write a file instead of playing.")] = None,
    voice: VoiceOption = None,
    telephone: TelephoneOption = None,
) -> None:
    """Speak a line in a caller's voice, at some anger."""
    from voicecoach.commands.say import say_line

    say_line(text, persona=persona, anger=anger, out=out, voice_name=voice, telephone=telephone)
