"""Where lines for people go; cheap to import, for commands that must answer at once."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text


def people_console(*, beside_json: bool = False) -> Console:
    """A console that wraps on a terminal, and prints plain whole lines into a pipe.

    With ``beside_json`` it is standard error, because standard output belongs to the one JSON object.
    """
    return Console(highlight=False, stderr=beside_json)


def tell_beside(text: str) -> None:
    """A line for people beside whatever a program reads."""
    people_console(beside_json=True).print(Text(text), soft_wrap=True)
