"""The command line: names the commands; each lives in ``commands/`` and is imported only when it is run."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from voicecoach.errors import VoicecoachError

app = typer.Typer(
    name="voicecoach",
    help="Rehearse hard customer-service calls aloud, offline: an angry caller speaks, you answer, and see why "
    "the anger rose or fell.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
persona_app = typer.Typer(help="The callers: list, show and simulate them.", no_args_is_help=True)
models_app = typer.Typer(help="Speech models: which there are, fetch one, where they go.", no_args_is_help=True)
app.add_typer(persona_app, name="persona")
app.add_typer(models_app, name="models")


class Stt(StrEnum):
    """Who listens to the trainee."""

    VOSK = "vosk"
    SPHINX = "sphinx"
    TYPED = "typed"


JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text for people.")]
PersonaArgument = Annotated[str, typer.Argument(help="A caller's id (see `voicecoach persona list`) or a file.")]
SeedOption = Annotated[
    int | None,
    typer.Option(help="Another seed, another choice of the caller's words; at the headset and the keyboard by chance."),
]
SttOption = Annotated[Stt | None, typer.Option(help="Who listens: a recogniser, or `typed` for the keyboard.")]
TechniquesOption = Annotated[
    Path | None,
    typer.Option("--techniques", metavar="FILE", help="Phrases and ids of your own, instead of techniques.yaml."),
]
ModelOption = Annotated[Path | None, typer.Option(metavar="DIR", help="The folder of a Vosk model.")]

DEFAULT_PERSONA = "double_charge"

_CommandLineError: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""What typer raises for words it cannot make sense of; it has no public name there."""


def run() -> None:
    """Run the command that was typed. Errors are one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark
    try:
        code = app(standalone_mode=False)
    except VoicecoachError as error:
        _refuse(str(error))
    except _CommandLineError as error:
        context = getattr(error, "ctx", None)
        remedy = f"; see `{context.command_path} --help`" if context else ""
        _refuse(f"{' '.join(error.format_message().split()).rstrip('.')}{remedy}")
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left; nothing to complain about
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(told: str) -> NoReturn:
    sys.stderr.write(f"voicecoach: {told}\n")
    sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        from voicecoach import __version__

        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def call(
    persona: PersonaArgument = DEFAULT_PERSONA,
    stt: SttOption = None,
    model: ModelOption = None,
    seed: SeedOption = None,
    no_record: Annotated[bool, typer.Option("--no-record", help="Keep the journal, not the sound.")] = False,
    mic: Annotated[Path | None, typer.Option(metavar="IN.wav", help="A sound file is the trainee.")] = None,
    script: Annotated[Path | None, typer.Option(metavar="TURNS.yaml", help="A file of turns is the trainee.")] = None,
    voiced: Annotated[bool, typer.Option("--voiced", help="Speak the script, and really recognise it.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="OUT.wav", help="Stereo: trainee left, caller right.")] = None,
    as_json: JsonFlag = False,
    input_device: Annotated[str | None, typer.Option("--input", help="Microphone, by name or number.")] = None,
    output_device: Annotated[str | None, typer.Option("--output", help="Loudspeaker, by name or number.")] = None,
    techniques: TechniquesOption = None,
) -> None:
    """Take a call: at the headset, by keyboard, or from files."""
    from voicecoach.commands.call import take_call
    from voicecoach.commands.options import CallOptions

    take_call(
        CallOptions(
            persona=persona,
            stt=stt.value if stt else None,
            model=model,
            seed=seed,
            record=not no_record,
            mic=mic,
            script=script,
            voiced=voiced,
            out=out,
            as_json=as_json,
            input_device=input_device,
            output_device=output_device,
            techniques=techniques,
        )
    )


@app.command()
def demo(
    badly: Annotated[bool, typer.Option("--badly", help="The same caller, handled badly.")] = False,
    silent: Annotated[bool, typer.Option("--silent", help="Play no sound, run as fast as it goes.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Watch (and hear) a whole call: a synthetic trainee takes it. No microphone and no download needed."""
    from voicecoach.commands.demo import play_demo

    play_demo(badly=badly, silent=silent, as_json=as_json)


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
) -> None:
    """Speak a line in a caller's voice, at some anger."""
    from voicecoach.commands.say import say_line

    say_line(text, persona=persona, anger=anger, out=out)


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


@app.command()
def doctor(as_json: JsonFlag = False) -> None:
    """Check devices, levels, models and voices, and say what to do about each."""
    from voicecoach.commands.doctor import doctor as examine

    examine(as_json)


@persona_app.command("list")
def persona_list(as_json: JsonFlag = False) -> None:
    """The callers there are, one a line, id first."""
    from voicecoach.commands.persona import list_callers

    list_callers(as_json=as_json)


@persona_app.command("show")
def persona_show(persona: PersonaArgument, as_json: JsonFlag = False) -> None:
    """Who calls, why, and what you may offer."""
    from voicecoach.commands.persona import show_caller

    show_caller(persona, as_json=as_json)


@persona_app.command("simulate")
def persona_simulate(
    persona: PersonaArgument,
    policy: Annotated[list[str] | None, typer.Option(help="Who takes the calls; all of them if not given.")] = None,
    calls: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many calls of each.")] = 200,
    as_json: JsonFlag = False,
) -> None:
    """Play many calls without sound, by named ways of handling them, and tell how they end."""
    from voicecoach.commands.persona import simulate_calls

    simulate_calls(persona, policies=tuple(policy or ()), calls=calls, as_json=as_json)


@models_app.command("list")
def models_list(as_json: JsonFlag = False) -> None:
    """The models that can be fetched, and which are here."""
    from voicecoach.commands.models import list_models

    list_models(as_json)


@models_app.command("fetch")
def models_fetch(
    name: Annotated[
        str | None, typer.Argument(help="A model's name, see `models list`; the one to begin with if not given.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="URL|FILE", help="Another place that has NAME.zip, or that file.")
    ] = None,
) -> None:
    """Fetch a model; the only command that uses the network."""
    from voicecoach.commands.models import fetch_model

    fetch_model(name, source)


@models_app.command("where")
def models_where() -> None:
    """The folder the models go to."""
    from voicecoach.commands.models import where_models

    where_models()
