"""Is something asked? By the order of the words or by a tag, in lower-case, unpunctuated, perhaps misheard words."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.stt.sentence_words import (
    ANY_SUBJECTS,
    AUXILIARIES,
    BE_HAVE_DO,
    CLAUSE_BORDERS,
    CONTRACTIONS,
    DETERMINERS,
    QUESTION_SUBJECTS,
    SUBJECTS,
    TAGS,
    WH_WORDS,
    ends_in,
    word_set,
)

Words = Sequence[str]

LEAST_TAGGED_WORDS = 3

_RELATIVE = word_set("that which who whom whose what whatever than as like")
"""A verb after these has its subject already, unless they open the sentence: "the one that was late"."""

_JOINING = word_set("and or but nor")
"""A verb after these may have its subject before them: "you were told and did not answer"."""

_SPEAKERS = word_set("you i we they")
_NEVER_OBJECTS = {
    **dict.fromkeys("can could will would shall should".split(), _SPEAKERS | word_set("that it there")),
    **dict.fromkeys("do did does are were have".split(), _SPEAKERS),
}
"""After these verbs these are subjects: even in mid-sentence something is asked ("today would that help")."""

_BEFORE_A_VERB = SUBJECTS | AUXILIARIES | word_set("to not")

_PUT_RIGHT = word_set("this that it things everything them all me")
"""Before a last "right" that is no tag: "i want to put that right"."""

_TOLD_AFTER = ANY_SUBJECTS | CONTRACTIONS | (DETERMINERS - word_set("other those these any some no"))
"""After a question word these tell instead of asking: "what i can do", "how the refund works"."""

_CHOOSING = word_set("prefer rather either whether")
_SUBJECT_OPENERS = word_set("the your my our his her their these those")


def is_question(words: Words) -> bool:
    """Whether something is asked: then the voice may rise at the end."""
    return bool(words) and (asks(words) or clause_asks(words) or is_tagged(words))


def asks(words: Words) -> bool:
    """A question word or a turned-round verb ("did you", "is the") opens one of the clauses."""
    return any(_turned_round(words, at) for at in range(len(words) - 1)) or _opens_as_question(words)


def clause_asks(words: Words) -> bool:
    """Whether the last clause opens as a question does, whoever is its subject ("would friday suit you")."""
    border, clause = last_clause(words)
    if len(clause) < 2:
        return False
    opens = border in WH_WORDS and len(clause) + 1 == len(words)  # "who is the account holder"
    told = border in _RELATIVE and not opens
    turned = clause[0] in BE_HAVE_DO and (border not in _JOINING or clause[1] in QUESTION_SUBJECTS)
    return (turned and not told) or _opens_as_question(clause)


def is_tagged(words: Words) -> bool:
    """Whether the words end in a question tag ("you paid twice right")."""
    if len(words) < LEAST_TAGGED_WORDS or not ends_in(words, TAGS):
        return False
    put_right = words[-1] in ("right", "correct") and words[-2] in _PUT_RIGHT
    return not put_right or words[-3] in BE_HAVE_DO


def is_half_asked(words: Words) -> bool:
    """Whether the last clause is a turned-round verb with its subject and no more: "did the driver"."""
    _, clause = last_clause(words)
    return len(clause) == 3 and clause[0] in BE_HAVE_DO and clause[1] in _SUBJECT_OPENERS


def wants_the_other_choice(words: Words) -> bool:
    """Whether a question offers one of two things and has not come to the other: "would you prefer a refund"."""
    chosen = max((at for at, word in enumerate(words) if word in _CHOOSING), default=len(words))
    return chosen < len(words) and "or" not in words[chosen:]


def last_clause(words: Words) -> tuple[str, Words]:
    """The border word before the last clause ("^" at the beginning), and the clause; never an empty one."""
    for at in range(len(words) - 2, -1, -1):
        if words[at] in CLAUSE_BORDERS:
            return words[at], words[at + 1 :]
    return "^", words


def _turned_round(words: Words, at: int) -> bool:
    if words[at] not in BE_HAVE_DO or words[at + 1] not in QUESTION_SUBJECTS:
        return False
    if at == 0:
        return True
    border = words[at - 1]
    if words[at + 1] in _NEVER_OBJECTS.get(words[at], ()) and border not in _BEFORE_A_VERB:
        return True
    if border in _RELATIVE and at > 1:
        return border in WH_WORDS and words[at - 2] in CLAUSE_BORDERS  # "and what is the number"
    return border in CLAUSE_BORDERS or border in WH_WORDS


def _opens_as_question(words: Words) -> bool:
    """A question word at the beginning asks, unless what follows tells: "what happened was"."""
    if len(words) < 2 or words[0] not in WH_WORDS or words[1] in _TOLD_AFTER:
        return False
    return words[1] != "happened" or not BE_HAVE_DO.intersection(words[2:])
