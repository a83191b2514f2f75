"""What the words so far say about whether a turn is over: the features of the model in ``turn_end``.

Every feature is a name with a value, so that a weight can be read: ``last:because`` speaks against an end, ``asks`` for
one. The rules of ``completeness`` are features among others.
"""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.stt.completeness import deciding_rule, half_sentence, has_clause, soothes
from voicecoach.stt.questions import asks, clause_asks, last_clause

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
    found["clause asks"] = float(clause_asks(words))
    found["clause asks, long"] = found["clause asks"] * min(len(clause), 12) / 12
    found["has clause"] = float(has_clause(words))
    found["soothes"] = float(soothes(words))
    found["half sentence"] = float(half_sentence(words) == "open")
    return found
