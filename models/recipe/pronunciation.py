"""How each word of the vocabulary is said: the CMU dictionary first, espeak-ng's phonemes for names and brands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pocketsphinx

from .espeak import Espeak
from .phones import CMU_PHONES

Pronunciations = dict[str, list[list[str]]]

_CMU_FILE = Path(pocketsphinx.__file__).parent / "model" / "en-us" / "cmudict-en-us.dict"
_IPA_TO_CMU = {
    "\u0251": "AA", "\u0252": "AA", "\u00e6": "AE", "a": "AE", "\u028c": "AH", "\u0259": "AH", "\u0250": "AH",
    "\u0254": "AO", "o": "AO", "a\u028a": "AW", "a\u026a": "AY", "b": "B", "t\u0283": "CH", "d": "D", "\u00f0": "DH",
    "\u025b": "EH", "e": "EH", "\u025c": "ER", "\u025a": "ER", "\u025d": "ER", "e\u026a": "EY", "f": "F",
    "\u0261": "G", "g": "G", "h": "HH", "\u026a": "IH", "\u1d7b": "IH", "i": "IY", "d\u0292": "JH", "k": "K",
    "x": "K", "l": "L", "m": "M", "n": "N", "\u014b": "NG", "o\u028a": "OW", "\u0259\u028a": "OW",
    "\u0254\u026a": "OY", "p": "P", "\u0279": "R", "r": "R", "s": "S", "\u0283": "SH", "t": "T", "\u027e": "T",
    "\u03b8": "TH", "\u028a": "UH", "u": "UW", "v": "V", "w": "W", "j": "Y", "z": "Z", "\u0292": "ZH",
}  # fmt: skip
_LONGEST_SYMBOL = max(map(len, _IPA_TO_CMU))


@cache
def cmu_dictionary() -> Pronunciations:
    """Every pronunciation in the CMU dictionary that the pocketsphinx wheel carries."""
    dictionary: Pronunciations = {}
    for line in _CMU_FILE.read_text(encoding="utf-8").splitlines():
        word, *phones = line.split()
        dictionary.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(phones)
    return dictionary


def ipa_to_cmu(symbols: list[str]) -> list[str]:
    """CMU phones of a run of IPA symbols, longest match first; what CMU has no phone for is dropped."""
    text = "".join(symbols).replace("\u02d0", "").replace("\u0329", "")
    phones, position = [], 0
    while position < len(text):
        for length in range(_LONGEST_SYMBOL, 0, -1):
            phone = _IPA_TO_CMU.get(text[position : position + length])
            if phone:
                phones.append(phone)
                break
        position += length
    return phones


def pronounce(words: list[str]) -> Pronunciations:
    """All pronunciations of each word. Raises ValueError for a word nobody can say."""
    dictionary, espeak = cmu_dictionary(), None
    result: Pronunciations = {}
    for word in words:
        if word in dictionary:
            result[word] = dictionary[word]
            continue
        espeak = espeak or Espeak()
        said = {tuple(ipa_to_cmu(espeak.ipa(word, voice))) for voice in ("en-us", "en-gb-x-rp")}
        result[word] = sorted([list(phones) for phones in said if phones])
        if not result[word] or not all(set(phones) <= set(CMU_PHONES) for phones in result[word]):
            raise ValueError(f"no pronunciation for {word!r}: take it out of the vocabulary")
    return result
