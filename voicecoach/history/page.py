"""The history as a page that needs no network and runs no script: a file of the owner's."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from voicecoach.errors import StorageError
from voicecoach.history.asking import Wanted
from voicecoach.history.overview import Overview
from voicecoach.history.progress import Period
from voicecoach.history.table import FOOT, by_share, headline, interval
from voicecoach.history.uncertainty import share_of
from voicecoach.places import owner_only

WIDTH, HEIGHT, MARGIN = 260, 60, 6
"""Of a technique's curve, in units of the drawing."""


def write_page(path: Path, found: Overview, wanted: Wanted) -> None:
    """Write the page. Raises ``StorageError``."""
    page = render_page(found, wanted).encode(errors="replace")
    try:
        with open(path, "wb", opener=owner_only) as file:
            file.write(page)
    except OSError as error:
        raise StorageError(
            f"the page cannot be written ({error.strerror})", where=str(path), remedy="choose another place: --html"
        ) from error


def render_page(found: Overview, wanted: Wanted) -> str:
    """The page as HTML; every name in it is escaped."""
    here = resources.files("voicecoach.history")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(words=lambda id_: str(id_).replace("_", " "), interval=interval, percent=_percent)
    template = environment.from_string(here.joinpath("page.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=headline(found, wanted) if found.count else "No calls",
        found=found,
        techniques=[(each, curve(each.months)) for each in sorted(found.techniques, key=by_share)],
        mistakes=[(each, share_of(each.calls, found.count)) for each in found.mistakes] if not wanted.technique else [],
        foot=FOOT,
        style=here.joinpath("page.css").read_text(encoding="utf-8"),
        width=WIDTH,
        height=HEIGHT,
    )


def curve(months: Sequence[Period]) -> list[tuple[float, float, float, float, Period]]:
    """A point for each month that says enough: x, and y of the share and of its interval's ends; then the month."""
    told = [each for each in months if each.share.enough]
    step = (WIDTH - 2 * MARGIN) / max(1, len(told) - 1)

    def y(share: float) -> float:
        return round(MARGIN + (1 - share) * (HEIGHT - 2 * MARGIN), 1)

    return [
        (round(MARGIN + number * step, 1), y(each.share.value or 0.0), y(each.share.high), y(each.share.low), each)
        for number, each in enumerate(told)
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
