"""`python -m bench [NAME ...]`: measure, print a table each, and write build/bench/NAME.json."""

from __future__ import annotations

import importlib
import signal
import sys

from rich.console import Console

from bench.report import Figures, keep, show

FILES = {
    "callers": ("calling", "on_topic"),
    "bench": ("recognizing", "rendering", "simulating", "starting"),
    "detect": ("detecting", "hearing_early"),
    "feel": ("feel.measuring",),
    "report": ("reporting",),
    "echo": ("echoing",),
    "soak": ("soak",),
    "loudspeakers": ("on_loudspeakers",),
    "kill": ("killing",),
    "history": ("remembering",),
}
"""Each file of figures with the modules that measure them."""

ON_REQUEST = ("soak", "echo", "loudspeakers")
"""Measured only when named: they take half an hour, and ten minutes each."""


def main(names: list[str]) -> int:
    """Measure what was asked for, or everything."""
    unknown = [name for name in names if name not in FILES]
    if unknown:
        sys.stderr.write(f"bench: there is no {unknown[0]!r}; choose from {', '.join(FILES)}\n")
        return 2
    # What runs in a shell's background ignores Ctrl-C and hands that on to the calls it starts, which end by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    console = Console()
    for name in names or [name for name in FILES if name not in ON_REQUEST]:
        figures: Figures = {}
        for module in FILES[name]:
            figures |= importlib.import_module(f"bench.{module}").measure()
        keep(name, figures)
        show(console, name, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
