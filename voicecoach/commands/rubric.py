"""`voicecoach rubric`: what a score card counts, and what a call must pass."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.text import Text

from voicecoach.commands.hearing import own_rubric, own_techniques
from voicecoach.commands.session import people_console
from voicecoach.review.rubric import shipped_text


def show_rubric(file: Path | None, *, shipped: bool) -> None:
    """The rubric in use, or this file over the shipped one, in plain lines. Raises ``RubricError``."""
    if shipped:
        sys.stdout.write(shipped_text())
        return
    rubric = own_rubric(file, own_techniques(None))
    console = people_console()

    def say(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    say(f"{rubric.name}, version {rubric.version}", "bold")
    for step in rubric.steps:
        counted = ", ".join(f"{id_.replace('_', ' ')} {weight:g}" for id_, weight in step.techniques.items())
        say(f"{step.title} (weighs {step.weight:g}): {counted}")
    off = ", ".join(f"{id_.replace('_', ' ')} {points:g}" for id_, points in rubric.mistakes.items())
    say(f"Points off, each time: {off}")
    say("A call passes when:")
    for rule in rubric.rules:
        say(f"  {rule.title}: {rule.rule.text}")
