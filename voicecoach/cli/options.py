"""Arguments and options that more than one command takes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Stt(StrEnum):
    """Who listens to the trainee."""

    VOSK = "vosk"
    SPHINX = "sphinx"
    TYPED = "typed"


PngOption = Annotated[Path | None, typer.Option("--png", metavar="F.png", help="Draw a picture (needs matplotlib).")]
SvgOption = Annotated[Path | None, typer.Option("--svg", metavar="F.svg", help="The same, as SVG.")]
HtmlOption = Annotated[Path | None, typer.Option("--html", metavar="F.html", help="A page that stands alone.")]

DEFAULT_PERSONA = "double_charge"

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
PersonaArgument = Annotated[str, typer.Argument(help="A caller's id (see `voicecoach persona list`) or a file.")]
MaybePersonaArgument = Annotated[
    str | None,
    typer.Argument(help=f"A caller's id (see `voicecoach persona list`) or a file; {DEFAULT_PERSONA} if not given."),
]
SeedOption = Annotated[
    int | None,
    typer.Option(help="Another seed, another choice of the caller's words; at the headset and the keyboard by chance."),
]
SttOption = Annotated[Stt | None, typer.Option(help="Who listens: a recogniser, or `typed` for the keyboard.")]
TechniquesOption = Annotated[
    Path | None,
    typer.Option("--techniques", metavar="FILE", help="Phrases and ids of your own, instead of techniques.yaml."),
]
NoOpenOption = Annotated[bool, typer.Option("--no-open", help="Do not open the report in the browser.")]
RubricOption = Annotated[
    Path | None,
    typer.Option("--rubric", metavar="FILE", help="What the score card counts, instead of rubric.yaml."),
]
ModelOption = Annotated[Path | None, typer.Option(metavar="DIR", help="The folder of a Vosk model.")]


class Echo(StrEnum):
    """What keeps the caller's voice out of the microphone."""

    AUTO = "auto"
    NONE = "none"
    GATE = "gate"
    CANCEL = "cancel"


EchoOption = Annotated[
    Echo,
    typer.Option(
        help="On loudspeakers: `gate` listens only while the caller is silent, `cancel` takes the caller's voice out "
        "(an extra), `none` for a headset; by itself it tests once for each pair of devices."
    ),
]
VoiceOption = Annotated[
    str | None,
    typer.Option("--voice", metavar="NAME", help="Who speaks: a neural voice of `models list`, or a Piper file."),
]
TelephoneOption = Annotated[
    bool | None,
    typer.Option("--telephone/--no-telephone", help="Through a telephone line or not; else as the persona says."),
]
