"""What the persona's facts say about the trainee's words: a detail restated rightly or wrongly, an offer that suits."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.persona.facts import restated, retells
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import ACTION_IDS, OFFER_IDS, RemedyJudgement
from voicecoach.values import Detection

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

PROTOCOL_IDS = frozenset({"set_boundary", "involve_supervisor", "end_call"})
"""Beside these nothing is offered: a supervisor is told, not fetched for the caller."""
_NOT_UNDERTAKEN_IDS = ACTION_IDS | PROTOCOL_IDS

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
    judged = tuple([_judged(persona, text, detection, detections, remedy) for detection in detections])
    added = [d for d in (_told_back(persona, text, detections, remedy), _undertaken(text, detections, remedy)) if d]
    return tuple(sorted((*judged, *added), key=lambda d: (d.span, d.id))) if added else judged


def _told_back(
    persona: Persona, text: str, detections: tuple[Detection, ...], remedy: RemedyJudgement
) -> Detection | None:
    ids = {detection.id for detection in detections}
    if "paraphrase" in ids or not ids.isdisjoint(NO_RETELLING_IDS) or not retells(text):
        return None
    asks = text.rstrip().endswith("?") and not text.lower().startswith("so ")
    if asks and "check_understanding" not in ids:
        return None
    said = remedy.restated or restated(persona, text, detections)
    if said.kind != "right":
        return None
    words = text.split()
    why = f"tells a detail of the caller's back: {_plain(said.fact)}"
    return Detection("paraphrase", text, (0, len(words)), BORNE_OUT, "facts", why)


def _undertaken(text: str, detections: tuple[Detection, ...], remedy: RemedyJudgement) -> Detection | None:
    """A remedy of this caller's, undertaken in words that showed no technique, is an offer all the same."""
    if remedy.kind not in _WORTH:
        return None
    shown = {d.id for d in detections if d.confidence >= MINIMUM_CONFIDENCE}
    if not shown.isdisjoint(_NOT_UNDERTAKEN_IDS):
        return None
    why = f"{_WORTH[remedy.kind]}: {_plain(remedy.name)}"
    return Detection("offer", text, (0, len(text.split())), BORNE_OUT, "facts", why)


def _judged(
    persona: Persona, text: str, detection: Detection, detections: tuple[Detection, ...], remedy: RemedyJudgement
) -> Detection:
    if detection.id == "paraphrase":
        said = remedy.restated or restated(persona, text, detections)
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
