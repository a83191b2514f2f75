"""The page of curves in a real browser: it draws, needs no network, and can be read without seeing it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.needs import need
from voicecoach.persona.loading import load
from voicecoach.studio.curve import as_sheet, curves
from voicecoach.studio.page import page

AXE = Path(__file__).parents[1] / "vendored" / "axe.min.js"
PROBE = """<script>%s</script><script>
onload = async () => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const found = (await axe.run()).violations.map(each => each.id + ": " + each.nodes[0].html.slice(0, 120));
  const drawn = [...document.querySelectorAll("canvas")].map(each =>
    new Set(each.getContext("2d").getImageData(0, 0, each.width, each.height).data).size);
  const loaded = performance.getEntriesByType("resource").map(each => each.name);
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify({found, drawn, loaded, back: getComputedStyle(document.body).backgroundColor});
  document.body.append(told);
};
</script></body>"""


@pytest.fixture(scope="module")
def chromium() -> str:
    program = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), "")
    need(bool(program), "no Chromium (Debian: apt install chromium)")
    return program


def looked_at(program: str, file: Path, folder: Path, *, dark: bool) -> dict[str, Any]:
    """What the browser makes of the page."""
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", "--virtual-time-budget=9000"]
    done = subprocess.run(
        [program, *flags, scheme, "--dump-dom", file.as_uri()], capture_output=True, text=True, check=False, timeout=100
    )
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout)
    assert told is not None, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(html.unescape(told[1]))
    return result


@pytest.mark.parametrize("dark", [False, True])
def test_it_draws_every_panel_offline_and_axe_finds_nothing(chromium: str, tmp_path: Path, dark: bool) -> None:
    persona = load("double_charge")
    text = page(as_sheet(persona, curves(persona, ["expert", "novice"], 8)))
    file = tmp_path / "page.html"
    file.write_text(text.replace("</body>", PROBE % AXE.read_text(encoding="utf-8")), encoding="utf-8")
    seen = looked_at(chromium, file, tmp_path / "profile", dark=dark)
    assert seen["found"] == []
    assert len(seen["drawn"]) == 2
    assert min(seen["drawn"]) > 10, "a canvas is empty"
    assert seen["loaded"] == []
    assert seen["back"] == ("rgb(20, 24, 29)" if dark else "rgb(255, 255, 255)")
