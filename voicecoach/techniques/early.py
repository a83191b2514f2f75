"""Strong provocations, recognised while the trainee still speaks, so that an angry caller can cut in.

The words so far are judged by the same detector as the whole turn, which may see them otherwise once the rest is said.
So a provocation is reported only when the detector is very sure of it with and without the last word, that word comes
after the evidence ("calm down the ..." is not yet anything), and nobody denies it or tells of somebody else's ("I'm not
telling you to calm down", "they put you on hold"). What is missed here is heard at the end of the turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicecoach.techniques.detects import Detects
from voicecoach.techniques.normalise import tokenise
from voicecoach.values import Detection

STRONG_IDS = frozenset(
    {
        "calm_down",
        "hostile",
        "patronize",
        "hold",
        "blame_customer",
        "dismiss",
        "call_it_outrageous",
        "defensive",
        "doubt",
    }
)
"""What nobody lets pass until the end of the sentence, and what no continuation makes good."""

SURE = 0.9
"""From this confidence on; chosen on the training lines word by word (``bench/hearing_early.py``)."""

WORDS_BEFORE = 7
"""A denial this near before the evidence still denies it."""

_DENIED = re.compile(
    r"\b(?:not|never|nobody|no one|without|instead|rather)\b.*"
    r"\b(?:tell|telling|told|ask|asking|say|saying|call|calling|put|putting|suggest|suggesting|imply|implying|mean|"
    r"blame|blaming|accuse|accusing|think|keep|keeping|leave|leaving|make|making)\b"
)
_TOLD = re.compile(r"\b(?:they|he|she|who|someone|somebody|anyone|anybody|were|was|been|sorry|before|if|when)\b")
_TOLD_IDS = frozenset({"calm_down", "hold", "dismiss", "patronize"})
"""Often quoted or told of ("who told you to calm down?"), unlike the rest."""

_OBJECT = frozenset("the this that these those my our it a an".split())
_TAKES_OBJECT = frozenset({"calm_down"})
"""``calm down the line noise`` tells nobody to be calm."""


class EarlyEar:
    """Judges the words so far of an utterance.

    It keeps nothing between two calls, so that a call can be forked and gone back in: whoever asks has to remember that
    a provocation was already told.
    """

    def __init__(self, detector: Detects) -> None:
        self._detector = detector

    def hear(self, partial: str, context: str = "") -> Detection | None:
        """The surest strong provocation in these words that the rest of the turn will hardly take back, or None.

        ``partial`` is the utterance so far, ``context`` what the caller said before it.
        """
        words = partial.split()
        without_last = self._sure(" ".join(words[:-1]), context)
        if not without_last:
            return None
        known = {found.id for found in without_last}
        for found in sorted(self._sure(partial, context), key=lambda each: (-each.confidence, each.id)):
            if found.id in known and found.span[1] < len(words) and not _is_told_of(found, words):
                return found
        return None

    def _sure(self, text: str, context: str) -> list[Detection]:
        found = self._detector.detect(text, context) if text else ()
        return [each for each in found if each.id in STRONG_IDS and each.confidence >= SURE]


def _is_told_of(found: Detection, words: Sequence[str]) -> bool:
    """Whether the words deny it, tell of somebody else's, or mean a thing and not the caller."""
    start, end = found.span
    before = " ".join(tokenise(" ".join(words[max(0, start - WORDS_BEFORE) : start])).texts)
    evidence = " ".join(tokenise(found.words).texts)
    after = tokenise(" ".join(words[end:])).texts
    if _DENIED.search(f"{before} {evidence}"):
        return True
    if found.id in _TOLD_IDS and _TOLD.search(before):
        return True
    return found.id in _TAKES_OBJECT and bool(after) and after[0] in _OBJECT
