"""What the trainee asked for, and whether the trainee restated what happened rightly."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.persona.file import Persona
from voicecoach.persona.listening import ListenedFact
from voicecoach.persona.numbers import NUMBER_WORDS, numbers_in
from voicecoach.persona.wording import TURNS_KEPT, Spoken, located, stem, tokens
from voicecoach.values import Detection

_QUESTION_WORDS = frozenset(
    "how what what's whats which when when's where where's who who's whose why how's whereabouts".split()
)
_AUXILIARIES = frozenset(
    "is was are were am did do does has have had can could will would should may might happened".split()
)
_AFTER_HOW = (
    frozenset("much many long often old far soon big deep high large late early come badly".split()) | _AUXILIARIES
)
_CLAUSE_STARTS = frozenset(
    "and so okay ok but sorry please me then right well um uh sir ma'am madam thanks only yes no".split()
)
_BEFORE_QUESTION = frozenset("for at in on by to from with".split())
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

_STATING = frozenset("is are was were".split())
"""`None of this is your doing` asks nothing, `is your ...` does."""

_SHORT_REQUEST_WORDS = 9
"""Up to this many words, `date of birth please` asks for it; in a longer sentence it may only speak of it."""

_BARE_REQUEST_WORDS = 5
"""Up to this many, anything that names a fact asks for it (`just the last four digits`), but for thanks."""

_THANKS = frozenset({"thank", "thanks"})

_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve once twice double triple first second third".split()
)


_MONTHS_AND_MORE = frozenset({"may", "march"})
_BEFORE_MONTH = frozenset("in of since last until till by early late this".split())
"""`May` and `march` are months only after one of these."""

_OWN_DOING = frozenset("i'll i'm we'll i'd we'd we're i we".split())

UNIT_WEIGHT = 3.0
NEARLY_ASKED_WEIGHT = 2.0
NEARLY_ASKED_LEAD = 1.3
NEARLY_ASKED_WORDS = 2
"""How much of a fact's own words a question in others must have, and how much more than any other fact's (start)."""


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
    return not _REQUEST_WORDS.isdisjoint(words) or any(
        pair in _REQUESTS
        and (pair[0] not in _STATING or _starts_clause(words, index) or words[index - 1] in _QUESTION_WORDS)
        for index, pair in enumerate(itertools.pairwise(words))
    )


def _starts_question(words: Sequence[str], index: int) -> bool:
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in _NO_QUESTION_BEFORE or after in _NO_QUESTION_AFTER:
        return False
    if words[index] == "how":
        return after in _AFTER_HOW
    return "'" in words[index] or after in _AUXILIARIES or before in _BEFORE_QUESTION or _starts_clause(words, index)


def _starts_clause(words: Sequence[str], index: int) -> bool:
    return index == 0 or words[index - 1] in _CLAUSE_STARTS


def _requests_shortly(words: Sequence[str]) -> bool:
    """`And your account number`, `date of birth please`."""
    return "please" in words or (
        bool(words) and (words[0] == "your" or words[:2] in (["and", "your"], ["okay", "your"]))
    )


def asked(persona: Persona, words: Sequence[str], *, a_question: bool = False) -> list[ListenedFact]:
    """Every fact that these words (see ``tokens``) ask for, the best match first.

    ``a_question``: that they ask something is known from elsewhere (a question mark, a technique that was heard).
    """
    if "happen" in words:  # `do you happen to know` asks for nothing that happened
        words = [w for w, after in itertools.pairwise((*words, "")) if (w, after) != ("happen", "to")]
    spoken = Spoken.of(words)
    if persona.asked_by.stems.isdisjoint(spoken.stems):
        return []
    bare = len(words) <= _BARE_REQUEST_WORDS and _THANKS.isdisjoint(words)
    a_question = a_question or asks(words)
    if not bare and not a_question:
        return []
    found = [(heard, persona.listened_facts[place]) for place, heard in persona.asked_by.heard_in(spoken).items()]
    if not found:
        return _nearly_asked(persona, spoken) if a_question else []
    found.sort(key=lambda pair: -len(pair[0]))
    best = found[0][0]  # `order number` asks for that, and not also for what was ordered
    return [fact for heard, fact in found if len(heard) >= len(best) - 1 and not heard < best]


def _nearly_asked(persona: Persona, spoken: Spoken) -> list[ListenedFact]:
    """The one fact that a question in words of its own is about, if it is about one rather than any other."""
    weights: dict[int, float] = {}
    for each in spoken.stems:
        for number, weight in persona.question_weights.get(each, ()):
            weights[number] = weights.get(number, 0.0) + weight
    if len(spoken.stems & persona.question_weights.keys()) < NEARLY_ASKED_WORDS:
        return []
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < NEARLY_ASKED_WEIGHT:
        return []
    if len(ranked) > 1 and ranked[0][1] < NEARLY_ASKED_LEAD * ranked[1][1]:
        return []
    return [persona.listened_facts[ranked[0][0]]]


def asked_fact(persona: Persona, text: str) -> str | None:
    """The name of the fact that this text asks for most plainly; None when it asks for none."""
    facts = asked(persona, tokens(text))
    return facts[0].name if facts else None


def named_in(fact: ListenedFact, words: Sequence[str]) -> bool:
    """Whether the words themselves say the fact rightly."""
    return bool(fact.heard_as.heard_in(Spoken.of(words)))


_RETELLS = re.compile(
    r"^(?:(?:okay|ok|right|so|and|um|uh|well|let me|see|if|i|i've|have|got|this|it|understand|make sure|followed)"
    r"[ ,:]+)*"
    r"(?:you(?:'re| are| were|'ve| have| had)?|your|we|they|the|it's|it (?:was|has|is)|that(?:'s| left)|"
    r"what happened is)\b"
)
_SO = re.compile(
    r"^(?:(?:okay|ok|right|and|well)[ ,]+)*so,? (?!i\b|i'|we\b|we'|let|what|how|can|could|do|does|did|that's all)"
)
"""A retelling is about the caller, or about what was done to the caller, from its first words on."""


@functools.lru_cache(maxsize=TURNS_KEPT)
def retells(text: str) -> bool:
    """Whether these words may tell the caller's story back."""
    lower = text.lower()
    return _RETELLS.match(lower) is not None or _SO.match(lower) is not None


def restated(persona: Persona, text: str, detections: Sequence[Detection] = ()) -> Restated:
    """Whether the caller's details come back rightly in these words; a wrong one outweighs right ones.

    Words that only say by when help comes (``timeframe`` among the ``detections``) are no restatement.
    """
    words = _without_timeframes(text, detections)
    spoken = Spoken.of(words)
    heard = persona.heard_as.heard_in(spoken)
    wrong = [
        *persona.heard_wrong.heard_in(spoken),
        *_rival_days_said(persona, words, spoken),
        *(fact.number for fact in _rival_counts_said(persona, words) if fact.number not in heard),
    ]
    if wrong:
        return Restated("wrong", persona.listened_facts[min(wrong)].name)
    if strange := _strange_number(persona, words):
        return Restated("wrong", strange)
    if not heard:
        return NOTHING_RESTATED
    right = max(heard, key=lambda place: len(heard[place]))
    return Restated("right", persona.listened_facts[right].name)


def _without_timeframes(text: str, detections: Sequence[Detection]) -> list[str]:
    """The words without those that say by when the trainee will do something (`I'll send it on Friday`)."""
    words = text.lower().split()
    spans = [
        d.span for d in detections if d.id == "timeframe" and not _OWN_DOING.isdisjoint(words[: max(1, d.span[1])])
    ]
    if not spans:
        return tokens(text)
    return [word for word, position in located(text) if not any(start <= position < end for start, end in spans)]


def _rival_days_said(persona: Persona, words: list[str], spoken: Spoken) -> list[int]:
    """The places of the facts for which another day, month or town was said than their own."""
    if persona.rival_stems.isdisjoint(spoken.stems):
        return []
    said = {
        stem(word)
        for before, word in itertools.pairwise(("", *words))
        if word not in _MONTHS_AND_MORE or before in _BEFORE_MONTH
    }
    return [
        fact.number
        for fact in persona.listened_facts
        if not fact.rivals.isdisjoint(said) and fact.own_days.isdisjoint(said)
    ]


def _rival_counts_said(persona: Persona, words: list[str]) -> list[ListenedFact]:
    """The facts before whose units another number was said than any that they have themselves."""
    if _NUMBERS.isdisjoint(words):
        return []
    return [fact for fact in persona.listened_facts if fact.units and _rival_count_said(fact, words)]


def _rival_count_said(fact: ListenedFact, words: list[str]) -> bool:
    own = {(number.words, number.unit) for number in fact.numbers}
    return any(
        word in _NUMBERS and stem(following) in fact.units and ((word,), following) not in own
        for word, following in itertools.pairwise(words)
    )


def _strange_number(persona: Persona, words: list[str]) -> str | None:
    """The fact whose number came back as one that nobody has named; None when all numbers are known, or about nothing.

    What comes after the trainee's own `I'll` or `I can` is no restatement.
    """
    if NUMBER_WORDS.isdisjoint(words):
        return None
    told = words[: next((i for i, word in enumerate(words) if word in _OWN_DOING), len(words))]
    said = numbers_in(told)
    strange = next((number for number in said if persona.known_numbers.strange(number)), None)
    if strange is None:
        return None
    stems = frozenset(map(stem, told))
    named = {number.words for number in said}
    best: str | None = None
    most = 0.0
    for fact in persona.listened_facts:
        if not fact.numbers or not named.isdisjoint(number.words for number in fact.numbers):
            continue
        score = float(len(stems & fact.context))
        score += UNIT_WEIGHT * any(number.unit == strange.unit != "" for number in fact.numbers)
        score += any(number.words[-1] == strange.words[-1] for number in fact.numbers)
        if score > most:
            best, most = fact.name, score
    return best
