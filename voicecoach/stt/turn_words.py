"""What the words so far say about whether a turn is over: the features of the model in ``turn_end``.

Every feature is a name with a value, so that a weight can be read: ``last:because`` speaks against an end, ``asks`` for
one. The rules of ``completeness`` are features among others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.stt.completeness import deciding_rule, half_sentence, has_clause, soothes
from voicecoach.stt.questions import asks, clause_asks, last_clause
from voicecoach.stt.sentence_words import BE_HAVE_DO, DETERMINERS, NEGATED, QUESTION_SUBJECTS, WH_WORDS, word_set

Features = dict[str, float]

LONGEST_WORDS = 40
"""Only so many of the last words are looked at: whatever came before says nothing about the end."""

ASKING_WORDS = 12
"""A question's first words lie no further back than this."""

TURNED_ROUND = BE_HAVE_DO | NEGATED
"""Before a subject these turn a sentence round: "does that", "is there", "didn't you"."""

TURNED_SUBJECTS = QUESTION_SUBJECTS | DETERMINERS | word_set("anybody anyone anything somebody one")
ASKING = WH_WORDS | word_set("what's who's where's how's when's whereabouts")
TELLING = word_set("and so but or that the it this i you thing problem to not")
"""Before a turned-round verb these often tell that nothing is asked: "the thing is that", "so am i"."""

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
        *_asking(words),
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


def _asking(words: Sequence[str]) -> Iterator[str]:
    """What may open a question, wherever it stands: nobody hears where a sentence begins."""
    for at in range(max(0, len(words) - ASKING_WORDS), len(words) - 1):
        word, following = words[at : at + 2]
        before = words[at - 1] if at else "^"
        if word in TURNED_ROUND and following in TURNED_SUBJECTS:
            kind = "wh" if before in WH_WORDS else before if before in TELLING or not at else "other"
            yield from ("turned round", f"turned:{word} {following}", f"turned:{kind} {word}")
            yield f"turned:{kind} {word} {following}"
        if word in ASKING:
            yield from (f"asking:{word}", f"asking:{word} {following}", f"asking:{before} {word}")
