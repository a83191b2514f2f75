"""Swearing at a caller, which the training lines hold only bleeped: told by a short list, not by the learned model."""

from __future__ import annotations

import re
from collections.abc import Sequence

CERTAINTY = 0.95
"""An agent who swears in a call is hostile whatever else the turn holds; the rest is for misheard words."""

_WORD = re.compile(
    r"f+u+c+k\w*|motherf\w+|bull ?sh[i1]t\w*|arsehole\w*|asshole\w*|bitch\w*|bastards?|dickheads?|wankers?"
)
_PAIRS = frozenset({("piss", "off"), ("screw", "you"), ("sod", "off"), ("bugger", "off"), ("eff", "off")})


def swearing(tokens: Sequence[str]) -> tuple[int, int] | None:
    """Where the first swear word stands (half-open), in lower-case words without punctuation; None for none."""
    for place, token in enumerate(tokens):
        if _WORD.fullmatch(token):
            return place, place + 1
        if tuple(tokens[place : place + 2]) in _PAIRS:
            return place, place + 2
    return None
