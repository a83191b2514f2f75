"""Whether a turn says goodbye. No technique and no mistake by itself, but a settled caller leaves on it."""

from __future__ import annotations

import functools
import re

LONGEST_WORDS = 16

_PARTING = re.compile(
    r"\b(?:good ?bye|bye(?: bye)?|bye for now|take care(?! of)|speak soon|talk soon|so long|all the best|cheerio|"
    r"have (?:a|an|yourself a) (?:\w+ ){0,2}(?:day|evening|night|afternoon|morning|weekend|week|one|trip|flight|time|"
    r"journey|holiday|wedding|rest of)|enjoy (?:your|the) (?:day|evening|weekend|trip|flight|wedding|holiday)|"
    r"(?:thank you|thanks) for (?:calling|ringing|your call|your patience))\b"
)
_GOES_ON = re.compile(r"\b(?:before (?:i|you|we)|can you|could you|may i|what|when|where|which|shall i|first)\b")


@functools.lru_cache(maxsize=1024)
def is_farewell(text: str) -> bool:
    """True for a short turn that parts ("take care now", "have a lovely day") and asks nothing more."""
    words = re.sub(r"[^a-z' ]+", " ", text.lower()).split()
    plain = " ".join(words)
    return 0 < len(words) <= LONGEST_WORDS and bool(_PARTING.search(plain)) and not _GOES_ON.search(plain)
