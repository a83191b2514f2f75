"""A turn for people: the words that did it marked in the line itself, and beside it what they did."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.values import Detection

GOOD, BAD = "green", "red"
NAME_WIDTH = 12
BESIDE_WIDTH = 34


class MarkedLines:
    """Prints turns on a console: in colour on a terminal, plain whole lines elsewhere.

    ``known`` is every id that can be detected.
    """

    def __init__(self, console: Console, known: Mapping[str, Entry]) -> None:
        self._console = console
        self._known = known

    def tell(self, text: str) -> None:
        """A remark that belongs to no turn."""
        self._console.print(Text(text, style="italic"), soft_wrap=not self._console.is_terminal)

    def caller(self, who: str, text: str) -> None:
        """What the caller said."""
        if not self._console.is_terminal:
            self._console.print(Text(f"{who}: {text}"), soft_wrap=True)
            return
        self._row(who, Text(text, style="dim"), Text())

    def trainee(self, who: str, text: str, found: Sequence[Detection]) -> None:
        """What the trainee said (``who`` may be empty), and what was heard in it."""
        if self._console.is_terminal:
            self._row(who, self.marked(text, found), Text("\n").join(self._beside(each) for each in found))
            return
        lines = [Text(f"{who}: {text}" if who else text), *(self._below(each) for each in found)]
        self._console.print(Text("\n").join(lines), soft_wrap=True)

    def marked(self, text: str, found: Sequence[Detection]) -> Text:
        """The text, with the words of each detection underlined; where two meet, the mistake shows."""
        words = [match.span() for match in re.finditer(r"\S+", text)]
        line = Text(text)
        for each in sorted(found, key=self._is_mistake):
            start, end = each.span
            if start < end <= len(words):
                line.stylize(f"underline {self._colour(each)}", words[start][0], words[end - 1][1])
        return line

    def _beside(self, each: Detection) -> Text:
        line = Text(f"{self._sign(each)} {each.id.replace('_', ' ')}", style=self._colour(each))
        return line.append(f" {each.confidence:.0%}  {each.why}", style="dim")

    def _below(self, each: Detection) -> Text:
        line = Text(f"    {self._sign(each)} {each.id}", style=self._colour(each))
        line.append(f'  {each.confidence:.0%}  "{each.words}"', style="dim")
        return line.append(f"  {each.why}", style="dim") if each.why else line

    def _row(self, who: str, text: Text, beside: Text) -> None:
        row = Table.grid(padding=(0, 2, 0, 0), expand=True)
        if who:
            row.add_column(width=NAME_WIDTH, overflow="ellipsis", no_wrap=True)
        row.add_column(overflow="fold", ratio=1)
        row.add_column(width=BESIDE_WIDTH, overflow="fold")
        row.add_row(*((Text(who, style="bold"),) if who else ()), text, beside)
        self._console.print(row)

    def _is_mistake(self, each: Detection) -> bool:
        return each.id in self._known and self._known[each.id].is_mistake

    def _colour(self, each: Detection) -> str:
        return BAD if self._is_mistake(each) else GOOD

    def _sign(self, each: Detection) -> str:
        return "-" if self._is_mistake(each) else "+"
