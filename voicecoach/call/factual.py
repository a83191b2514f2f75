"""What the persona's facts say about the trainee's words: a detail restated rightly or wrongly, an offer that suits."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.events import Detection
from voicecoach.persona.facts import restated
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import OFFER_IDS, RemedyJudgement

BELIED = 0.0
"""The confidence of what the words say and the facts do not bear out: shown, and without consequences."""

BORNE_OUT = 0.6
"""The least confidence of a paraphrase that the words only hint at, and that has a detail of the caller's (start)."""

_WORTH = {
    "wanted": "just what this caller wants",
    "accepted": "this caller would accept it",
    "refused": "of no use to this caller",
}


def with_facts(
    persona: Persona, text: str, detections: tuple[Detection, ...], remedy: RemedyJudgement
) -> tuple[Detection, ...]:
    """The detections, those that the facts decide about with evidence ``facts`` and what they say.

    A paraphrase with a wrong detail is none. One without any known detail stays what the words made it.
    """
    return tuple(_judged(persona, text, detection, detections, remedy) for detection in detections)


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
