"""What the trainee asked for, and whether the trainee restated what happened rightly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.events import Detection
from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedFact
from voicecoach.persona.wording import Spoken, longest_heard, positions, stem, tokens

_QUESTION_WORDS = frozenset("what what's whats which when when's where where's who who's whose why how's".split())
_AUXILIARIES = frozenset(
    "is was are were am did do does has have had can could will would should may might happened".split()
)
_AFTER_HOW = frozenset("much many long often old far soon big".split()) | _AUXILIARIES
_CLAUSE_STARTS = frozenset(
    "and so okay ok but sorry please me then right well um uh sir ma'am madam thanks you".split()
)
_NO_QUESTION_BEFORE = frozenset(
    "understand see hear know imagine realize realise that's exactly from about get".split()
)
_NO_QUESTION_AFTER = frozenset("i we i'll we'll i'm i've i'd we've you've you're he she they it".split())
_REQUESTS = (
    "can i",
    "could i",
    "may i",
    "might i",
    "can you",
    "could you",
    "would you",
    "will you",
    "do you",
    "did you",
    "have you",
    "are you",
    "were you",
    "is it",
    "is that",
    "is there",
    "was it",
    "was that",
    "was there",
    "tell me",
    "give me",
    "let me have",
    "let me get",
    "let me take",
    "i need your",
    "i'll need your",
    "i just need",
    "i'd need",
    "confirm",
    "remind me",
    "walk me",
    "describe",
    "spell",
    "mind",
)
_SHORT_REQUEST_WORDS = 9
"""Up to this many words, `date of birth please` asks for it; in a longer sentence it may only speak of it."""

_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve once twice double triple first second third".split()
)


@dataclass(frozen=True, slots=True)
class Restated:
    """What became of the caller's details in the trainee's words; ``fact`` is the one it hangs on."""

    kind: Literal["right", "wrong", "none"]
    fact: str | None = None


NOTHING_RESTATED = Restated("none")


def asks(words: Sequence[str]) -> bool:
    """Whether these words ask or request something (`I see how upset you are` and `what I can do is` do not)."""
    for index, word in enumerate(words):
        if (word == "how" or word in _QUESTION_WORDS) and _starts_question(words, index):
            return True
    if len(words) <= _SHORT_REQUEST_WORDS and _requests_shortly(words):
        return True
    padded = f" {' '.join(words)} "
    return any(f" {request} " in padded for request in _REQUESTS)


def _starts_question(words: Sequence[str], index: int) -> bool:
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in _NO_QUESTION_BEFORE or after in _NO_QUESTION_AFTER:
        return False
    if words[index] == "how":
        return after in _AFTER_HOW
    return "'" in words[index] or after in _AUXILIARIES or not before or before in _CLAUSE_STARTS


def _requests_shortly(words: Sequence[str]) -> bool:
    """`And your account number`, `date of birth please`."""
    return "please" in words or (
        bool(words) and (words[0] == "your" or words[:2] in (["and", "your"], ["okay", "your"]))
    )


def asked(persona: Persona, text: str) -> list[ListenedFact]:
    """Every fact that this text asks for, the best match first."""
    words = tokens(text)
    spoken = Spoken.of(words)
    found = [(len(heard), fact) for fact in persona.listened_facts if (heard := longest_heard(fact.asked_by, spoken))]
    if not found or not asks(words):
        return []
    found.sort(key=lambda pair: -pair[0])
    best = found[0][0]
    return [fact for length, fact in found if length >= best - 1]


def asked_fact(persona: Persona, text: str) -> str | None:
    """The name of the fact that this text asks for most plainly; None when it asks for none."""
    facts = asked(persona, text)
    return facts[0].name if facts else None


def named_in(fact: ListenedFact, text: str) -> bool:
    """Whether the text itself says the fact rightly."""
    return bool(longest_heard(fact.heard_as, Spoken.of(tokens(text))))


def restated(persona: Persona, text: str, detections: Sequence[Detection] = ()) -> Restated:
    """Whether the caller's details come back rightly in these words; a wrong one outweighs right ones.

    Words that only say by when help comes (``timeframe`` among the ``detections``) are no restatement.
    """
    words = _without_timeframes(text, detections)
    spoken = Spoken.of(words)
    right: str | None = None
    most = 0
    for fact in persona.listened_facts:
        heard = len(longest_heard(fact.heard_as, spoken))
        if longest_heard(fact.wrong, spoken) or (not heard and _rival_said(fact, words)):
            return Restated("wrong", fact.name)
        if heard > most:
            right, most = fact.name, heard
    return Restated("right", right) if right else NOTHING_RESTATED


def _without_timeframes(text: str, detections: Sequence[Detection]) -> list[str]:
    words = tokens(text)
    spans = [detection.span for detection in detections if detection.id == "timeframe"]
    if not spans:
        return words
    where = positions(text)
    return [
        word
        for word, position in zip(words, where, strict=True)
        if not any(start <= position < end for start, end in spans)
    ]


def _rival_said(fact: ListenedFact, words: list[str]) -> bool:
    """Another number before one of the fact's units, or another day or month than the fact's."""
    if not fact.rivals.isdisjoint(map(stem, words)):
        return True
    return bool(fact.units) and any(
        word in _NUMBERS and stem(following) in fact.units for word, following in itertools.pairwise(words)
    )
