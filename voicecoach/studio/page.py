"""Curves as a page that stands alone: no network, light and dark, and every figure in a table as well."""

from __future__ import annotations

import html
import json
from pathlib import Path

from voicecoach.errors import StorageError
from voicecoach.studio.sheet import BORDERS, HIGHEST, Panel, Series, Sheet
from voicecoach.vendored import UPLOT, UPLOT_STYLE, vendored

ROW_SECONDS = 10.0
"""One row of a table for so much of a call."""


def write_page(sheet: Sheet, path: Path) -> None:
    """The page as a file. Raises ``StorageError``."""
    try:
        path.write_text(page(sheet), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror})", where=str(path), remedy="check the path") from error


def page(sheet: Sheet) -> str:
    """The page as text."""
    title = html.escape(sheet.title)
    panels = "\n".join(_section(number, panel) for number, panel in enumerate(sheet.panels))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{title}</title>
<style>{vendored(UPLOT_STYLE)}
{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{html.escape(sheet.subtitle)}</p>
<div class="panels">
{panels}
</div>
</main>
<script>{vendored(UPLOT)}</script>
<script>const SHEET = {_embedded(sheet)};
{_SCRIPT}</script>
</body>
</html>
"""


def _section(number: int, panel: Panel) -> str:
    summary = html.escape(f"{panel.title}: {'; '.join(map(_in_words, panel.series))}", quote=True)
    told = f"<p class=told>{html.escape(panel.told)}</p>" if panel.told else ""
    return f"""<section aria-labelledby="t{number}">
<h2 id="t{number}">{html.escape(panel.title)}</h2>
<div class="chart" id="c{number}" role="img" aria-label="{summary}"></div>
<p class="readout" id="r{number}">&nbsp;</p>
{told}
<details><summary>The figures<span class="quiet"> of {html.escape(panel.title)}</span></summary>
{_table(panel)}
</details>
</section>"""


def _in_words(series: Series) -> str:
    start, end = series.middle[0], series.middle[-1]
    return f"{series.name}, anger from {start:.1f} to {end:.1f} in {series.at_seconds[-1]:.0f} seconds"


def _table(panel: Panel) -> str:
    heads, times = "<th scope=col>seconds</th>", sorted({at for series in panel.series for at in _rows(series)})
    for series in panel.series:
        names = ("10 %", "median", "90 %") if series.is_spread else ("anger",)
        heads += "".join(f"<th scope=col>{html.escape(series.name)} {name}</th>" for name in names)
    rows = []
    for at in times:
        cells = "".join(_cells(series, at) for series in panel.series)
        rows.append(f"<tr><th scope=row>{at:.0f}</th>{cells}</tr>")
    caption = f"<caption>Anger, 0 to 10: {html.escape(panel.title)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _rows(series: Series) -> list[float]:
    return [at for at in series.at_seconds if at % ROW_SECONDS == 0] + [series.at_seconds[-1]]


def _cells(series: Series, at: float) -> str:
    wide = 3 if series.is_spread else 1
    if at > series.at_seconds[-1]:
        return "<td></td>" * wide
    place = max(number for number, then in enumerate(series.at_seconds) if then <= at)
    lines = (series.low, series.middle, series.high) if series.is_spread else (series.middle,)
    return "".join(f"<td>{line[place]:.1f}</td>" for line in lines)


def _embedded(sheet: Sheet) -> str:
    """The figures for the script; nothing in it can end the script element."""
    panels = [
        {
            "series": [
                {
                    "name": series.name,
                    "spread": series.is_spread,
                    "t": series.at_seconds,
                    "low": [round(value, 3) for value in series.low],
                    "middle": [round(value, 3) for value in series.middle],
                    "high": [round(value, 3) for value in series.high],
                }
                for series in panel.series
            ]
        }
        for panel in sheet.panels
    ]
    data = {"seconds": sheet.seconds, "highest": HIGHEST, "borders": BORDERS, "panels": panels}
    return json.dumps(data).replace("<", "\\u003c")


_STYLE = """
:root { color-scheme: light dark; --back: #fff; --ink: #1b1f24; --quiet: #57606a; --grid: #d8dee4;
  --a: #0b6e99; --b: #b3402e; }
@media (prefers-color-scheme: dark) { :root { --back: #14181d; --ink: #e6e9ec; --quiet: #a3adb8; --grid: #333a42;
  --a: #5cc3ee; --b: #ff9a86; } }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .5rem 0 0; } h2 { font-size: 1.05rem; margin: 1.2rem 0 .2rem; }
p { margin: .2rem 0; } .told, .readout { color: var(--quiet); font-size: .9rem; font-variant-numeric: tabular-nums; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 0 2rem; }
section { min-width: 0; } .chart { min-height: 220px; }
summary { cursor: pointer; } summary:focus-visible { outline: 2px solid var(--a); }
.quiet { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); } th, td { padding: .1rem .6rem; text-align: right; font-weight: 400; }
thead th { border-bottom: 1px solid var(--grid); }
"""

_SCRIPT = """
const HEIGHT = 220;
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const charts = [];
function aligned(panel) {
  const times = [...new Set(panel.series.flatMap(s => s.t))].sort((a, b) => a - b), data = [times];
  for (const s of panel.series) for (const line of ["high", "middle", "low"]) {
    const at = new Map(s.t.map((t, i) => [t, s[line][i]]));
    data.push(times.map(t => at.get(t) ?? (t > s.t[s.t.length - 1] ? null : undefined)));
  }
  return data;
}
function read(panel, chart) {
  const i = chart.cursor.idx;
  if (i == null) return "\\u00a0";
  const at = chart.data[0][i], told = [];
  panel.series.forEach((s, n) => {
    const [high, middle, low] = [1, 2, 3].map(k => chart.data[3 * n + k][i]);
    if (middle != null) told.push(s.name + " " + middle.toFixed(1) +
      (s.spread ? " (" + low.toFixed(1) + " to " + high.toFixed(1) + ")" : ""));
  });
  return at.toFixed(0) + " s: " + told.join(", ");
}
function borders(chart) {
  const draw = chart.ctx;
  draw.save(); draw.strokeStyle = colour("--grid"); draw.setLineDash([4, 4]);
  for (const border of SHEET.borders) {
    const y = chart.valToPos(border, "y", true);
    draw.beginPath(); draw.moveTo(chart.bbox.left, y);
    draw.lineTo(chart.bbox.left + chart.bbox.width, y); draw.stroke();
  }
  draw.restore();
}
function show() {
  while (charts.length) charts.pop().destroy();
  SHEET.panels.forEach((panel, number) => {
    const place = document.getElementById("c" + number), readout = document.getElementById("r" + number);
    const series = [{}], bands = [];
    panel.series.forEach((s, n) => {
      const stroke = colour(n ? "--b" : "--a"), edge = {stroke: "transparent", points: {show: false}, spanGaps: true};
      series.push(edge, {label: s.name, stroke, width: 2, dash: n ? [6, 4] : [], points: {show: false}, spanGaps: true},
        {...edge});
      if (s.spread) bands.push({series: [3 * n + 1, 3 * n + 3], fill: stroke + "33"});
    });
    const axis = {stroke: colour("--quiet"), grid: {show: false}, ticks: {stroke: colour("--grid")}};
    const chart = new uPlot({
      width: place.clientWidth, height: HEIGHT, series, bands, legend: {show: false},
      scales: {x: {time: false, range: [0, SHEET.seconds]}, y: {range: [0, SHEET.highest]}},
      axes: [{...axis, values: (u, ticks) => ticks.map(t => t + " s")}, {...axis, size: 36}],
      hooks: {drawClear: [borders], setCursor: [u => { readout.textContent = read(panel, u); }]},
    }, aligned(panel), place);
    charts.push(chart);
  });
}
show();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
let width = innerWidth;
addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; show(); } });
"""
