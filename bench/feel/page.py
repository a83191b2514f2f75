"""The figures as one page without scripts or anything from elsewhere: histograms and the trade-off, drawn as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import FOLDER, WANTED, Figures

WIDTH, HEIGHT, MARGIN = 640, 280, 46
BINS = 30

STYLE = """
:root{color-scheme:light dark;--ink:#222;--paper:#fff;--grid:#ddd;--bar:#3b6ea5;--mark:#c0392b;--other:#888}
@media(prefers-color-scheme:dark){
:root{--ink:#eee;--paper:#181818;--grid:#444;--bar:#7fb0e0;--mark:#ff8a75;--other:#aaa}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}
td,th{padding:.2rem .8rem;border-bottom:1px solid var(--grid);text-align:right}
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}.no{color:var(--mark);font-weight:600}
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One way of endpointing: its name, the gap in milliseconds (median, 95 %) and the share of pauses cut off."""

    name: str
    gap_ms_p50: float
    gap_ms_p95: float
    cut_share: float


def write_page(
    figures: Figures,
    histograms: Mapping[str, Sequence[float]],
    curves: Mapping[str, Sequence[Point]],
    tables: Mapping[str, Sequence[Sequence[str]]],
) -> Path:
    """Write build/bench/feel.html and return its path. ``curves`` of points joined by a line; "fixed ..." are not."""
    parts = [
        "<h1>How a call feels</h1>",
        "<p>Measured by <code>make bench-feel</code>. Gap: from the last sample into the microphone to the first "
        "audible one out of the loudspeaker. A cut-off: a turn taken for over at a pause within it.</p>",
        _figures(figures),
        "<h2>The trade-off</h2><p>Every point is the same endpointer with another patience; beside it fixed silences. "
        "Left and low is better.</p>",
        *(_tradeoff(curves, p95=p95) for p95 in (False, True)),
        "<h2>Histograms</h2>",
        *(_histogram(title, values) for title, values in histograms.items() if values),
        *(f"<h2>{html.escape(title)}</h2>{_table(rows)}" for title, rows in tables.items()),
    ]
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>How a call feels</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head>'
        f"<body>{''.join(parts)}</body></html>\n"
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "feel.html"
    path.write_text(page, encoding="utf-8")
    return path


def _figures(figures: Figures) -> str:
    rows = [["figure", "measured", "wanted"]]
    for key, value in figures.items():
        sign, bound = WANTED.get(key, ("", math.nan))
        rows.append([key, f"{value:.4g}", f"{sign} {bound:g}" if sign else ""])
    return f"<details open><summary>All figures</summary>{_table(rows)}</details>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = [[html.escape(cell) for cell in row] for row in rows]
    return (
        f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
        + "</table>"
    )


def _histogram(title: str, values: Sequence[float]) -> str:
    low, high = min(0.0, *values), max(values)
    step = _round_step((high - low) / BINS or 1.0)
    bins = max(1, math.ceil((high - low) / step + 1e-9))
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - low) / step))] += 1
    most, right, bottom = max(counts), WIDTH - 10, HEIGHT - 30
    across = (right - MARGIN) / bins
    bars = "".join(
        f'<rect x="{MARGIN + i * across:.1f}" y="{bottom - (bottom - 30) * n / most:.1f}" '
        f'width="{max(1.0, across - 1):.1f}" height="{(bottom - 30) * n / most:.1f}" fill="var(--bar)"/>'
        for i, n in enumerate(counts)
    )
    ticks = "".join(
        f'<text x="{MARGIN + i * across:.1f}" y="{bottom + 16}">{low + i * step:g}</text>'
        for i in range(0, bins + 1, max(1, bins // 8))
    )
    ordered = sorted(values)
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    marks = "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="26" y2="{bottom}" stroke="var(--mark)" stroke-dasharray="4 3"/>'
        f'<text x="{x + 3:.1f}" y="38">{name} {value:.0f}</text>'
        for name, value in (("p50", middle), ("p95", late))
        for x in [MARGIN + (value - low) / step * across]
    )
    caption = f"{html.escape(title)} ({len(values)} values, milliseconds)"
    return _svg(f'<text x="{MARGIN}" y="18">{caption}</text><text x="4" y="40">{most}</text>{bars}{ticks}{marks}')


def _tradeoff(curves: Mapping[str, Sequence[Point]], *, p95: bool) -> str:
    points = [point for curve in curves.values() for point in curve]
    if not points:
        return ""
    across = max(_gap(point, p95) for point in points) * 1.05
    up = max(point.cut_share for point in points) * 1.1
    right, bottom = WIDTH - 10, HEIGHT - 30

    def place(point: Point) -> tuple[float, float]:
        return MARGIN + (right - MARGIN) * _gap(point, p95) / across, bottom - (bottom - 30) * point.cut_share / up

    drawn = []
    for number, (name, curve) in enumerate(curves.items()):
        places = [place(point) for point in curve]
        colour = ("var(--bar)", "var(--mark)", "var(--other)")[number % 3]
        if not name.startswith("fixed"):
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point, (x, y) in zip(curve, places, strict=True):
            drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
            drawn.append(f'<text x="{x + 6:.1f}" y="{y - 4:.1f}">{html.escape(point.name)}</text>')
        drawn.append(f'<text x="{right - 200}" y="{50 + 16 * number}" style="fill:{colour}">{html.escape(name)}</text>')
    axes = "".join(
        f'<text x="{MARGIN + (right - MARGIN) * i / 5:.1f}" y="{bottom + 16}">{across * i / 5:.0f}</text>'
        f'<text x="4" y="{bottom - (bottom - 30) * i / 5 + 4:.1f}">{100 * up * i / 5:.0f} %</text>'
        for i in range(6)
    )
    title = f"Gap {'at the 95th percentile' if p95 else 'at the median'} (ms) against pauses cut off"
    frame = f'<path d="M{MARGIN} 30V{bottom}H{right}" fill="none" stroke="var(--grid)"/>'
    return _svg(f'<text x="{MARGIN}" y="18">{title}</text>{frame}{axes}{"".join(drawn)}')


def _gap(point: Point, p95: bool) -> float:
    return point.gap_ms_p95 if p95 else point.gap_ms_p50


def _round_step(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(nice * power for nice in (1.0, 2.0, 5.0, 10.0) if nice * power >= step)


def _svg(content: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img">{content}</svg>'
