"""Which neural voices there are, and where they lie.

The list is ``models/voices.yaml`` (package data ``voicecoach.models``). A voice is a folder ``voices/NAME`` in the
person's data folder with the two files of a Piper voice: the model (``NAME.onnx``) and its description
(``NAME.onnx.json``). A voice of one's own is used by the path of its model.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from voicecoach.errors import UsageError

MODEL_SUFFIX, DESCRIPTION_SUFFIX = ".onnx", ".onnx.json"


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file of a voice, its published size and sha256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NeuralVoice:
    """A voice that can be fetched: ``url`` is the folder that its files lie in."""

    name: str
    language: str
    licence: str
    purpose: str
    url: str
    files: tuple[VoiceFile, ...]

    @property
    def megabytes(self) -> int:
        """Its size for people."""
        return round(sum(file.bytes for file in self.files) / 1e6)


@cache
def known_voices() -> tuple[NeuralVoice, ...]:
    """Every voice of the list, in its order."""
    from ruamel.yaml import YAML

    text = resources.files("voicecoach.models").joinpath("voices.yaml").read_text(encoding="utf-8")
    return tuple(
        NeuralVoice(**{**entry, "files": tuple(VoiceFile(**file) for file in entry["files"])})
        for entry in YAML(typ="safe", pure=True).load(text)["voices"]
    )


def is_voice(name: str) -> bool:
    """Whether the list has a voice of that name."""
    return any(voice.name == name for voice in known_voices())


def voices_folder(home: Path) -> Path:
    """Where voices are kept, a folder each; it need not exist yet."""
    return home / "voices"


def installed(voice: NeuralVoice, home: Path) -> bool:
    """Whether all its files are there, whole by their size."""
    folder = voices_folder(home) / voice.name
    return all((path := folder / file.name).is_file() and path.stat().st_size == file.bytes for file in voice.files)


def model_of(name: str, home: Path) -> Path:
    """The model file of an installed voice, or of one's own by its path. Raises ``UsageError`` with the remedy."""
    own = Path(name).expanduser()
    if name.endswith(MODEL_SUFFIX):
        if not own.is_file():
            raise UsageError("there is no such voice file", where=name, remedy="give the path of a Piper voice (.onnx)")
        return own
    for voice in known_voices():
        if voice.name == name:
            if not installed(voice, home):
                raise UsageError(
                    f"the voice {name} is not on this machine", remedy=f"run: voicecoach models fetch {name}"
                )
            return voices_folder(home) / name / f"{name}{MODEL_SUFFIX}"
    names = [voice.name for voice in known_voices()]
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4) or names
    raise UsageError(f"there is no voice of the name {name!r}", remedy=f"did you mean {' or '.join(near)}?")
