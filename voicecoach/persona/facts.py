"""What the trainee asked for, and whether the trainee restated what happened rightly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.events import Detection
from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedFact
from voicecoach.persona.wording import Spoken, located, stem, tokens

_QUESTION_WORDS = frozenset("how what what's whats which when when's where where's who who's whose why how's".split())
_AUXILIARIES = frozenset(
    "is was are were am did do does has have had can could will would should may might happened".split()
)
_AFTER_HOW = frozenset("much many long often old far soon big".split()) | _AUXILIARIES
_CLAUSE_STARTS = frozenset("and so okay ok but sorry please me then right well um uh sir ma'am madam thanks".split())
_NO_QUESTION_BEFORE = frozenset(
    "understand see hear know imagine realize realise that's exactly from about get at into out".split()
)
_NO_QUESTION_AFTER = frozenset("i we i'll we'll i'm i've i'd we've you've you're he she they it".split())
_REQUEST_WORDS = frozenset("confirm describe spell".split())
_REQUESTS = frozenset(
    tuple(pair.split("_"))
    for pair in (
        "did_they is_your are_they does_your can_i could_i may_i might_i can_you could_you would_you will_you do_you "
        "did_you have_you are_you were_you is_it is_that is_there was_it was_that was_there tell_me give_me remind_me "
        "walk_me me_have me_get me_take need_your just_need i'd_need you_mind"
    ).split()
)
"""Two words in a row that ask or request something."""

_SHORT_REQUEST_WORDS = 9
"""Up to this many words, `date of birth please` asks for it; in a longer sentence it may only speak of it."""

_BARE_REQUEST_WORDS = 5
"""Up to this many, anything that names a fact asks for it (`just the last four digits`), but for thanks."""

_THANKS = frozenset({"thank", "thanks"})

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
    if not _QUESTION_WORDS.isdisjoint(words) and any(
        word in _QUESTION_WORDS and _starts_question(words, index) for index, word in enumerate(words)
    ):
        return True
    if words[-1:] == ["please"] or (len(words) <= _SHORT_REQUEST_WORDS and _requests_shortly(words)):
        return True
    if any(word in _AUXILIARIES and _starts_clause(words, index) for index, word in enumerate(words)):
        return True
    return not _REQUEST_WORDS.isdisjoint(words) or not _REQUESTS.isdisjoint(itertools.pairwise(words))


def _starts_question(words: Sequence[str], index: int) -> bool:
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in _NO_QUESTION_BEFORE or after in _NO_QUESTION_AFTER:
        return False
    if words[index] == "how":
        return after in _AFTER_HOW
    return "'" in words[index] or after in _AUXILIARIES or _starts_clause(words, index)


def _starts_clause(words: Sequence[str], index: int) -> bool:
    return index == 0 or words[index - 1] in _CLAUSE_STARTS


def _requests_shortly(words: Sequence[str]) -> bool:
    """`And your account number`, `date of birth please`."""
    return "please" in words or (
        bool(words) and (words[0] == "your" or words[:2] in (["and", "your"], ["okay", "your"]))
    )


def asked(persona: Persona, words: Sequence[str]) -> list[ListenedFact]:
    """Every fact that these words (see ``tokens``) ask for, the best match first."""
    spoken = Spoken.of(words)
    if persona.asked_stems.isdisjoint(spoken.stems):
        return []
    bare = len(words) <= _BARE_REQUEST_WORDS and _THANKS.isdisjoint(words)
    if not bare and not asks(words):
        return []
    found = [(heard, fact) for fact in persona.listened_facts if (heard := fact.asked_by.heard_in(spoken))]
    if not found:
        return []
    found.sort(key=lambda pair: -len(pair[0]))
    best = found[0][0]  # `order number` asks for that, and not also for what was ordered
    return [fact for heard, fact in found if len(heard) >= len(best) - 1 and not heard < best]


def asked_fact(persona: Persona, text: str) -> str | None:
    """The name of the fact that this text asks for most plainly; None when it asks for none."""
    facts = asked(persona, tokens(text))
    return facts[0].name if facts else None


def named_in(fact: ListenedFact, words: Sequence[str]) -> bool:
    """Whether the words themselves say the fact rightly."""
    return bool(fact.heard_as.heard_in(Spoken.of(words)))


def restated(persona: Persona, text: str, detections: Sequence[Detection] = ()) -> Restated:
    """Whether the caller's details come back rightly in these words; a wrong one outweighs right ones.

    Words that only say by when help comes (``timeframe`` among the ``detections``) are no restatement.
    """
    words = _without_timeframes(text, detections)
    spoken = Spoken.of(words)
    right: str | None = None
    most = 0
    for fact in persona.listened_facts:
        heard = len(fact.heard_as.heard_in(spoken))
        if fact.wrong.heard_in(spoken) or (not heard and _rival_said(fact, words)):
            return Restated("wrong", fact.name)
        if heard > most:
            right, most = fact.name, heard
    return Restated("right", right) if right else NOTHING_RESTATED


def _without_timeframes(text: str, detections: Sequence[Detection]) -> list[str]:
    spans = [detection.span for detection in detections if detection.id == "timeframe"]
    if not spans:
        return tokens(text)
    return [word for word, position in located(text) if not any(start <= position < end for start, end in spans)]


def _rival_said(fact: ListenedFact, words: list[str]) -> bool:
    """Another number before one of the fact's units, or another day or month than the fact's."""
    if not fact.rivals.isdisjoint(map(stem, words)):
        return True
    return bool(fact.units) and any(
        word in _NUMBERS and stem(following) in fact.units for word, following in itertools.pairwise(words)
    )
