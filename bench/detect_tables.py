"""What `python -m bench detect` shows besides its figures. Tables count; no line that was measured on is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from bench.detect_scores import Bin, Confusion, Tally
from bench.detect_tried import tried


def show_ids(console: Console, tallies: Mapping[str, Tally]) -> None:
    """Precision and recall of every id, the worst first."""
    table = _table("by id, the worst first", "id", "precision", "recall", "F1", "lines", "reported")
    for id_, each in sorted(tallies.items(), key=lambda pair: pair[1].f1):
        shares = (f"{value:.2f}" for value in (each.precision, each.recall, each.f1))
        table.add_row(id_, *shares, str(each.labelled), str(each.reported))
    console.print(table)


def show_reliability(console: Console, bins: Sequence[Bin]) -> None:
    """What a confidence is worth."""
    table = _table(
        "reliability: how many of the reports of a confidence are right", "confidence", "mean", "right", "reports"
    )
    for each in bins:
        table.add_row(
            f"{each.low:.1f}-{each.high:.1f}", f"{each.confidence:.2f}", f"{each.precision:.2f}", str(each.reports)
        )
    console.print(table)


def show_confusions(console: Console, worst: Sequence[Confusion]) -> None:
    """Pairs of ids. Added: reported without a label, beside each label; missed: beside each id reported wrongly.

    What was tried stands at an id's first row.
    """
    table = _table(f"the {len(worst)} worst confusions", "id", "went", "beside", "lines", "tried")
    told: set[str] = set()
    for each in worst:
        table.add_row(each.id, each.what, each.beside, str(each.count), "" if each.id in told else tried(each.id))
        told.add(each.id)
    console.print(table)


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="left" if other in ("went", "beside", "tried") else "right")
    return table
