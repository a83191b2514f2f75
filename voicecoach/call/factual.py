"""What the persona's facts say about the trainee's words: a detail restated rightly or wrongly, an offer that suits."""

from __future__ import annotations

import re
from dataclasses import replace

from voicecoach.events import Detection
from voicecoach.persona.facts import restated
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import OFFER_IDS, RemedyJudgement

BELIED = 0.0
"""The confidence of what the words say and the facts do not bear out: shown, and without consequences."""

BORNE_OUT = 0.6
"""The least confidence of a paraphrase that the words only hint at, and that has a detail of the caller's (start)."""

NO_RETELLING_IDS = frozenset(
    {
        "apologize",
        "relate",
        "offer",
        "state_action",
        "goodwill",
        "counteroffer",
        "document",
        "refer",
        "clarify",
        "doubt",
    }
    | {"blame_customer", "hostile", "dismiss", "cannot", "call_it_outrageous", "narrate", "hold"}
)
"""Beside these a detail is part of something else: of an apology, a remedy, a question or a reproach."""

_TO_THE_CALLER = re.compile(
    r"^(?:(?:okay|ok|right|so|and|um|uh|well|let me|see|if|i|have|got|this|understand)[ ,]+)*"
    r"(?:you(?:'re| are| were|'ve| have| had)?|your|we|they|it's that|what happened is)\b"
)
"""A retelling is about the caller, or about what was done to the caller, from its first words on."""

_WORTH = {
    "wanted": "just what this caller wants",
    "accepted": "this caller would accept it",
    "refused": "of no use to this caller",
}


def with_facts(
    persona: Persona, text: str, detections: tuple[Detection, ...], remedy: RemedyJudgement
) -> tuple[Detection, ...]:
    """The detections, those that the facts decide about with evidence ``facts`` and what they say.

    A paraphrase with a wrong detail is none. One without any known detail stays what the words made it. One that the
    words alone did not show is one all the same when it tells the caller's story back, or a detail to be confirmed.
    """
    judged = tuple(_judged(persona, text, detection, detections, remedy) for detection in detections)
    told_back = _told_back(persona, text, detections)
    return tuple(sorted((*judged, told_back), key=lambda d: (d.span, d.id))) if told_back else judged


def _told_back(persona: Persona, text: str, detections: tuple[Detection, ...]) -> Detection | None:
    ids = {detection.id for detection in detections}
    if "paraphrase" in ids or not ids.isdisjoint(NO_RETELLING_IDS) or not _TO_THE_CALLER.search(text.lower()):
        return None
    if text.rstrip().endswith("?") and "check_understanding" not in ids:
        return None
    said = restated(persona, text, detections)
    if said.kind != "right":
        return None
    words = text.split()
    why = f"tells a detail of the caller's back: {_plain(said.fact)}"
    return Detection("paraphrase", text, (0, len(words)), BORNE_OUT, "facts", why)


def _judged(
    persona: Persona, text: str, detection: Detection, detections: tuple[Detection, ...], remedy: RemedyJudgement
) -> Detection:
    if detection.id == "paraphrase":
        said = restated(persona, text, detections)
        if said.kind == "wrong":
            why = f"with a wrong detail: {_plain(said.fact)}"
            return replace(detection, confidence=BELIED, evidence="facts", why=why)
        if said.kind == "right":
            confidence = max(detection.confidence, BORNE_OUT)
            why = f"with a detail of the caller's: {_plain(said.fact)}"
            return replace(detection, confidence=confidence, evidence="facts", why=why)
    elif detection.id in OFFER_IDS and remedy.kind in _WORTH:
        return replace(detection, evidence="facts", why=f"{_WORTH[remedy.kind]}: {_plain(remedy.name)}")
    return detection


def _plain(name: str | None) -> str:
    return (name or "").replace("_", " ")
