"""From written text to the lower-case words a recogniser hears: `Refund 2 x £30!` -> `refund two x thirty pounds`."""

from __future__ import annotations

import re
import unicodedata

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_SYMBOLS = {"&": " and ", "%": " percent ", "+": " plus ", "@": " at ", "=": " equals "}
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros"}
_SHORT_FORMS = {
    "mr": "mister", "mrs": "missus", "ms": "miss", "dr": "doctor", "ok": "okay", "st": "saint", "vs": "versus",
    "a.m": "am", "p.m": "pm",
}  # fmt: skip
_LONGEST_NUMBER_DIGITS = 3  # longer ones are read digit by digit, except round hundreds and thousands


def cardinal(number: int) -> list[str]:
    """Number words of 0..999,999."""
    if number < len(_ONES):
        return [_ONES[number]]
    if number < 100:
        rest = number % 10
        return [_TENS[number // 10 - 2]] + ([_ONES[rest]] if rest else [])
    unit, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = number % unit
    return cardinal(number // unit) + [name] + (cardinal(rest) if rest else [])


def ordinal(number: int) -> list[str]:
    """`21` -> `twenty first`."""
    words = cardinal(number)
    last = words[-1]
    words[-1] = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return words


def spoken_digits(digits: str) -> list[str]:
    """How an agent reads a run of digits: small and round numbers whole, references digit by digit."""
    number = int(digits)
    is_round = len(digits) <= 6 and not digits.startswith("0") and number % 100 == 0
    if is_round or (len(digits) <= _LONGEST_NUMBER_DIGITS and not (digits.startswith("0") and len(digits) > 1)):
        return cardinal(number)
    return [_ONES[int(digit)] for digit in digits]


def _spell_numbers(text: str) -> str:
    text = re.sub(r"(\d),(\d{3})\b", r"\1\2", text)
    text = re.sub(r"([$£€])\s?(\d+(?:\.\d+)?)", lambda m: f"{m[2]} {_CURRENCIES[m[1]]}", text)
    text = re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda m: " ".join(ordinal(int(m[1][:6]))), text)
    text = re.sub(r"(\d+):00\b", r"\1", text)
    text = re.sub(r"(\d)[:](\d)", r"\1 \2", text)
    text = re.sub(r"(\d)\.(\d)", r"\1 point \2", text)
    return re.sub(r"\d+", lambda m: f" {' '.join(spoken_digits(m[0]))} ", text)


def spoken_words(text: str) -> list[str]:
    """Lower-case words of `text` as spoken: numbers in words, hyphens split, apostrophes kept, the rest dropped."""
    text = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    for symbol, word in _SYMBOLS.items():
        text = text.replace(symbol, word)
    words = []
    for token in re.findall(r"[a-z']+", _spell_numbers(text)):
        word = token.strip("'") if token not in ("'em", "'til") else token[1:]
        if word:
            words.append(_SHORT_FORMS.get(word, word))
    return words


def spoken_pieces(text: str) -> list[list[str]]:
    """The words of each sentence of `text` apart, split at full stops, question and exclamation marks."""
    text = re.sub(r"\b(mr|mrs|ms|dr|st|a\.m|p\.m)\.", r"\1", text, flags=re.IGNORECASE)
    pieces = (spoken_words(piece) for piece in re.split(r"(?<=[a-zA-Z0-9])[.?!]+(?:\s|$)|\n|[;:]\s|\s-\s|\u2014", text))
    return [piece for piece in pieces if piece]
