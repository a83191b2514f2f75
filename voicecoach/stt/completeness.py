"""Is a sentence over? A guess from lower-case, unpunctuated, perhaps misheard words.

"finished": a whole clause or question that hands the floor over. "open": more must follow ("because", "the", a number
in the middle). "unknown": anything else. Rules are asked in order and the first to answer decides; a wrong "open"
costs a moment of silence, a wrong "finished" cuts somebody off, so a clause has to look whole to be called finished.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from voicecoach.stt.questions import asks, is_half_asked, is_tagged, wants_the_other_choice
from voicecoach.stt.sentence_words import (
    ANY_SUBJECTS,
    AUXILIARIES,
    BE_HAVE_DO,
    CLOSINGS,
    CONJUNCTIONS,
    CONTRACTIONS,
    DEGREE_WORDS,
    DETERMINERS,
    DIGITS,
    FILLERS,
    GIVING_VERBS,
    HALF_VERBS,
    LEANING_ADJECTIVES,
    LEAST_TELEPHONE_DIGITS,
    NEGATED,
    NUMBER_WORDS,
    PERSONS,
    PHRASAL_VERBS,
    PLACE_WORDS,
    PREPOSITIONS,
    RELATIVE_OPENERS,
    REQUESTED,
    SHORT_RUN_HINTS,
    SHORT_WHOLE_DIGIT_RUNS,
    SINGLE_NUMBER_BEFORE,
    STANDING_ALONE,
    SUBJECTS,
    SUBORDINATORS,
    TIME_BEFORE,
    WEAK_ENDINGS,
    WH_WORDS,
    WHOLE_BEFORE_YOU,
    WHOLE_DIGIT_RUNS,
    ZERO,
    ends_in,
    word_set,
)

Completeness = Literal["finished", "open", "unknown"]
Verdict = Completeness | None
Words = Sequence[str]

LEAST_CLAUSE_WORDS = 4
LEAST_WHOLE_WORDS = 3
LEAST_STATEMENT_WORDS = 6
"""A shorter statement is mostly an opening: of first sentences under five words 27 % end the turn, of all 62 %."""

SOOTHING = word_set(
    "sorry apologize apologise apologies understand frustrating frustrated upset upsetting awful hear see"
)
SOOTHING_REACH_WORDS, LONG_TURN_WORDS = 8, 15
"""After an apology or a word of empathy 44 % stop, after fifteen words 80 % (labelled agents' lines in training/)."""


def completeness(text: str) -> Completeness:
    """Whether the words so far can be the end of a turn; "unknown" for none."""
    return deciding_rule(text.split())[1]


def is_whole(words: Words) -> bool:
    """Whether they are a whole clause: also one of comfort, which ``completeness`` leaves "unknown" as most go on."""
    rule, verdict = deciding_rule(words)
    if verdict != "unknown" or not soothes(words):
        return verdict == "finished"
    return rule == "echo" or (rule == "none" and _is_statement(words))


def deciding_rule(words: Words) -> tuple[str, Completeness]:
    """The name of the first rule that answers, and its answer; "none" and "unknown" when none does."""
    if words:
        for rule in _RULES:
            verdict = rule(words)
            if verdict is not None:
                return rule.__name__.strip("_"), verdict
    return "none", "unknown"


_ANSWERS = word_set("yes no of so sure yeah okay")
_MODALS = word_set("can could must might may will would to should")
_COMPARING = word_set("how than as whatever best everything all")
_THAT_IS_AN_OBJECT_AFTER = word_set("do doing like about fix check hear see") | PREPOSITIONS | HALF_VERBS | AUXILIARIES
_LEANING = (
    FILLERS | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | AUXILIARIES | CONTRACTIONS | NEGATED | DEGREE_WORDS
    | LEANING_ADJECTIVES | WH_WORDS | PLACE_WORDS
)  # fmt: skip


def _numbers(words: Words) -> Verdict:
    run = 0
    while run < len(words) and words[-1 - run] in NUMBER_WORDS:
        run += 1
    if run == 0:
        return None
    before = words[-1 - run] if run < len(words) else ""
    if run == 1:
        if words[-1] == "one" and before not in ("twenty", "number"):
            return None if before in SINGLE_NUMBER_BEFORE else "unknown"
        return "unknown" if before in SINGLE_NUMBER_BEFORE else "open"
    if not all(word in DIGITS for word in words[-run:]):
        return "unknown" if before in TIME_BEFORE else "open"
    spoken = run + sum({"double": 0, "triple": 1}.get(word, 0) for word in words[-run:])
    if words[-run] in ZERO and spoken < LEAST_TELEPHONE_DIGITS:
        return "open"
    hinted = bool(SHORT_RUN_HINTS.intersection(words[:-run])) and spoken in SHORT_WHOLE_DIGIT_RUNS
    return "unknown" if hinted or spoken in WHOLE_DIGIT_RUNS else "open"


def _closing(words: Words) -> Verdict:
    if is_tagged(words):
        return "finished" if has_clause(words) else "unknown"
    if ends_in(words, CLOSINGS):
        return "finished"
    return None


def _stranded(words: Words) -> Verdict:
    """A question with a question word may end in what else leans: "who am i speaking to", "what can you do"."""
    last, clause = words[-1], words[-8:]
    if last not in BE_HAVE_DO | PREPOSITIONS | PLACE_WORDS:
        return None
    asked = any(a in WH_WORDS and b in BE_HAVE_DO for a, b in pairwise(clause[:-1]))
    return "unknown" if asked or (words[0] in WH_WORDS and asks(words[1:])) else None


def _echo(words: Words) -> Verdict:
    """Ends in pronoun and verb as an answer or a comparison does: "yes you can", "how upset you are"."""
    if len(words) < 2:
        return None
    if words[-1] == "do" and words[-2] in _MODALS:
        return "finished"
    subject = words[-2] in ANY_SUBJECTS and words[-1] in BE_HAVE_DO
    if not subject and not (words[-2] in _MODALS and words[-1] == "be"):
        return None
    if len(words) <= LEAST_CLAUSE_WORDS and words[0] in _ANSWERS:
        return "finished"
    if not _COMPARING.intersection(words[-6:-2]):
        return None
    return "unknown" if soothes(words) else "finished"


def _bare_subject(words: Words) -> Verdict:
    """A verb must follow "i" or "we", unless they close a short question: "shall i"."""
    if words[-1] not in SUBJECTS:
        return None
    return "unknown" if len(words) > 1 and words[-2] in BE_HAVE_DO else "open"


def _leaning(words: Words) -> Verdict:
    """The last word leans on a next one."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "that" and before in _THAT_IS_AN_OBJECT_AFTER:
        return None
    stands = last in STANDING_ALONE or (last in PLACE_WORDS and before in PHRASAL_VERBS)
    stands = stands or (last in WH_WORDS and (not before or before in ("know", "why")))
    if stands:
        return "unknown"
    return "open" if last in _LEANING else None


def _half_said(words: Words) -> Verdict:
    """The last verb still wants its object."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in REQUESTED and before == "you":
        return "open"
    if last in HALF_VERBS:
        return "unknown" if RELATIVE_OPENERS.intersection(words[:-1]) else "open"
    if last in PERSONS and before in GIVING_VERBS:
        return "unknown" if RELATIVE_OPENERS.intersection(words[:-1]) or words[-2:] == ["tell", "me"] else "open"
    return None


def _half_asked(words: Words) -> Verdict:
    """The turned-round verb has its subject and nothing else yet: "did the driver"."""
    return "open" if is_half_asked(words) else None


def half_sentence(words: Words) -> Verdict:
    """Only the "if ..." half of a sentence so far: no second subject follows."""
    asks_when = len(words) > 1 and words[1] in BE_HAVE_DO
    if words[0] not in SUBORDINATORS or asks_when:
        return None
    later = words[3:]
    return None if any(word in CONTRACTIONS or word in SUBJECTS for word in later) or asks(later) else "open"


def has_clause(words: Words) -> bool:
    """A subject with a verb, or an order ("let me check")."""
    if any(word in CONTRACTIONS for word in words[:-1]) or list(words[:2]) == ["let", "me"]:
        return True
    return any(word in ANY_SUBJECTS for word in words[:-1]) or any(word in BE_HAVE_DO for word in words[1:-1])


def soothes(words: Words) -> bool:
    """An apology or a word of empathy, after which most go on."""
    return len(words) < LONG_TURN_WORDS and bool(SOOTHING.intersection(words[-SOOTHING_REACH_WORDS:]))


def _whole(words: Words) -> Verdict:
    if _is_weak(words):
        return None
    if len(words) >= LEAST_WHOLE_WORDS and asks(words):
        return "unknown" if wants_the_other_choice(words) else "finished"
    return "finished" if _is_statement(words) and not soothes(words) else None


def _is_statement(words: Words) -> bool:
    return len(words) >= LEAST_STATEMENT_WORDS and has_clause(words) and not _is_weak(words)


def _is_weak(words: Words) -> bool:
    """The last word hardly ends a clause."""
    return words[-1] in WEAK_ENDINGS or (words[-1] == "you" and words[-2:][0] not in WHOLE_BEFORE_YOU)


_RULES: tuple[Callable[[Words], Verdict], ...] = (
    _numbers,
    _closing,
    _stranded,
    _echo,
    _bare_subject,
    _leaning,
    _half_said,
    _half_asked,
    half_sentence,
    _whole,
)
