"""From the voice names that people write to the ids that a speech engine takes.

A name is a language tag, with an espeak-ng variant where one is wanted: ``en-us``, ``en-gb-scotland``, ``en-us+m3``,
``en-gb+f2``. Where the platform's own voices are used (SAPI5, NSSpeech) the same names pick a voice of that language
and, by the variant's letter, gender, so that one persona file plays everywhere; a platform voice's own name or id
works there too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WELL_KNOWN = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3")
"""Named in an error when nothing is near to what was asked for."""


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A voice that the engine has: its ``id``, a ``name`` for people, language tags, and "male", "female" or ""."""

    id: str
    name: str
    languages: tuple[str, ...]
    gender: str = ""


def friendly_names(voices: Iterable[KnownVoice]) -> dict[str, str]:
    """Every lower-case name a voice may be called by (language tag, end of its id, name, id) → its id."""
    names: dict[str, str] = {}
    for voice in voices:
        for name in (*voice.languages, voice.id.rsplit("/", 1)[-1], voice.name, voice.id):
            names.setdefault(_plain(name), voice.id)
    return names


def espeak_id(name: str, voices: Sequence[KnownVoice], variants: Sequence[str]) -> str | None:
    """The id for espeak-ng's SetVoiceByName; None when language or variant is unknown.

    espeak-ng itself takes an unknown variant for none at all, and does not know ``en-gb`` (its file is called ``en``).
    """
    base, plus, variant = name.partition("+")
    identifier = friendly_names(voices).get(_plain(base))
    if identifier is None or not plus:
        return identifier
    known = {_plain(each): each for each in variants}
    found = known.get(_plain(variant))
    return f"{identifier}+{found}" if found else None


def platform_id(name: str, voices: Sequence[KnownVoice]) -> str | None:
    """The id of the platform's voice that fits best: by name or id, else by language and gender; None if none does."""
    own = {_plain(label): voice.id for voice in voices for label in (voice.id, voice.name)}
    if _plain(name) in own:
        return own[_plain(name)]
    base, _, variant = name.partition("+")
    language, gender = _plain(base), {"m": "male", "f": "female"}.get(_plain(variant)[:1], "")
    fitting: list[KnownVoice] = []
    while language and not fitting:  # en-gb-scotland, then en-gb, then en
        fitting = [voice for voice in voices if any(_speaks(tag, language) for tag in voice.languages)]
        language = language.rpartition("-")[0]
    fitting = [voice for voice in fitting if voice.gender == gender] or fitting
    digits = re.sub(r"\D", "", variant)
    return fitting[(int(digits) - 1) % len(fitting) if digits else 0].id if fitting else None


def nearest_names(name: str, voices: Sequence[KnownVoice], variants: Sequence[str]) -> list[str]:
    """Up to four names that exist and look like ``name``."""
    base, plus, variant = (_plain(part) for part in name.partition("+"))
    known = friendly_names(voices)
    if plus and base in known:
        close = difflib.get_close_matches(variant, [_plain(each) for each in variants], n=4, cutoff=0.3)
        return [f"{base}+{each}" for each in close] or [base, *WELL_KNOWN[:3]]
    tags = [_plain(tag) for voice in voices for tag in voice.languages]
    close = difflib.get_close_matches(base, [*tags, *known], n=4, cutoff=0.5)
    return list(dict.fromkeys(close)) or [each for each in WELL_KNOWN if each.partition("+")[0] in known] or tags[:4]


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _speaks(tag: str, language: str) -> bool:
    return _plain(tag) == language or _plain(tag).startswith(f"{language}-")
