"""Is this a verbal nod ("mm-hm", "I see", "go on") or does somebody want to speak?"""

from __future__ import annotations

import re

from voicecoach.values import Heard

_TOKENS = (
    r"m+|h+m+|mm+ ?h+m+|m+ ?h+m*|uh ?huh|huh|ah ?ha|aha|a+h+|o+h+|uh|um+|er+m*|eh|"
    r"ye+a+h|yeh|yep|yup|ya|yes|okay|ok|oke?y doke?y|alright|all right|right|righto|aye|ja|haan|accha|achha|"
    r"sure(?: thing)?|of course|i see|i hear(?: you| ya)?|hear you|i get (?:you|it|that)|got (?:it|you|ya|that)|gotcha|"
    r"understood|i understand|uh understand|point taken|fair enough|go (?:on|ahead)|carry on|keep going|continue|"
    r"i am (?:listening|with you|here|following)|im (?:listening|with you|here|following)|listening|with you|"
    r"please|and then|then|well|so|no|really|exactly|absolutely|true|wow|gosh|goodness|sir|maam|madam"
)
_NOD = re.compile(rf"(?:{_TOKENS})(?: (?:{_TOKENS}))*")
_CORE = re.compile(
    r"\b(?:m+|h+m+|h*m+ ?h+m+|m+ ?h+m*|uh ?huh|ah ?ha|aha|a+h+|o+h+|ye+a+h|yeh|yep|yup|ya|yes|okay|ok|alright|"
    r"all right|right|righto|aye|ja|haan|accha|achha|sure|of course|see|hear|get|got|gotcha|understood|"
    r"understand|taken|fair|"
    r"go on|go ahead|carry on|keep going|continue|listening|with you|following|exactly|absolutely|true|huh)\b"
)
LONGEST_NOD_WORDS = 8

SURE_OF_A_WORD = 0.5
"""Below this a lone word may have been any sound."""


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


def is_mumble(heard: Heard) -> bool:
    """Whether nothing was heard but one word that the recogniser is not sure of: nobody stops speaking for that."""
    return len(heard.words) == 1 and heard.words[0].confidence < SURE_OF_A_WORD
