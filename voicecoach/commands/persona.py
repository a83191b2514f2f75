"""`voicecoach persona list` and `show`."""

from __future__ import annotations

import json
import sys

from rich.text import Text

from voicecoach.commands.session import people_console
from voicecoach.persona.loading import list_personas, load


def list_callers(*, as_json: bool) -> None:
    """One persona a line, id first; or a JSON list of objects."""
    personas = list_personas()
    if as_json:
        rows = [{"id": p.id, "name": p.name, "title": p.title, "language": p.language} for p in personas]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    console = people_console()
    for p in personas:
        line = Text(f"{p.id:<20}", style="bold")
        line.append(f" {p.name}: {p.title}", style="none")
        console.print(line, soft_wrap=not console.is_terminal)


def show_caller(persona_id: str, *, as_json: bool) -> None:
    """The briefing of a caller, as a trainee reads it before the call."""
    persona = load(persona_id)
    if as_json:
        sys.stdout.write(persona.model_dump_json() + "\n")
        return
    console = people_console()
    briefing = persona.briefing
    console.print(Text(f"{persona.name}: {persona.title}", style="bold"))
    console.print(Text(f"\n{briefing.company}\nYou: {briefing.you_are}\n{briefing.situation}\n"))
    for head, items in (("You may offer", briefing.may_offer), ("You may not", briefing.may_not)):
        if items:
            console.print(Text(head, style="bold"))
            for item in items:
                console.print(Text(f"  - {item}"))
