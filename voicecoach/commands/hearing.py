"""Which techniques a call hears, and by which rubric it is judged: the shipped ones, and what the coach added."""

from __future__ import annotations

from pathlib import Path

from voicecoach.places import rubric_file, techniques_file
from voicecoach.review.findings import known_entries
from voicecoach.review.rubric import Rubric, load_rubric, shipped_rubric
from voicecoach.techniques.extension import NO_EXTENSION, Extension, load_extension


def own_techniques(named: Path | None) -> Extension:
    """The file that was named, else the one in the person's folder where there is one. Raises ``TechniquesError``."""
    if named is not None:
        return load_extension(named)
    usual = techniques_file()
    return load_extension(usual) if usual.is_file() else NO_EXTENSION


def own_rubric(named: Path | None, extension: Extension) -> Rubric:
    """The rubric that was named, else the one in the person's folder, else the shipped one. Raises ``RubricError``."""
    file = named or rubric_file()
    if named is None and not file.is_file():
        return shipped_rubric()
    return load_rubric(file, known_entries(extension))
