"""Words as spoken, made comparable: one spelling, contractions opened, fillers and false starts dropped.

Punctuation and case are dropped altogether, so that a typed line and a recognised one (lower case, no punctuation) give
the same tokens. Every token knows which word of ``text.split()`` it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_TURN_WORDS = 400
"""Words beyond this (well over two minutes of speech in one breath) are not read."""

LONGEST_WORD_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Tokens:
    """``texts`` and, for each, the ``positions`` of its word in ``words`` (``text.split()``)."""

    words: tuple[str, ...]
    texts: tuple[str, ...]
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of word positions that the tokens ``start`` to ``end`` (half-open) came from."""
        return self.positions[start], self.positions[end - 1] + 1


FILLERS = frozenset("um uh er erm ehm uhm eh umm uhh hm".split())

_WHOLE = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "y'all": "you",
    "ya": "you",
    "yer": "your",
    "ye": "you",
    "i'm": "i am",
    "im": "i am",
    "ive": "i have",
    "youre": "you are",
    "youve": "you have",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "cant": "can not",
    "wont": "will not",
    "isnt": "is not",
    "wasnt": "was not",
    "couldnt": "could not",
    "shouldnt": "should not",
    "wouldnt": "would not",
    "havent": "have not",
    "thats": "that is",
    "theres": "there is",
    "whats": "what is",
    "gonna": "going to",
    "gotta": "got to",
    "wanna": "want to",
    "lemme": "let me",
    "gimme": "give me",
    "dunno": "do not know",
    "kinda": "kind of",
    "sorta": "sort of",
    "'em": "them",
    "em": "them",
    "'cause": "because",
    "cause": "because",
    "cos": "because",
    "cuz": "because",
    "c'mon": "come on",
    "d'you": "do you",
    "o'clock": "oclock",
    "ma'am": "maam",
    "mam": "maam",
    "ok": "okay",
    "okey": "okay",
    "alright": "all right",
    "till": "until",
    "'til": "until",
    "til": "until",
    "yeah": "yes",
    "yep": "yes",
    "yup": "yes",
    "aye": "yes",
    "nope": "no",
    "nah": "no",
    "nae": "no",
    "wee": "little",
    "thankyou": "thank you",
    "sari": "sorry",
    "soz": "sorry",
    "mom": "mum",
    "mam's": "mum",
    "colour": "color",
    "favour": "favor",
    "favours": "favors",
    "honour": "honor",
    "cheque": "check",
    "uhhuh": "uhhuh",
    "mhm": "mmhm",
    "mmhmm": "mmhm",
    "pls": "please",
    "thru": "through",
    "tonite": "tonight",
    "tmrw": "tomorrow",
    "goin": "going",
    "doin": "doing",
    "nothin": "nothing",
    "somethin": "something",
    "anythin": "anything",
}
_TAILS = {"'ll": "will", "'ve": "have", "'re": "are", "'d": "would", "'m": "am"}
_IS_HEADS = frozenset(
    "it that there here what who where how he she this everything nothing something anything nobody everybody "
    "somebody anybody one when why everyone someone anyone mine yours".split()
)
_ISE = re.compile(
    r"(apolog|author|recogn|real|organ|priorit|final|minim|summar|personal|itemi?|util|critic|patron|emphas|empath|"
    r"sympath|optim|normal|custom|symbol|maxim|hospital|reorgan|unauthor)is(e|ed|es|ing|ation|er)$"
)
_INSIDE = re.compile(r"[a-z0-9']+")
_REPEATABLE = frozenset("sorry no yes very so okay right please really there easy now never".split())


def tokenise(text: str) -> Tokens:
    """The comparable tokens of a turn. Never fails, whatever the text holds."""
    words = tuple(text.split())
    texts: list[str] = []
    positions: list[int] = []
    for position, word in enumerate(words[:LONGEST_TURN_WORDS]):
        for token in _open(word):
            if token in FILLERS or _is_restart(texts, token):
                continue
            texts.append(token)
            positions.append(position)
    return Tokens(words, tuple(texts), tuple(positions))


def _is_restart(before: list[str], token: str) -> bool:
    return bool(before) and before[-1] == token and token not in _REPEATABLE


def _open(word: str) -> list[str]:
    plain = word[:LONGEST_WORD_LETTERS].lower().replace("’", "'").replace("‘", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    if plain in ("mm-hm", "mm-hmm", "mhm-hm", "mm-mm", "m-hm"):
        return ["mmhm"]
    if plain.strip(".,!?;:") in ("uh-huh", "mm-hm", "mm-hmm", "ah-ha", "a-ha"):
        return ["mmhm"]
    opened: list[str] = []
    for piece in _INSIDE.findall(plain):
        opened += _one(piece if piece in _WHOLE else piece.strip("'"))
    return opened


def _one(piece: str) -> list[str]:
    if not piece:
        return []
    if piece in _WHOLE:
        return _WHOLE[piece].split()
    if "'" in piece:
        return _contraction(piece)
    if _ISE.search(piece):
        return [_ISE.sub(r"\1iz\2", piece)]
    return [piece]


def _contraction(piece: str) -> list[str]:
    if piece.endswith("n't"):
        return [piece[:-3], "not"]
    for tail, opened in _TAILS.items():
        if piece.endswith(tail):
            return [*_one(piece[: -len(tail)]), opened]
    if piece.endswith("'s"):
        head = piece[:-2]
        return [*_one(head), "is" if head in _IS_HEADS else "s"]
    return _one(piece.replace("'", ""))
