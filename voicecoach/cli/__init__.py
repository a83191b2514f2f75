"""The command line: a module a group of commands; what they do lives in ``commands/``, imported only when it is run."""

from __future__ import annotations

import io
import sys
from typing import Annotated, Any, NoReturn

import typer

from voicecoach.cli import calls, keeping, machine, models, personas, reviewing, studio, words
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
for _group in (calls, words, reviewing, keeping, machine):
    app.add_typer(_group.app)
studio.add_to(personas.app)
app.add_typer(personas.app, name="persona")
app.add_typer(models.app, name="models")

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
        if not error.format_message():
            sys.exit(2)  # a group without a command: its help is already on the screen
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
