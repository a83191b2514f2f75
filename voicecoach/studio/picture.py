"""Curves as a picture, PNG or SVG by the name of the file. Needs the extra `studio` (matplotlib)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import StorageError, UsageError
from voicecoach.studio.sheet import BORDERS, HIGHEST, Panel, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0b6e99", "#b3402e")
"""Of the first and the second curve: told apart by who sees no red or green too; the second one is dashed as well."""

PANEL_INCHES = (4.2, 2.6)
DOTS_PER_INCH = 150
SUFFIXES = (".png", ".svg")


def write_picture(sheet: Sheet, path: Path) -> None:
    """The sheet as a picture; the same sheet gives the same file.

    Raises ``UsageError`` where matplotlib is not installed, ``StorageError`` where the file cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"a picture cannot be {path.name!r}", remedy="name it .png or .svg")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        remedy = "install it: pip install 'voicecoach[studio]'; --html needs nothing"
        raise UsageError("pictures need matplotlib", remedy=remedy) from error
    with mpl.rc_context({"svg.hashsalt": "voicecoach", "svg.fonttype": "none", "font.size": 9}):
        figure = _drawn(sheet, Figure)
        kind = path.suffix.lower().removeprefix(".")
        metadata = {"Title": sheet.title, **({"Date": None} if kind == "svg" else {"Software": None})}
        try:
            figure.savefig(path, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
        except OSError as error:
            raise StorageError(
                f"cannot be written ({error.strerror})", where=str(path), remedy="check the path"
            ) from error


def _drawn(sheet: Sheet, new: type[Figure]) -> Figure:
    columns = min(2, len(sheet.panels))
    rows = math.ceil(len(sheet.panels) / columns)
    width, height = PANEL_INCHES
    figure = new(figsize=(max(6.0, width * columns), height * rows + 0.8), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False, sharey=True)
    figure.suptitle(f"{_plain(sheet.title)}\n{_plain(sheet.subtitle)}", fontsize=10)
    for number, each in enumerate(axes.flat):
        if number < len(sheet.panels):
            _draw(each, sheet.panels[number], sheet.seconds)
        else:
            each.set_axis_off()
    return figure


def _draw(axes: Axes, panel: Panel, seconds: float) -> None:
    for number, series in enumerate(panel.series):
        colour = COLOURS[number % len(COLOURS)]
        if series.is_spread:
            axes.fill_between(series.at_seconds, series.low, series.high, color=colour, alpha=0.2, linewidth=0)
        style = "-" if number == 0 else "--"
        axes.plot(series.at_seconds, series.middle, style, color=colour, linewidth=1.8, label=_plain(series.name))
    for border in BORDERS:
        axes.axhline(border, color="#888888", linewidth=0.5, linestyle=":")
    axes.set(xlim=(0, seconds), ylim=(0, HIGHEST), xlabel="seconds", ylabel="anger")
    axes.set_title(_plain(panel.title), loc="left", fontweight="bold", fontsize=9)
    if panel.told:
        axes.set_title(_plain(panel.told), loc="right", fontsize=7, color="#555555")
    if len(panel.series) > 1:
        axes.legend(loc="upper right", fontsize=7, frameon=False)


def _plain(text: str) -> str:
    """A dollar sign is no formula here."""
    return text.replace("$", r"\$")
