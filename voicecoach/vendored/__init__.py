"""Scripts for our pages that others wrote, unchanged from the npm registry; a page carries them in it.

``manifest.json`` says of every file which package, version and licence it comes from, the registry's digest of that
package (``integrity``) and the file's own (``sha256``). ``tests/vendored`` checks it.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

UPLOT = "uPlot.iife.min.js"
UPLOT_STYLE = "uPlot.min.css"
WAVESURFER = "wavesurfer.min.js"


@cache
def vendored(name: str) -> str:
    """The text of a vendored file, one of the names above."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
