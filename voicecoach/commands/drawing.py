"""Where curves go: to the terminal, and into the files that were named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from voicecoach.commands.session import people_console
from voicecoach.errors import UsageError
from voicecoach.studio.sheet import Series, Sheet
from voicecoach.studio.terminal_chart import draw


@dataclass(frozen=True, slots=True)
class Drawings:
    """The files that were asked for."""

    png: Path | None = None
    svg: Path | None = None
    html: Path | None = None

    def check(self) -> None:
        """Refuse what cannot be written, before anything is played. Raises ``UsageError``."""
        for path, suffix in ((self.png, ".png"), (self.svg, ".svg"), (self.html, ".html")):
            if path is None:
                continue
            if path.suffix.lower() != suffix:
                raise UsageError(f"--{suffix[1:]} cannot write {path.name!r}", remedy=f"name a file {suffix}")
            if not path.parent.is_dir():
                raise UsageError(f"there is no folder {str(path.parent)!r}", remedy="make it, or name another")

    def write(self, sheet: Sheet) -> Sequence[Path]:
        """Write them all; which these were."""
        from voicecoach.studio.page import write_page
        from voicecoach.studio.picture import write_picture

        for path in (self.png, self.svg):
            if path is not None:
                write_picture(sheet, path)
        if self.html is not None:
            write_page(sheet, self.html)
        return [path for path in (self.png, self.svg, self.html) if path is not None]


NO_DRAWINGS = Drawings()


def show(sheet: Sheet, drawings: Drawings) -> None:
    """The sheet in the terminal, and the files, which are named."""
    console = people_console()
    draw(console, sheet)
    written = drawings.write(sheet)
    if written:
        console.print()
    for path in written:
        console.print(Text(f"Wrote {path}"), soft_wrap=True)


def series_object(series: Series) -> dict[str, Any]:
    """The curve as `--json` prints it."""
    return {
        "t": list(series.at_seconds),
        "low": [round(value, 4) for value in series.low],
        "median": [round(value, 4) for value in series.middle],
        "high": [round(value, 4) for value in series.high],
    }
