"""What an offered remedy is worth to this caller, judged from words that may be misheard."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE, TurnFacts
from voicecoach.persona.effects import BROKEN_PROMISE
from voicecoach.persona.facts import Restated, restated, retells
from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedRemedy, RemedyKind
from voicecoach.persona.wording import TURNS_KEPT, Spoken, affirmed, located, tokens
from voicecoach.quick import quick
from voicecoach.values import Detection, Mood

ACTION_IDS = frozenset({"offer", "state_action", "goodwill", "counteroffer", "refer", "exception", "team_up"})
"""A remedy needs one of these; the word alone (`I see you asked for a refund`) offers nothing."""

OFFER_IDS = frozenset({"offer", "goodwill", "counteroffer", "exception"})
"""Worth nothing when what they offer is of no use to this caller."""

_CONCRETE_IDS = frozenset({"offer", "goodwill", "counteroffer"})
_CONCRETE_WITH_TIME_IDS = frozenset({"state_action", "refer"})
"""Something is offered, whether or not the persona knows it; an action only when it says by when."""

WANTED_RESOLUTION = 1.0
TIMED_RESOLUTION = 0.8
ACCEPTED_RESOLUTION = 0.5
UNKNOWN_TIMED_RESOLUTION = 0.45
UNKNOWN_RESOLUTION = 0.3
"""Resolution after a remedy of each kind. One that the persona does not know never settles the matter, time or not."""

_RESOLUTIONS: dict[tuple[RemedyKind | None, bool], float] = {
    ("wanted", False): WANTED_RESOLUTION,
    ("wanted", True): WANTED_RESOLUTION,
    ("accepted", False): ACCEPTED_RESOLUTION,
    ("accepted", True): TIMED_RESOLUTION,
    ("unknown", False): UNKNOWN_RESOLUTION,
    ("unknown", True): UNKNOWN_TIMED_RESOLUTION,
}
"""By kind, and whether it is said by when."""

_RESTATING_IDS = frozenset({"paraphrase", "check_understanding"})

_UNDERTAKING = re.compile(
    r"\b(?:i'll|i will|we'll|we will|i'm gonna|let me|let's|how about|what (?:about|if) (?:i|we)|shall (?:i|we)|"
    r"(?:i'm|i am|we're|we are) (?:also |now |just )?(?!seeing|looking|hearing|reading|asking|wondering)\w+ing|"
    r"(?<!can )(?<!may )(?<!might )(?<!could )(?<!do )(?<!did )(?<!if )(?<!when )(?<!shall )"
    r"we (?:also |then |just )?(?:bring|deliver|send|put|throw|give|pay|waive|book)|"
    r"(?:i|we) (?:can|could|would)(?! (?:see|hear|understand|imagine|tell|appreciate|feel))|"
    r"you (?:can|could|may|might|need to|have to|must|should(?! have))|you'll (?:need|have) to|you'd (?:best|better)|"
    r"would you ever|would you be (?:willing|open|happy)|would you (?:take|accept|mind)|please \w+|"
    r"(?:our \w+|they|someone|somebody|the \w+ (?:team|department)) will)\b(?!')"  # not the "can" of "can't"
)
_NOTHING_UNDERTAKEN = re.compile(
    r"\b(?:(?:you|they|he|she) (?:said|told|were told|asked|wanted)|if i follow|i'm hearing)\b"
)
"""An undertaking of the agent's own; not what the agent says that somebody said."""

_WORDS_BEFORE = 6
_WORDS_AFTER = 14
"""A remedy is named this near to the words that offer it."""


@quick
@dataclass(frozen=True, slots=True)
class RemedyJudgement:
    """``kind`` None: no remedy was offered. ``name`` is the persona's name for it, "" when it has none.

    ``restated`` is what the same words gave back of the caller's details; None where that was not looked at.
    """

    kind: RemedyKind | None
    name: str = ""
    has_timeframe: bool = False
    restated: Restated | None = None

    @property
    def misstated(self) -> str | None:
        """The fact that was given back wrongly: such a paraphrase calms nobody."""
        return self.restated.fact if self.restated is not None and self.restated.kind == "wrong" else None

    @property
    def answers_nothing(self) -> bool:
        """There is no remedy, no time and no wrong detail to react to."""
        return self.kind is None and not self.has_timeframe and self.misstated is None


NO_REMEDY = RemedyJudgement(None)
_ONLY_TIME = RemedyJudgement(None, has_timeframe=True)


def judge_remedy(persona: Persona, text: str, detections: Sequence[Detection]) -> RemedyJudgement:
    """What this turn offers, if anything. Always returns a judgement; its ``kind`` is None where nothing is offered."""
    ids = {detection.id for detection in detections if detection.confidence >= MINIMUM_CONFIDENCE}
    timed = "timeframe" in ids
    said: Restated | None = None
    acts = not ids.isdisjoint(ACTION_IDS)
    if not ids.isdisjoint(_RESTATING_IDS) or (not acts and retells(text)):
        said = restated(persona, text, detections)
    named = _named(persona, _offered_words(text, detections)) if acts else _undertaken(persona, text)
    if named is not None and any(
        d.id == BROKEN_PROMISE and d.words == named.name.replace("_", " ") for d in detections
    ):
        named = None
    if not acts and named is None:
        if said is None:
            return _ONLY_TIME if timed else NO_REMEDY
        return RemedyJudgement(None, "", timed, said)
    if named is not None:
        return RemedyJudgement(named.kind, named.name, timed, said)
    concrete = not ids.isdisjoint(_CONCRETE_IDS) or (timed and not ids.isdisjoint(_CONCRETE_WITH_TIME_IDS))
    return RemedyJudgement("unknown" if concrete else None, "", timed, said)


def turn_facts(persona: Persona, judgement: RemedyJudgement, mood: Mood) -> TurnFacts:
    """What the judgement means for the anger model; ``mood`` is the one before the turn."""
    timed = judgement.has_timeframe
    floor = _RESOLUTIONS.get((judgement.kind, timed), 0.0)
    if timed and judgement.kind != "refused" and mood.resolution >= ACCEPTED_RESOLUTION:
        floor = max(floor, TIMED_RESOLUTION)  # what was accepted before now has its time
    muted = OFFER_IDS if judgement.kind == "refused" else frozenset()
    if judgement.misstated is not None:
        muted |= {"paraphrase"}
    return TurnFacts(floor, muted)


def _offered_words(text: str, detections: Sequence[Detection]) -> Spoken:
    """What is said near the words that offer, without what is denied (`I can't refund it, but ...`)."""
    words = located(text)
    spans = [d.span for d in detections if d.id in ACTION_IDS and d.confidence >= MINIMUM_CONFIDENCE]
    anywhere = any(end == 0 for _, end in spans)
    free = affirmed([word for word, _ in words])
    return Spoken.of(
        [
            word
            for (word, position), is_free in zip(words, free, strict=True)
            if is_free
            and (anywhere or any(start - _WORDS_BEFORE <= position < end + _WORDS_AFTER for start, end in spans))
        ]
    )


def _undertaken(persona: Persona, text: str) -> ListenedRemedy | None:
    """A remedy that is named after `I'll`, `we can`, `how about`, though no technique was heard in the words."""
    words = _undertaken_words(text)
    return None if words is None else _named(persona, words)


@functools.lru_cache(maxsize=TURNS_KEPT)
def _undertaken_words(text: str) -> Spoken | None:
    if _NOTHING_UNDERTAKEN.search(text.lower()):
        return None
    lower = text.lower().replace("’", "'")
    begins = [match.end() for match in _UNDERTAKING.finditer(lower)]
    if not begins:
        return None
    words = tokens(lower[begins[0] :])
    free = affirmed(words)
    return Spoken.of([word for word, is_free in zip(words, free, strict=True) if is_free])


def _named(persona: Persona, spoken: Spoken) -> ListenedRemedy | None:
    """The remedy that these words name: the best kind, unless a refused one says the same more closely.

    (A flight on Sunday is a flight, but not the one that is wanted.)
    """
    found: dict[RemedyKind, tuple[frozenset[str], ListenedRemedy]] = {}
    for place, heard in persona.named_remedies.heard_in(spoken).items():
        remedy = persona.listened_remedies[place]
        if remedy.kind not in found or len(heard) > len(found[remedy.kind][0]):
            found[remedy.kind] = (heard, remedy)
    refused = found.pop("refused", None)
    for kind in ("wanted", "accepted"):
        if kind in found and not (refused and _closer(refused[0], found[kind][0])):
            return found[kind][1]
    return refused[1] if refused else None


def _closer(stems: frozenset[str], others: frozenset[str]) -> bool:
    return len(stems) >= len(others) and not stems.isdisjoint(others)
