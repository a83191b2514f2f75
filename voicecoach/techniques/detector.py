"""The words of one trainee turn in, techniques and mistakes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voicecoach.events import Detection

_FIRST = {
    "apologize": r"\b(?:so|very|really|truly|deeply|terribly|i'?m|i am) sorry (?!but|the last|could)|\bapologi[sz]e|\bmy apolog",
    "empathize": r"\b(?:understand|imagine|see|hear|know) (?:\w+ ){0,4}(?:frustrat|upset|angry|annoy|stress|disappoint|worr)\w*",
    "validate": r"\banyone would|\byou'?re (?:absolutely |completely |quite )?right to|\bi would (?:be|feel)\b.*\btoo",
    "own": r"\bleave (?:it|this|that) with me|\btake care of (?:this|it|that)|\beverything (?:in my power|i can)",
    "calm_down": r"\bcalm (?:\w+ )?down|\brelax\b|\bstop (?:shouting|yelling)|\blower your voice",
    "cannot": r"\b(?:i|we) (?:can'?t|cannot|can not) (?!imagine|go on)|\b(?:our|company) polic",
    "check_understanding": r"\b(?:is that (?:right|correct)|did i (?:get|miss)|have i (?:got|understood))",
    "check_satisfaction": r"\banything else\b.*\b(?:help|do)|\bdoes that (?:solve|help|work)",
    "hold": r"\b(?:put|place) you on hold|\bhold on (?:a|for)|\bhold the line",
    "thank": r"\bthank(?:s| you) for\b",
    "timeframe": r"\b(?:by|within|before) (?:\w+ ){0,2}(?:today|tonight|tomorrow|hours?|minutes|monday|tuesday|wednesday|thursday|friday)",
    "offer": r"\b(?:i can offer|would you like me to|shall i|how about i|i could)\b",
    "state_action": r"\b(?:i'?ll|i will|i'?m going to|i am going to|i have|i'?ve) (?:now )?(?:cancel|refund|send|rebook|book|fix|remov|credit|call)\w*",
    "goodwill": r"\bfree (?:of charge|month)|\bvoucher|\bcredit (?:you|of)|\bon the house|\bwaive",
    "hostile": r"\b(?:shut up|idiot|stupid|get lost|moron)\b",
    "patronize": r"\b(?:sweetie|sweetheart|honey|dear|as i (?:already )?(?:told|said))\b",
    "pass_the_buck": r"\bnot my (?:job|department|problem|fault)",
    "overpromise": r"\b(?:guarantee|never happen again)",
}
_RULES = {id_: re.compile(pattern) for id_, pattern in _FIRST.items()}


class TextDetector:
    """Hears techniques and mistakes in words alone; keeps no state between turns."""

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """What the trainee did in this turn, in spoken order.

        ``context`` is what the caller said just before; ``word_confidences`` 0..1, one for each word of ``text``.
        """
        words = text.split()
        plain = " ".join(words).lower()
        found: list[Detection] = []
        for id_, rule in _RULES.items():
            if match := rule.search(plain):
                start = plain[: match.start()].count(" ")
                end = start + len(match.group().split())
                sure = min(word_confidences[start:end], default=1.0) if word_confidences else 1.0
                confidence = 0.8 if sure >= 0.5 else 0.4
                found.append(
                    Detection(id_, " ".join(words[start:end]), (start, end), confidence, "text", "first rules")
                )
        return tuple(sorted(found, key=lambda d: (d.span, d.id)))
