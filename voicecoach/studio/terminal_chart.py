"""Curves in the terminal, readable without colour: the envelope is shaded, the median stands in it.

A cell is one anger point high. With two curves in a panel the second one has marks of its own.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from voicecoach.studio.sheet import Panel, Series, Sheet

ROWS = 10
AXIS_WIDTH = 4
NARROWEST = 24
MARKS = (("━", "░"), ("╍", "▒"))
PLAIN_MARKS = (("#", "."), ("o", ":"))
"""Median and envelope of the first and the second curve; plain ones where the output knows no others."""

BOTH = "┅"
STYLES = ("cyan", "magenta")
TICK_COLUMNS = 12
NICE_SECONDS = (5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 1200, 1800, 3600)


def draw(console: Console, sheet: Sheet) -> None:
    """Every panel below the other, as wide as the console (80 columns where it is none)."""
    width = max(NARROWEST, console.width)
    console.print(Text(sheet.title, style="bold"), soft_wrap=True)
    console.print(Text(sheet.subtitle, style="dim"), soft_wrap=True)
    for panel in sheet.panels:
        console.print()
        for line in panel_lines(panel, width, sheet.seconds, plain=not _knows_marks(console)):
            console.print(line, soft_wrap=True)


def panel_lines(panel: Panel, width: int, seconds: float, *, plain: bool = False) -> list[Text]:
    """The panel as lines of at most ``width`` characters; its time axis ends at ``seconds``."""
    marks = PLAIN_MARKS if plain else MARKS
    columns = width - AXIS_WIDTH - 1
    lines = _heads(panel, width, marks)
    cells = [_cells(series, columns, seconds) for series in panel.series]
    for row in reversed(range(ROWS)):
        line = Text(f"{row + 1 if row % 2 else '':>{AXIS_WIDTH - 1}} ")
        line.append("|" if plain else "│", style="dim")
        for column in range(columns):
            line.append(*_cell([cell[column] for cell in cells], row, marks))
        line.rstrip()
        lines.append(line)
    lines += _time_axis(columns, seconds, plain=plain)
    if panel.told:
        told = Text(f"{'':{AXIS_WIDTH}} {panel.told}", style="dim")
        told.truncate(width, overflow="ellipsis")
        lines.append(told)
    return lines


Column = tuple[int, int, int] | None
"""The rows of low, median and high in one column; None after the end of the curve."""


def _cells(series: Series, columns: int, seconds: float) -> list[Column]:
    found: list[Column] = []
    last = series.at_seconds[-1] if series.at_seconds else -1.0
    place = 0
    for column in range(columns):
        at = seconds * column / max(1, columns - 1)
        if at > last + seconds / columns:
            found.append(None)
            continue
        while place + 1 < len(series.at_seconds) and series.at_seconds[place + 1] <= at:
            place += 1
        found.append((_row(series.low[place]), _row(series.middle[place]), _row(series.high[place])))
    return found


def _row(anger: float) -> int:
    return min(ROWS - 1, max(0, int(anger)))


def _cell(columns: list[Column], row: int, marks: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    here = [number for number, column in enumerate(columns) if column is not None and column[1] == row]
    if len(here) > 1:
        return (BOTH if marks is MARKS else "%"), "bold"
    if here:
        return marks[here[0]][0], f"bold {STYLES[here[0]]}"
    for number, column in enumerate(columns):
        if column is not None and column[0] <= row <= column[2]:
            return marks[number][1], STYLES[number]
    return " ", ""


def _heads(panel: Panel, width: int, marks: tuple[tuple[str, str], ...]) -> list[Text]:
    """The title; with two curves also which is which."""
    heads = [Text(panel.title, style="bold")]
    if len(panel.series) > 1:
        for number, series in enumerate(panel.series):
            heads.append(Text.assemble((f"{'':{AXIS_WIDTH}} {marks[number][0] * 2} ", STYLES[number]), series.name))
    for head in heads:
        head.truncate(width, overflow="ellipsis")
    return heads


def _time_axis(columns: int, seconds: float, *, plain: bool) -> list[Text]:
    wanted = max(1, columns // TICK_COLUMNS)
    step = next((nice for nice in NICE_SECONDS if seconds / nice <= wanted), NICE_SECONDS[-1])
    bar, corner, tick = ("-", "+", "+") if plain else ("─", "└", "┴")
    axis, labels = [bar] * columns, [" "] * columns
    for number in range(int(seconds // step) + 1):
        place = round(number * step / seconds * (columns - 1))
        label = f"{number * step} s" if number == 0 or step < 60 else f"{number * step // 60} min"
        axis[place] = tick
        start = min(place, columns - len(label))
        labels[start : start + len(label)] = label
    return [
        Text(f"{0:>{AXIS_WIDTH - 1}} {corner}{''.join(axis)}", style="dim"),
        Text(f"{'':{AXIS_WIDTH}} {''.join(labels).rstrip()}", style="dim"),
    ]


def _knows_marks(console: Console) -> bool:
    try:
        "".join(mark for pair in MARKS for mark in pair).encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
