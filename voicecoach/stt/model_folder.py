"""Is this a whole Vosk model folder, and whom does it understand? Looked at before the library sees it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from voicecoach.errors import ModelError
from voicecoach.stt.registry import missing_parts

MARKER_FILE = "voicecoach.json"
"""Lies in a model made here: ``{"understands": "synthetic voices"}``. Other people's models have none."""

HUMAN_VOICES = "people"

FLAT_NEEDED = ("final.mdl", "mfcc.conf", "words.txt", "word_boundary.int")
FLAT_GRAPHS = (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))
"""The old layout, without sub-folders."""

FOREIGN_FILES = {
    "mdef": "a PocketSphinx model",
    "tokens.txt": "a model for sherpa or icefall",
    "model.bin": "a Whisper model",
    "alphabet.txt": "a DeepSpeech or Coqui model",
    "final.ext.raw": "a Vosk speaker model, which recognises no words",
}

FETCH = "fetch one with `voicecoach models fetch`"


def synthetic_model_folder() -> Path:
    """The small model made here, which understands synthetic voices only (package data; see its README)."""
    return Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))


def understands_people(model_dir: Path) -> bool:
    """False for a model whose marker file says that it was trained on something else.

    Raises ``ModelError`` when there is a marker file that cannot be read.
    """
    marker = model_dir / MARKER_FILE
    if not marker.is_file():
        return True
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
        return bool(content["understands"] == HUMAN_VOICES)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            'the model\'s marker file is not of the form {"understands": "..."}',
            where=str(marker),
            remedy="unpack the model again",
        ) from error


def check_model_folder(model_dir: Path) -> None:
    """Raises ``ModelError`` saying what is wrong when this is not a whole Vosk model folder, classic or flat."""
    where = str(model_dir)
    if not model_dir.exists():
        raise ModelError("there is no such model folder", where=where, remedy=f"check the path or {FETCH}")
    if not model_dir.is_dir():
        packed = model_dir.suffix in (".zip", ".gz", ".tar")
        remedy = "unpack it and give the folder" if packed else "give the folder the model is in"
        raise ModelError("this is a file, not a model folder", where=where, remedy=remedy)
    try:
        names = sorted(path.name for path in model_dir.iterdir())
    except OSError as error:
        raise ModelError(
            f"the model folder cannot be read ({error.strerror})", where=where, remedy="give yourself access to it"
        ) from error
    if not names:
        raise ModelError("the model folder is empty", where=where, remedy=f"unpack the model again or {FETCH}")
    missing = _missing(model_dir, names)
    if missing:
        what, remedy = _what_is_it(model_dir, names, missing)
        raise ModelError(what, where=where, remedy=remedy)


def _missing(model_dir: Path, names: list[str]) -> tuple[str, ...]:
    if "final.mdl" not in names:
        return missing_parts(model_dir)
    there = {name for name in names if (model_dir / name).is_file() and (model_dir / name).stat().st_size > 0}
    missing = [name for name in FLAT_NEEDED if name not in there]
    if not any(there.issuperset(graph) for graph in FLAT_GRAPHS):
        missing.append("HCLG.fst (or HCLr.fst and Gr.fst)")
    return tuple(missing)


def _what_is_it(model_dir: Path, names: list[str], missing: tuple[str, ...]) -> tuple[str, str]:
    """What an incomplete model folder is, and the remedy."""
    for name, kind in FOREIGN_FILES.items():
        if name in names:
            return f"this is {kind}, not a Vosk model ({name} is in it)", FETCH
    if {"am", "conf", "graph", "final.mdl"}.intersection(names):
        return f"the model is only half unpacked: {', '.join(missing)} missing", f"unpack it again or {FETCH}"
    inner = [name for name in names if (model_dir / name / "am").is_dir() or (model_dir / name / "final.mdl").is_file()]
    if inner:
        return "the model lies one folder deeper", f"give {model_dir / inner[0]}"
    return "this is not a Vosk model folder: it has no am/final.mdl", f"check the path or {FETCH}"
