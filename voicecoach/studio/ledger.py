"""The ledger of one call, step by step: what was done, in which words, and every factor of what it did to the anger."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.events import Input, MoodMoved, Output, TurnJudged
from voicecoach.values import Band, LedgerEntry, Mood


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that moved the mood. ``turn`` counts from 1; ``text`` is what the trainee said in it, if anything."""

    at_seconds: float
    turn: int
    text: str
    before: Mood
    after: Mood
    band: Band
    ledger: tuple[LedgerEntry, ...]


class Ledger:
    """Watches a call and keeps its steps; without ``words`` it leaves them out (those of a policy mean nothing)."""

    def __init__(self, *, words: bool = True) -> None:
        self._words = words
        self.steps: list[Step] = []
        self._turn = 0
        self._text = ""

    def watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """To be given to whatever plays the call."""
        for output in outputs:
            if isinstance(output, TurnJudged):
                self._turn, self._text = output.turn, output.text if self._words else ""
            elif isinstance(output, MoodMoved):
                step = Step(
                    output.at_seconds, self._turn, self._text, output.before, output.after, output.band, output.ledger
                )
                self.steps.append(step)
                self._text = ""


def factors_told(entry: LedgerEntry) -> str:
    """The base and what it was multiplied with, as in ``-0.70 x confidence 0.91 x gate 0.52``."""
    if entry.cause == "time":
        return f"{entry.factors[0][1]:.1f} s of drift" if entry.factors else "drift"
    return " x ".join([f"{entry.base:+.2f}", *(f"{name} {value:.2f}" for name, value in entry.factors)])
