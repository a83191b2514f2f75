"""The call as it happens, line by line, for a terminal: who speaks, what was heard in it, and what the anger does.

Only whole lines are printed, so that it reads the same in a terminal, in a pipe and in a file; colour is an extra.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.events import EndCall, Input, LineEnded, LineStarted, MoodMoved, Output, Remarked, Say, TurnJudged
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.values import Band, Detection, LedgerEntry, Line

METER_WIDTH = 20
BAND_STYLES = {Band.CALM: "green", Band.ANNOYED: "yellow", Band.ANGRY: "dark_orange", Band.FURIOUS: "bold red"}
REASONS_SHOWN = 4
SMALLEST_REASON = 0.05
INDENT = " " * 15


class LiveView:
    """Prints a call on a console as its events come in; give ``watch`` to the loop.

    ``known`` is every id that can be detected.
    """

    def __init__(self, console: Console, start_anger: float, known: Mapping[str, Entry]) -> None:
        self._console = console
        self._lines: dict[int, Line] = {}
        self._anger = start_anger
        self._known = known
        self._fancy = console.encoding.lower().startswith("utf")

    def watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        """One input and what it led to."""
        if isinstance(event, LineStarted) and event.number in self._lines:
            line = self._lines[event.number]
            self._say(event.at_seconds, "CALLER", line.text, BAND_STYLES[line.band])
        if isinstance(event, LineEnded) and not event.completed:
            self._note(event.at_seconds, "(the caller stops)")
        for output in outputs:
            self._show(output)

    def _show(self, output: Output) -> None:
        match output:
            case Say():
                self._lines[output.line.number] = output.line
            case TurnJudged():
                if output.resumed:
                    self._note(output.at_seconds, "(you went on: both parts are one turn)")
                if output.text:
                    self._say(output.at_seconds, "YOU", output.text, "bold cyan")
                for detection in output.detections:
                    self._row(INDENT, self._detection(detection))
            case MoodMoved():
                self._row(INDENT, self._meter(output))
                if reasons := self._reasons(output.ledger):
                    self._row(INDENT, Text(f"      {reasons}", style="dim"))
            case Remarked():
                self._note(output.at_seconds, output.text)
            case EndCall():
                self._note(output.at_seconds, f"The call ends: {output.outcome.value.replace('_', ' ')}")

    def _say(self, at_seconds: float, who: str, text: str, style: str) -> None:
        self._row(f"{at_seconds:6.1f}  {who:<6} ", Text(text, style=style))

    def _note(self, at_seconds: float, text: str) -> None:
        self._row(f"{at_seconds:6.1f}  {'':6} ", Text(text, style="italic"))

    def _detection(self, detection: Detection) -> Text:
        known = self._known.get(detection.id)
        mistake = known is not None and known.is_mistake
        sure = detection.confidence >= MINIMUM_CONFIDENCE
        sign = "?" if not sure else "-" if mistake else "+"
        line = Text(f"{sign} {detection.id.replace('_', ' ')}", style="red" if mistake else "green")
        if detection.words:
            line.append(f'  "{detection.words}"', style="default")
        elif detection.why:
            line.append(f"  ({detection.why})", style="dim")
        if not sure:
            line.append("  (not sure: not scored)", style="dim")
        return line

    def _meter(self, moved: MoodMoved) -> Text:
        full = round(moved.after.anger / 10 * METER_WIDTH)
        filled, empty = ("█", "░") if self._fancy else ("#", ".")
        delta = moved.after.anger - self._anger
        self._anger = moved.after.anger
        line = Text("anger ", style="dim")
        line.append(filled * full + empty * (METER_WIDTH - full), style=BAND_STYLES[moved.band])
        line.append(f" {moved.after.anger:4.1f} {moved.band.value}", style=BAND_STYLES[moved.band])
        line.append(f"  {delta:+.1f}", style="bold")
        return line

    def _reasons(self, ledger: tuple[LedgerEntry, ...]) -> str:
        worth = sorted((e for e in ledger if abs(e.delta) >= SMALLEST_REASON), key=lambda e: -abs(e.delta))
        return ", ".join(f"{entry.cause.replace('_', ' ')} {entry.delta:+.1f}" for entry in worth[:REASONS_SHOWN])

    def _row(self, head: str, text: Text) -> None:
        """A head of fixed width, and text that wraps beside it on a terminal and stays whole elsewhere."""
        if not self._console.is_terminal:
            self._console.print(Text.assemble(head, text), soft_wrap=True)
            return
        row = Table.grid()
        row.add_column(width=len(INDENT), no_wrap=True)
        row.add_column(overflow="fold")
        row.add_row(Text(head, style="dim"), text)
        self._console.print(row)
