"""The command line: the only place that picks engines."""

from __future__ import annotations


def run() -> None:
    """Run the command that was typed."""
