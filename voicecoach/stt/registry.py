"""Which speech models there are, and which of them are on this machine.

The list is ``models/registry.yaml`` (package data ``voicecoach.models``). A model is installed when a folder of its
name lies in the models folder with every file in it that Vosk reads at the start.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from voicecoach.errors import StorageError, UsageError

ALWAYS_NEEDED = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int")
"""What libvosk 0.3.45 opens in every model folder."""

GRAPHS = (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"))
"""The search graph is either one file, or two that are composed as it listens."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A published fingerprint of an archive: ``algorithm`` as hashlib names it, ``hex`` in lower case."""

    algorithm: str
    hex: str


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that can be fetched.

    ``megabytes`` is the size of the archive for people (10^6 bytes); ``bytes`` and ``digest`` are what the download is
    checked against, None where nothing is published. ``url`` is the archive: a zip with a single folder in it.
    """

    name: str
    language: str
    megabytes: int
    url: str
    licence: str
    purpose: str
    bytes: int | None = None
    digest: Digest | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model's folder on this machine; ``missing`` names the files it lacks (empty when it is complete)."""

    name: str
    folder: Path
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """True when Vosk finds all it needs."""
        return not self.missing


def _model(entry: Mapping[str, Any]) -> SpeechModel:
    digest = entry.get("digest")
    return SpeechModel(
        name=entry["name"],
        language=entry["language"],
        megabytes=entry["megabytes"],
        url=entry["url"],
        licence=entry["licence"],
        purpose=entry["purpose"],
        bytes=entry.get("bytes"),
        digest=Digest(digest["algorithm"], digest["hex"]) if digest else None,
        default=entry.get("default", False),
    )


@cache
def known_models() -> tuple[SpeechModel, ...]:
    """Every model of the list, in its order (the one to begin with first)."""
    from ruamel.yaml import YAML

    text = resources.files("voicecoach.models").joinpath("registry.yaml").read_text(encoding="utf-8")
    return tuple(_model(entry) for entry in YAML(typ="safe", pure=True).load(text)["models"])


def default_model() -> SpeechModel:
    """The model to begin with."""
    return next(model for model in known_models() if model.default)


def find_model(name: str) -> SpeechModel:
    """The model of that name. Raises ``UsageError`` that gives the nearest names."""
    models = {model.name: model for model in known_models()}
    if name in models:
        return models[name]
    near = difflib.get_close_matches(name, models, n=3, cutoff=0.4) or list(models)
    raise UsageError(f"there is no speech model of the name {name!r}", remedy=f"did you mean {' or '.join(near)}?")


def missing_parts(folder: Path) -> tuple[str, ...]:
    """The files that Vosk needs and does not find in this folder (an empty file counts as missing)."""

    def there(part: str) -> bool:
        path = folder / part
        return path.is_file() and path.stat().st_size > 0

    missing = [part for part in ALWAYS_NEEDED if not there(part)]
    if not any(all(there(part) for part in graph) for graph in GRAPHS):
        missing.append("graph/HCLG.fst (or HCLr.fst and Gr.fst)")
    return tuple(missing)


def installed_models(folder: Path) -> tuple[InstalledModel, ...]:
    """Every model folder in the models folder, complete or not, by name; a download in progress is not one.

    Raises ``StorageError`` when the folder cannot be looked into.
    """
    try:
        if not folder.is_dir():
            return ()
        found = (path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("."))
        return tuple(InstalledModel(path.name, path, missing_parts(path)) for path in found)
    except OSError as error:
        raise StorageError(
            f"the models folder cannot be read ({error.strerror})",
            where=str(folder),
            remedy="give yourself access to it",
        ) from error
