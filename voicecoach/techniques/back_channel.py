"""Is this a verbal nod ("mm-hm", "I see", "go on") or does somebody want to speak?"""

from __future__ import annotations

import re
from collections.abc import Collection

from voicecoach.values import Heard

_TOKENS = (
    r"m+|h+m+|mm+ ?h+m+|m+ ?h+m*|uh ?huh|huh|ah ?ha|aha|a+h+|o+h+|uh|um+|er+m*|eh|"
    r"ye+a+h|yeh|yep|yup|ya|yes|okay|ok|oke?y doke?y|alright|all right|right|righto|aye|ja|haan|accha|achha|"
    r"sure(?: thing)?|of course|i see|i hear(?: you| ya)?|hear you|i get (?:you|it|that)|got (?:it|you|ya|that)|gotcha|"
    r"understood|i understand|uh understand|point taken|fair (?:enough|point)|"
    r"(?:you are|youre|thats|that is|too) right|so true|go (?:on|ahead)|carry on|keep going|continue|"
    r"i am (?:listening|with you|here|following)|im (?:listening|with you|here|following)|listening|with you|"
    r"oh dear(?: me)?|dear me|oh my(?: god| goodness)?|my goodness|goodness me|oh god|oh lord|i know|i bet|no way|ouch|"
    r"please|and then|then|well|so|no|really|exactly|absolutely|true|wow|gosh|goodness|sir|maam|madam"
)
_NOD = re.compile(rf"(?:{_TOKENS})(?: (?:{_TOKENS}))*")
_CORE = re.compile(
    r"\b(?:m+|h+m+|h*m+ ?h+m+|m+ ?h+m*|uh ?huh|ah ?ha|aha|a+h+|o+h+|ye+a+h|yeh|yep|yup|ya|yes|okay|ok|alright|"
    r"all right|right|righto|aye|ja|haan|accha|achha|sure|of course|see|hear|get|got|gotcha|understood|"
    r"understand|taken|fair|dear|my|god|lord|know|bet|no way|ouch|wow|gosh|goodness|"
    r"go on|go ahead|carry on|keep going|continue|listening|with you|following|exactly|absolutely|true|huh)\b"
)
LONGEST_NOD_WORDS = 8

SURE_OF_A_WORD = 0.5
"""Below this a word may have been any sound."""

PASSING_WORDS = 2
"""Who says no more than this into somebody's speech, and falls silent again, mostly wants nothing."""

AGREEING = frozenset({"acknowledge", "validate"})
"""What so few words can be without asking for the floor: nobody stops speaking to hear that he is right."""

_BIDS = frozenset(
    "wait stop hold hang listen look excuse sorry pardon hello hey hi sir madam maam mister mr mrs miss ms "
    "what who whose which when where why how but no not never well actually enough let may can could will would "
    "is are was were do does did have has one two moment second minute just please".split()
)
"""Words with which people do ask for the floor, or for an answer."""


def is_back_channel(text: str) -> bool:
    """Whether the words are nothing but listening noises and nods; False for no words at all.

    Case and punctuation do not matter. Fillers and "sir" may stand around a nod but are none by themselves.
    """
    plain = re.sub(r"[^a-z ]+", " ", text.lower().replace("'", "").replace("’", ""))
    words = plain.split()
    if not words or len(words) > LONGEST_NOD_WORDS:
        return False
    joined = " ".join(words)
    return _NOD.fullmatch(joined) is not None and _CORE.search(joined) is not None


def is_nod(heard: Heard) -> bool:
    """Whether what was heard is a nod, also when the recogniser made some words out of the sounds around it."""
    sure = [word.text for word in heard.words if word.confidence >= SURE_OF_A_WORD]
    mostly = 2 * len(sure) >= len(heard.words)
    return is_back_channel(heard.text) or (mostly and is_back_channel(" ".join(sure)))


def is_mumble(heard: Heard) -> bool:
    """Whether nothing was heard but one word that the recogniser is not sure of: nobody stops speaking for that."""
    return len(heard.words) == 1 and heard.words[0].confidence < SURE_OF_A_WORD


def passes_by(heard: Heard, names: Collection[str] = ()) -> bool:
    """Whether the words, said into somebody's speech, ask for nothing: two at most, and no bid for the floor in them.

    ``names`` (lower case) are those of the one who speaks: who calls them wants the floor.
    """
    return _is_passing(heard.text) and not any(word in names for word in heard.text.lower().split())


def _is_passing(text: str) -> bool:
    words = re.sub(r"[^a-z ]+", "", text.lower()).split()
    return 0 < len(words) <= PASSING_WORDS and _BIDS.isdisjoint(words)
