"""A caller's facts, turned round so that the trainee can say them: "I was charged twice" is "you were charged twice".

Rules of thumb over short texts that persona authors write; what they cannot turn round well they leave out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

STORY = "story"
"""The fact that tells what happened; personas have it by convention."""

MOST_DETAIL_WORDS = 4
_FIGURE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|first|second|third|\w+th|\w+day|january|february|march|april|june|july|august|"
    r"september|october|november|december)\b",
    re.IGNORECASE,
)
"""What is worth reading back: a number or a day."""

_TURNED = {
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "our": "your",
    "ours": "yours",
    "us": "you",
    "your": "our",
    "yours": "ours",
    "you're": "we're",
    "you've": "we've",
    "you'd": "we'd",
    "you'll": "we'll",
}
_BEFORE_SUBJECT = frozenset("and but that then because so when if after before".split())
_CLAUSE = re.compile(
    r"^(?:i|you|we|it|they|he|she|nobody|somebody)(?:'\w+)?\b|"
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|never|\w+n't|went|came|got|broke|lost|left|"
    r"fell|sent|took|put|cut|ran|made|told|paid|gave|froze|keeps|keep|(?<!the )(?<!a )(?<!my )(?<!our )\w+ed)\b",
    re.IGNORECASE,
)
"""What tells that something happened, and not only what it is about."""

_PERSONAL = re.compile(r"\b(?:i|me|my|we|us|our|you|your|this|both|it)\b", re.IGNORECASE)

_THING = re.compile(
    r"(?:an?|the|any|all|some|half|full|free|extra|new|temporary|up|\d\S*|\w+teen|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twenty|thirty|forty|fifty|hundred|somebody|someone|something|\w+(?:tion|ment|ance|ence|ity|ship|[^s]s))\b|"
    r"\w+ of\b"
)
"""An offer that is no deed but a thing (`a taxi`, `compensation`, `refund of the fare`)."""

_VERBS = frozenset(
    """refund rebook pay send replace book waive credit cancel call move exchange repair arrange issue give offer put
    extend reverse upgrade restore reconnect deliver reship schedule remove correct raise open transfer lend add apply
    take hold swap fix check file reset unlock stop switch find get bring connect return cover reduce lower bill match
    reinstate release reserve keep order ship collect note write email start change cut drop register""".split()
)
_DEMAND = re.compile(r"I(?: want|'d like| would like| need) [^.!?]+")
_STOP = re.compile(r"[;,.:(]")
_GIFT = re.compile(r"\b(?:free|gesture|waive|credit|voucher|fee|discount|percent|pay for)\b")
_OBJECTIVE_HER = re.compile(r"\bher(?= (?:a|an|the|one|two|some|back|in|on|to|by|for|with)\b|$)")
_THIRD = (
    (re.compile(r"\b(?:the (?:customer|caller)|her|his|their)'s\b"), "your"),
    (re.compile(r"\b(?:she|he) (?:is|has been)\b"), "you are"),
    (re.compile(r"\b(?:she|he) has\b"), "you have"),
    (_OBJECTIVE_HER, "you"),
    (re.compile(r"\b(?:her|his|their)\b"), "your"),
    (re.compile(r"\b(?:him|the customer|the caller)\b"), "you"),
)
_FROM_TRAINEE = (
    (re.compile(r"\b(from|by|with|to) you\b"), r"\1 me"),
    (re.compile(r"\byour own\b"), "my own"),
)
_LEFT_OVER = re.compile(r"\b(?:she|he|they|them)\b")


def call_slots(
    facts: Mapping[str, str], offers: Sequence[str] = (), wanted: Sequence[str] = (), demand: str = ""
) -> dict[str, str]:
    """What the sentences for this call may be filled with; what is not known or cannot be turned round is not there.

    ``facts`` are the persona's, in order, with ``name`` and ``company``; ``offers`` what the trainee may give, as the
    briefing says it; ``wanted`` phrases for the remedy that the caller wants; ``demand`` what is too much, as the
    caller says it. ``do``, ``do2`` and ``gift`` follow on "I can", ``story`` and ``demand`` are clauses, ``matter``
    (what it is about, where there is no story) and ``detail``, ``detail2`` are things.
    """
    slots = {name: facts[name] for name in ("company", "name") if facts.get(name)}
    story = facts.get(STORY, "").rstrip(".!?")
    if story:
        slots[STORY if _CLAUSE.search(story) else "matter"] = turned(story)
    details = [
        value
        for key, value in facts.items()
        if key not in (STORY, "name", "company")
        and value
        and len(value.split()) <= MOST_DETAIL_WORDS
        and _FIGURE.search(value)
        and not _PERSONAL.search(value)
        and value != facts.get("name")
        and value.lower() not in story.lower()
    ]
    slots |= dict(zip(("detail", "detail2"), details, strict=False))
    doing = [done for offer in offers if (done := _done_for_you(offer))] + [w for w in wanted if _is_deed(w)]
    slots |= dict(zip(("do", "do2"), dict.fromkeys(doing), strict=False))
    gifts = [deed for deed in doing if _GIFT.search(deed)]
    if gifts:
        slots["gift"] = gifts[0]
    if asked := _DEMAND.match(demand):
        slots["demand"] = turned(asked[0])
    return slots


def turned(text: str) -> str:
    """What the caller says of both sides, as the trainee would: I and you change places."""
    words: list[str] = []
    for word in text.split():
        plain = word.lower().strip(",;")
        before = words[-1].lower() if words else ""
        if plain == "you":
            now = "we" if not words or before.strip(",;") in _BEFORE_SUBJECT or before.endswith(",") else "us"
        elif plain in ("was", "am") and before == "you":
            now = {"was": "were", "am": "are"}[plain]
        elif plain == "were" and before == "we":
            now = "were"
        else:
            now = _TURNED.get(plain, word.strip(",;") if plain != word.lower() else word)
        words.append(now + word[len(word.rstrip(",;")) :])
    return " ".join(words)


def _done_for_you(offer: str) -> str:
    """The first clause of an offer of the briefing, as it follows on "I can"; "" when it cannot be turned round."""
    clause = _STOP.split(offer.strip())[0].strip()
    if not clause:
        return ""
    clause = clause[0].lower() + clause[1:]
    for pattern, now in (*_FROM_TRAINEE, *_THIRD):
        clause = pattern.sub(now, clause)
    if _LEFT_OVER.search(clause):
        return ""
    clause = clause.removesuffix(" now")
    return f"get you {clause}" if _THING.match(clause) else clause


def _is_deed(phrase: str) -> bool:
    words = phrase.split()
    return len(words) > 1 and words[0] in _VERBS
