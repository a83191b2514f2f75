"""How a call ended, for people and for programs."""

from __future__ import annotations

import dataclasses
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.review.advice import Advice
from voicecoach.review.assessment import StepScore, assess
from voicecoach.review.before_after import BeforeAfter
from voicecoach.review.figures import Figures
from voicecoach.review.naming import Names
from voicecoach.review.reciting import repeats
from voicecoach.review.reviewed import Reviewed
from voicecoach.review.scorecard import Tally
from voicecoach.review.standing import Standing

HEAD_WIDTH = 11


def as_object(call: Reviewed) -> dict[str, Any]:
    """The object `--json` prints: outcome, reason, anger, turns, score (see docs/commands.md)."""
    story, judged = call.story, assess(call)
    card = judged.card
    return {
        "outcome": story.end.outcome.value if story.end else None,
        "reason": story.end.reason if story.end else "the call was broken off",
        "anger": [dataclasses.asdict(point) for point in story.points],
        "turns": [dataclasses.asdict(turn) for turn in story.turns],
        "score": {
            **dataclasses.asdict(card),
            "steps": dict(card.steps),
            "standings": [dataclasses.asdict(standing) for standing in judged.standings],
            "rubric": {"name": judged.rubric.name, "version": judged.rubric.version},
            "by_step": [
                {
                    "step": step.key,
                    "title": step.title,
                    "share": step.share,
                    "ids": [each.id for each in step.standings],
                }
                for step in judged.steps
            ],
            "checks": [dataclasses.asdict(check) for check in judged.checks],
            "passed": judged.passed,
            "best": [dataclasses.asdict(effect) for effect in judged.best],
            "costs": [dataclasses.asdict(effect) for effect in judged.costs],
            "figures": dataclasses.asdict(judged.figures),
            "repeats": [dataclasses.asdict(repeat) for repeat in repeats(story)],
            "points": judged.points,
        },
    }


def print_summary(console: Console, call: Reviewed) -> None:
    """The outcome, what to say next time to this caller, and the short score; the number comes last."""
    say = _Printer(console)
    say.blank()
    story, judged = call.story, assess(call)
    names = Names(call.known, call.rubric.titles)
    card = judged.card
    if story.end is not None:
        outcome = story.end.outcome.value.replace("_", " ")
        say.line(f"Outcome    {outcome}: {story.end.reason}", "bold green" if card.good else "bold red")
    say.line(f"Anger      from {card.start_anger:.1f} to {card.end_anger:.1f}, {card.peak_anger:.1f} at most")
    say.line(f"Caller     heard {card.heard:.0%}, problem solved {card.resolution:.0%}, {card.turns} turns of yours")
    if not card.turns:
        say.line("           You said nothing in this call.")
        return
    for index, advice in enumerate(judged.advice):
        say.line(f"{'Next time' if index == 0 else '':<10} {_try(advice, names)}. {advice.entry.tip}")
        if advice.heard:
            say.line(f'{"":<10} You heard: "{advice.heard}"', "dim")
        say.line(f"{'':<10} For instance: {advice.say[0]}", "italic")
        say.line(f"{'':<10} Or: {advice.say[1]}", "italic")
    say.line(f"HEAT       {'  '.join(_step(step) for step in judged.steps)}")
    say.tallies("Did well", card.techniques, "green")
    say.tallies("Cost you", card.mistakes, "red")
    say.missed(judged.standings)
    say.spoken(judged.figures)
    for again in repeats(story):
        say.line(f'Again      "{again.text}" {len(again.at_seconds)} times: it counts once', "yellow")
    for check in judged.checks:
        if not check.passed:
            say.line(f"Not yet    {check.title} ({'; '.join(check.why)})", "yellow")
    say.line(f"Points     {judged.points} of 100 by {call.rubric.name} {call.rubric.version}", "dim")
    say.blank()


def print_before_after(console: Console, tried: BeforeAfter) -> None:
    """The call beside the one it tries again."""
    say = _Printer(console)
    turn = f", from turn {tried.from_turn} on" if tried.from_turn else ""
    say.line(f"Beside     {tried.earlier}{turn}", "bold")
    styles = {"better": "green", "worse": "red"}
    for row in tried.rows:
        say.line(f"{'':<11}{row.what:<24} {row.before:>16} -> {row.now:<16} {row.verdict}", styles.get(row.verdict, ""))
    for head, titles in (("New", tried.gained), ("Avoided", tried.avoided), ("Left out", tried.lost)):
        if titles:
            say.line(f"{head:<10} {', '.join(titles)}", "yellow" if head == "Left out" else "green")
    if tried.slipped:
        say.line(f"{'Slipped in':<10} {', '.join(tried.slipped)}", "red")
    say.blank()


def _try(advice: Advice, names: Names) -> str:
    title = names.title(advice.entry.id)
    return f"Instead of: {title}" if advice.entry.is_mistake else title


def _step(step: StepScore) -> str:
    return f"{step.title.lower()} {'-' if step.share is None else f'{step.share:.0%}'}"


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

    def spoken(self, spoken: Figures) -> None:
        """How you spoke and listened, as far as this call can show it."""
        told = []
        if spoken.talk_share is not None:
            told.append(f"{spoken.talk_share:.0%} of the talking was yours")
        if spoken.response_seconds is not None:
            told.append(f"you answered after {spoken.response_seconds:.1f} s")
        if spoken.words_per_minute is not None:
            calm = f" ({spoken.calm_words_per_minute:.0f} when calm)" if spoken.calm_words_per_minute else ""
            told.append(f"{spoken.words_per_minute:.0f} words a minute{calm}")
        if spoken.loudest_db is not None:
            told.append(f"loudest turn {spoken.loudest_db:+.0f} dB against your calm voice")
        if spoken.interruptions:
            told.append(f"you cut in {spoken.interruptions} times" if spoken.interruptions > 1 else "you cut in once")
        if told:
            self.line(f"{'You spoke':<10} {', '.join(told)}")
