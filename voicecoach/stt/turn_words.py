"""What the words so far say about whether a turn is over: the features of the model in ``turn_end``.

Every feature is a name with a value, so that a weight can be read: ``last:because`` speaks against an end, ``asks`` for
one. The rules of ``completeness`` are features among others.
"""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.stt.completeness import (
    CLAUSE_BORDERS,
    asks,
    deciding_rule,
    half_sentence,
    has_clause,
    is_tagged,
    soothes,
)
from voicecoach.stt.sentence_words import BE_HAVE_DO, WH_WORDS

Features = dict[str, float]

LONGEST_WORDS = 40
"""Only so many of the last words are looked at: whatever came before says nothing about the end."""

TURN_WORDS_ABOVE = (1, 2, 3, 5, 8, 12, 16, 22, 30)
CLAUSE_WORDS_ABOVE = (2, 4, 6, 9)


def turn_features(all_words: Sequence[str]) -> Features:
    """The features of these words (lower case, at least one)."""
    words = list(all_words[-LONGEST_WORDS:])
    border, clause = last_clause(words)
    before, last = ["^", "^", *words][-3:-1], words[-1]
    rule, verdict = deciding_rule(words)
    names = (
        f"last:{last}",
        f"second:{before[1]}",
        f"third:{before[0]}",
        f"two:{before[1]} {last}",
        f"three:{before[0]} {before[1]} {last}",
        f"rule:{rule}",
        f"verdict:{verdict}",
        f"border:{border}",
        f"clause:{clause[0]}",
        f"clause:{' '.join(clause[:2])}",
        f"turn:{words[0]}",
        f"turn:{' '.join(words[:2])}",
        *(f"words>{count}" for count in TURN_WORDS_ABOVE if len(all_words) > count),
        *(f"clause>{count}" for count in CLAUSE_WORDS_ABOVE if len(clause) > count),
    )
    found: Features = dict.fromkeys(names, 1.0)
    found["asks"] = float(asks(words))
    found["clause asks"] = float(clause_asks(clause))
    found["clause asks, long"] = found["clause asks"] * min(len(clause), 12) / 12
    found["has clause"] = float(has_clause(words))
    found["soothes"] = float(soothes(words))
    found["half sentence"] = float(half_sentence(words) == "open")
    return found


def last_clause(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The border word before the last clause ("^" at the beginning), and the clause; never an empty one."""
    for at in range(len(words) - 2, -1, -1):
        if words[at] in CLAUSE_BORDERS:
            return words[at], words[at + 1 :]
    return "^", words


def clause_asks(clause: Sequence[str]) -> bool:
    """Whether a clause opens as a question does."""
    return len(clause) > 1 and (clause[0] in BE_HAVE_DO or clause[0] in WH_WORDS)


def is_question(words: Sequence[str]) -> bool:
    """Whether something is asked, by the order of the words or by a tag: then the voice may rise at the end."""
    return bool(words) and (asks(words) or clause_asks(last_clause(words)[1]) or is_tagged(words))
