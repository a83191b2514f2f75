"""How a call ended, for people and for programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.persona.file import Persona
from voicecoach.review.advice import advise
from voicecoach.review.curve import Story
from voicecoach.review.scorecard import ScoreCard, Tally, score
from voicecoach.review.standing import Standing, standings
from voicecoach.techniques.catalogue_entry import Entry

HEAD_WIDTH = 11


def as_object(story: Story, known: Mapping[str, Entry]) -> dict[str, Any]:
    """The object `--json` prints: outcome, reason, anger, turns, score (see docs/commands.md).

    ``known`` is every id that counts: the catalogue's, and a coach's own.
    """
    card = score(story, known)
    return {
        "outcome": story.end.outcome.value if story.end else None,
        "reason": story.end.reason if story.end else "the call was broken off",
        "anger": [dataclasses.asdict(point) for point in story.points],
        "turns": [dataclasses.asdict(turn) for turn in story.turns],
        "score": {
            **dataclasses.asdict(card),
            "steps": dict(card.steps),
            "standings": [dataclasses.asdict(standing) for standing in standings(story)],
        },
    }


def print_summary(
    console: Console, story: Story, card: ScoreCard, known: Mapping[str, Entry], persona: Persona
) -> None:
    """The outcome and the short score, and what to say next time to this ``persona``."""
    say = _Printer(console)
    say.blank()
    if story.end is not None:
        outcome = story.end.outcome.value.replace("_", " ")
        say.line(f"Outcome    {outcome}: {story.end.reason}", "bold green" if card.good else "bold red")
    say.line(f"Anger      from {card.start_anger:.1f} to {card.end_anger:.1f}, {card.peak_anger:.1f} at most")
    say.line(f"Caller     heard {card.heard:.0%}, problem solved {card.resolution:.0%}, {card.turns} turns of yours")
    if not card.turns:
        say.line("           You said nothing in this call.")
        return
    steps = "  ".join(f"{step} {'yes' if done else 'no'}" for step, done in card.steps)
    say.line(f"HEAT       {steps}")
    say.tallies("Did well", card.techniques, "green")
    say.tallies("Cost you", card.mistakes, "red")
    say.missed(standings(story))
    for index, advice in enumerate(advise(card.try_next, story, known, persona)):
        say.line(f"{'Next time' if index == 0 else '':<10} {advice.entry.title}. {advice.entry.tip}")
        if advice.heard:
            say.line(f'{"":<10} You heard: "{advice.heard}"', "dim")
        say.line(f"{'':<10} For instance: {advice.say[0]}", "italic")
        say.line(f"{'':<10} Or: {advice.say[1]}", "italic")
    say.blank()


class _Printer:
    def __init__(self, console: Console) -> None:
        self._console = console

    def blank(self) -> None:
        self._console.print()

    def line(self, text: str, style: str = "") -> None:
        """A head of eleven columns and the rest, which wraps beside it on a terminal."""
        head, rest = text[:HEAD_WIDTH], text[HEAD_WIDTH:]
        if not self._console.is_terminal:
            self._console.print(Text(text, style=style), soft_wrap=True)
            return
        row = Table.grid()
        row.add_column(width=HEAD_WIDTH, no_wrap=True)
        row.add_column(overflow="fold")
        row.add_row(Text(head, style="bold"), Text(rest, style=style))
        self._console.print(row)

    def tallies(self, head: str, tallies: tuple[Tally, ...], style: str) -> None:
        if tallies:
            told = ", ".join(f"{t.id.replace('_', ' ')} x{t.count} ({t.anger:+.1f})" for t in tallies)
            self.line(f"{head:<10} {told}", style)

    def missed(self, found: tuple[Standing, ...]) -> None:
        """What would have fitted, and when."""
        told = [
            f"{item.id.replace('_', ' ')} ({item.at_seconds:.0f} s)"
            for item in found
            if item.state == "missed" and item.at_seconds is not None
        ]
        if told:
            self.line(f"{'Missed':<10} {', '.join(told)}", "yellow")
