"""What of a line's text is spoken, and what is bleeped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST_CHARACTERS = 400
"""Given to the engine at a time, about 70 words: pyttsx3's time grows with the square of the length, and its espeak
binding reads ten times the length of the text from memory."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Words to be spoken in one go, at most 400 characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Bleep:
    """A word that is covered by a tone."""


Part = Speech | Bleep

_LETTER = r"[^\W\d_]"
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}([^\s*][^*]*[^\s*]|[^\s*])\*{1,2}(?![\w*])")
_BLEEPED = re.compile(
    r"[\[(<*](?:bleep(?:ed|ing)?|beep|censored|expletive)[\])>*]"  # [bleep]
    rf"|(?<!\w){_LETTER}+\*[\w*]*(?:'\w+)?"  # f***ing, sh*t
    rf"|\*{{2,}}{_LETTER}[\w*]*(?:'\w+)?"  # ***hole
    r"|\*{3,}"
    r"|(?=[@#$%&*!]*[@#$%&*])(?<!\S)(?:([@#$%&*!])(?!\1)){3,}[@#$%&*!]*",  # #$@!
    re.IGNORECASE,
)
_TYPOGRAPHIC = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Zl", "Zp"}
"""Control characters, lone surrogates, emoji and the like: read out as their names, or not encodable at all."""


def spoken_parts(text: str) -> tuple[Part, ...]:
    """The line in order: speech and bleeps. Empty when there is nothing to say (no letter, no digit, no bleep)."""
    plain = _EMPHASIS.sub(lambda match: match[1], _plain(text))
    parts: list[Part] = []
    position = 0
    for match in _BLEEPED.finditer(plain):
        # A comma keeps the voice up before a bleep; without it every piece would sound like the end of a sentence.
        parts += _speech(plain[position : match.start()], ending=",")
        parts.append(Bleep())
        position = match.end()
    return (*parts, *_speech(plain[position:], ending=""))


def _plain(text: str) -> str:
    kept = (
        " " if unicodedata.category(character) in _DROPPED and ord(character) not in (0xB0,) else character
        for character in text.translate(_TYPOGRAPHIC)
    )
    return " ".join("".join(kept).split())


def _speech(text: str, ending: str) -> list[Part]:
    speech: list[Part] = []
    text = text.lstrip(" .,;:!?")  # what closed the clause before a bleep
    while any(character.isalnum() for character in text):
        cut = _cut(text)
        head, text = text[:cut].strip(), text[cut:].strip()
        if any(character.isalnum() for character in head):
            more = bool(text)
            speech.append(Speech(head if more or head[-1] in ".,;:!?-" else head + ending))
    return speech


def _cut(text: str) -> int:
    """Where to cut a text that is too long: after a sentence, else after a clause, else between words."""
    if len(text) <= LONGEST_CHARACTERS:
        return len(text)
    window = text[:LONGEST_CHARACTERS]
    for mark in (r"[.!?]+[\"')]*\s", r"[,;:]\s", r"\s"):
        ends = [match.end() for match in re.finditer(mark, window)]
        if ends:
            return ends[-1]
    return LONGEST_CHARACTERS
