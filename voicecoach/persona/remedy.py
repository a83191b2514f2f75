"""What an offered remedy is worth to this caller, judged from words that may be misheard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.events import Detection, Mood
from voicecoach.persona.anger import MINIMUM_CONFIDENCE, TurnFacts
from voicecoach.persona.facts import restated
from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedRemedy, RemedyKind
from voicecoach.persona.wording import affirmed, stem, tokens

ACTION_IDS = frozenset({"offer", "state_action", "goodwill", "counteroffer", "refer", "exception", "own"})
"""A remedy needs one of these; the word alone (`I see you asked for a refund`) offers nothing."""

CONCRETE_IDS = frozenset({"offer", "goodwill", "counteroffer"})
"""Offered, whatever it is; the others count only when the words name a remedy the persona knows."""

OFFER_IDS = frozenset({"offer", "goodwill", "counteroffer", "exception"})

ACCEPTED_RESOLUTION = 0.5
UNKNOWN_RESOLUTION = 0.3
TIMED_RESOLUTION = 0.8
WANTED_RESOLUTION = 1.0

WORDS_BEFORE = 6
WORDS_AFTER = 14
"""A remedy is named this near to the words that offer it."""


@dataclass(frozen=True, slots=True)
class RemedyJudgement:
    """``kind`` None: no remedy was offered. ``name`` is the persona's name for it, "" when it has none.

    ``misstated`` is the fact that the same words restated wrongly: such a paraphrase calms nobody.
    """

    kind: RemedyKind | None
    name: str = ""
    has_timeframe: bool = False
    misstated: str | None = None


NO_REMEDY = RemedyJudgement(None)
_ONLY_TIME = RemedyJudgement(None, has_timeframe=True)


def judge_remedy(persona: Persona, text: str, detections: Sequence[Detection]) -> RemedyJudgement:
    """What this turn offers, if anything. Always returns a judgement; its ``kind`` is None where nothing is offered."""
    ids = {detection.id for detection in detections if detection.confidence >= MINIMUM_CONFIDENCE}
    has_timeframe = "timeframe" in ids
    misstated = None
    if "paraphrase" in ids or "check_understanding" in ids:
        said = restated(persona, text)
        misstated = said.fact if said.kind == "wrong" else None
    if ids.isdisjoint(ACTION_IDS):
        if misstated is None:
            return _ONLY_TIME if has_timeframe else NO_REMEDY
        return RemedyJudgement(None, "", has_timeframe, misstated)
    named = _named(persona, _offered_stems(text, detections))
    if named is not None:
        return RemedyJudgement(named.kind, named.name, has_timeframe, misstated)
    concrete = not ids.isdisjoint(CONCRETE_IDS)
    return RemedyJudgement("unknown" if concrete else None, "", has_timeframe, misstated)


def turn_facts(persona: Persona, judgement: RemedyJudgement, mood: Mood) -> TurnFacts:
    """What the judgement means for the anger model; ``mood`` is the one before the turn."""
    floor = 0.0
    muted: frozenset[str] = frozenset()
    if judgement.kind == "wanted":
        floor = WANTED_RESOLUTION
    elif judgement.kind == "accepted":
        floor = TIMED_RESOLUTION if judgement.has_timeframe else ACCEPTED_RESOLUTION
    elif judgement.kind == "unknown":
        floor = ACCEPTED_RESOLUTION if judgement.has_timeframe else UNKNOWN_RESOLUTION
    elif judgement.kind == "refused":
        muted = OFFER_IDS
    if judgement.has_timeframe and mood.resolution >= ACCEPTED_RESOLUTION:
        floor = max(floor, TIMED_RESOLUTION)
    if judgement.misstated is not None:
        muted |= {"paraphrase"}
    return TurnFacts(floor, muted)


def _offered_stems(text: str, detections: Sequence[Detection]) -> frozenset[str]:
    """The stems near the words that offer, without what is denied (`I can't refund it, but ...`)."""
    words = tokens(text)
    free = affirmed(words)
    near = [False] * len(words)
    scale = len(words) / max(1, len(text.split()))
    for detection in detections:
        if detection.id in ACTION_IDS:
            start, end = detection.span
            first = max(0, int(start * scale) - WORDS_BEFORE)
            last = int(end * scale) + WORDS_AFTER if end else len(words)
            near[first:last] = [True] * len(near[first:last])
    return frozenset(
        stem(word) for word, is_near, is_free in zip(words, near, free, strict=True) if is_near and is_free
    )


def _named(persona: Persona, spoken: frozenset[str]) -> ListenedRemedy | None:
    """The remedy that these stems name: the best kind, unless a refused one names more of them (a partial refund)."""
    found: dict[str, tuple[frozenset[str], ListenedRemedy]] = {}
    for remedy in persona.listened_remedies:
        heard = max((phrase.heard_in(spoken) for phrase in remedy.phrases), key=len)
        if heard and (remedy.kind not in found or len(heard) > len(found[remedy.kind][0])):
            found[remedy.kind] = (heard, remedy)
    refused = found.pop("refused", None)
    for kind in ("wanted", "accepted"):
        if kind in found and not (refused and refused[0] > found[kind][0]):
            return found[kind][1]
    return refused[1] if refused else None
