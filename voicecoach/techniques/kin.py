"""Which words mean something alike: three groupings of 23,600 English words, from coarse to fine.

A word that no training line has still falls into a group with words that some line has. ``kin.npz`` is made by
``training/word_kin.py`` and holds no words, only their numbers.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from functools import cache
from importlib import resources

import numpy as np

from voicecoach.errors import ModelError

KIN_FILE = "kin.npz"
GRAINS = 3
"""About 100, 400 and 1,200 groups."""

Groups = tuple[str, ...]


@cache
def _kin() -> dict[int, Groups]:
    path = resources.files(__package__).joinpath(KIN_FILE)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            numbers, groups = stored["numbers"].tolist(), stored["groups"].tolist()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            "the word groups of the technique detector cannot be read",
            where=str(path),
            remedy="install voicecoach again",
        ) from error
    return {number: tuple(f"={each}" for each in row) for number, row in zip(numbers, groups, strict=True)}


def groups_of(word: str) -> Groups | None:
    """The names of the word's groups, one a grain; None for a word that is in none. Raises ``ModelError``."""
    return _kin().get(zlib.crc32(word.encode()))


@cache
def kin_digest() -> str:
    """Changes whenever a grouping does."""
    return hashlib.sha256(resources.files(__package__).joinpath(KIN_FILE).read_bytes()).hexdigest()
