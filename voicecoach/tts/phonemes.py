"""Texts to the phonemes that Piper voices were taught with: those of espeak-ng, letter by letter of their IPA.

The espeak-ng is the one that speaks otherwise; it lives in the voice's child process and is imported nowhere else.
"""

from __future__ import annotations

import ctypes
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voicecoach.tts.espeak_speech import load_bundled_library

IPA = 0x02
UTF8 = 1
SYNCHRONOUS = 2

START, END, PAD = "^", "$", "_"
"""Piper's marks around a sentence, and between all its phonemes."""

SENTENCE_ENDS = frozenset(".?!")
_SWITCHES = re.compile(r"\([^)]+\)")  # "(en)": espeak-ng changes its language here
_ENDING = re.compile(r"([.,:;?!])[\s\"')\]]*\S?\s*$")  # the library reads one letter beyond the clause


class Phonemes:
    """espeak-ng as a reader. Raises ``OSError`` without its library, ``RuntimeError`` when it does not start."""

    def __init__(self, scratch: Any) -> None:
        load_bundled_library(scratch)
        from pyttsx3.drivers import _espeak  # it has found the library already, wherever that is

        self._library: Any = _espeak.dll
        data = os.environ.get("ESPEAK_DATA_PATH")
        if self._library.espeak_Initialize(SYNCHRONOUS, 0, data.encode() if data else None, 0) < 0:
            raise RuntimeError("espeak-ng does not start")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]

    def sentences(self, text: str, voice: str) -> list[list[str]]:
        """The phonemes of each sentence, punctuation among them. Raises ``RuntimeError`` for an unknown voice."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"espeak-ng has no voice {voice!r}")
        sentences: list[list[str]] = [[]]
        for spoken, ending in self._clauses(text):
            letters = unicodedata.normalize("NFD", _SWITCHES.sub("", spoken) + ending)
            sentences[-1] += list(letters) + ([" "] if ending and ending not in SENTENCE_ENDS else [])
            if ending in SENTENCE_ENDS:
                sentences.append([])
        return [sentence for sentence in sentences if sentence]

    def _clauses(self, text: str) -> Iterator[tuple[str, str]]:
        """Each clause's phonemes and the mark that ends it ("." at the end of the text)."""
        encoded = text.encode()
        buffer = ctypes.create_string_buffer(encoded)
        origin = ctypes.addressof(buffer)
        place = ctypes.c_void_p(origin)
        while place.value:
            begin = place.value - origin
            spoken = self._library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, IPA).decode()
            read = encoded[begin : place.value - origin if place.value else len(encoded)].decode(errors="ignore")
            found = _ENDING.search(read)
            ending = found[1] if found else "" if place.value else "."
            if spoken.strip():
                yield spoken, ending


def phoneme_ids(phonemes: Sequence[str], ids: Mapping[str, Sequence[int]]) -> list[int]:
    """What a Piper model takes: start mark, phonemes with pads between, end mark; unknown ones are left out."""
    found = [*ids[START], *ids[PAD]]
    for phoneme in phonemes:
        if phoneme in ids:
            found += [*ids[phoneme], *ids[PAD]]
    return [*found, *ids[END]]
