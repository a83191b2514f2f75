"""Word error rate, the usual figure for how well a recogniser hears."""

from __future__ import annotations

from collections.abc import Iterable


def word_errors(reference: list[str], heard: list[str]) -> int:
    """The fewest substitutions, insertions and deletions of words that turn ``reference`` into ``heard``."""
    distances = list(range(len(heard) + 1))
    for row, wanted in enumerate(reference, start=1):
        diagonal, distances[0] = distances[0], row
        for column, got in enumerate(heard, start=1):
            substituted = diagonal + (wanted != got)
            diagonal = distances[column]
            distances[column] = min(substituted, diagonal + 1, distances[column - 1] + 1)
    return distances[-1]


def word_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Errors of all (reference, heard) texts together, as a share of the reference words; may be above 1.

    Raises ``ValueError`` when there is no reference word at all.
    """
    errors = words = 0
    for reference, heard in pairs:
        errors += word_errors(reference.split(), heard.split())
        words += len(reference.split())
    if not words:
        raise ValueError("no reference words to compare with")
    return errors / words
