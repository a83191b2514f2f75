"""Which techniques a call hears: the catalogue's, and what the coach added."""

from __future__ import annotations

from pathlib import Path

from voicecoach.places import techniques_file
from voicecoach.techniques.extension import NO_EXTENSION, Extension, load_extension


def own_techniques(named: Path | None) -> Extension:
    """The file that was named, else the one in the person's folder where there is one. Raises ``TechniquesError``."""
    if named is not None:
        return load_extension(named)
    usual = techniques_file()
    return load_extension(usual) if usual.is_file() else NO_EXTENSION
