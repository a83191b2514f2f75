"""Where persona files lie, and their text: the author's folders first, then the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from voicecoach.errors import PersonaError
from voicecoach.persona.problems import near
from voicecoach.persona.yaml_tree import SIZE_LIMIT_BYTES

PACKAGE = "voicecoach.personas"
SUFFIX = ".yaml"
SUFFIXES = (SUFFIX, ".yml", ".json")

PersonaFile = Path | Traversable


def is_path(id_or_path: str | Path) -> bool:
    """Whether this names a file, and not a caller's id."""
    text = str(id_or_path)
    return isinstance(id_or_path, Path) or text.endswith(SUFFIXES) or "/" in text or "\\" in text


@dataclass(frozen=True, slots=True)
class Shelf:
    """Persona files by their name."""

    folders: tuple[Path, ...] = ()

    def places(self) -> Iterator[PersonaFile]:
        """The folders, in the order in which they are searched."""
        yield from self.folders
        yield resources.files(PACKAGE)

    def files(self) -> Iterator[PersonaFile]:
        """Every caller's file; those that begin with an underscore are only inherited."""
        for place in self.places():
            if place.is_dir():
                for file in sorted(place.iterdir(), key=lambda entry: entry.name):
                    if file.name.endswith(SUFFIX) and not file.name.startswith("_"):
                        yield file

    def shared(self) -> list[str]:
        """The names of the files that are only inherited."""
        names = {file.name for place in self.places() if place.is_dir() for file in place.iterdir()}
        return sorted(name.removesuffix(SUFFIX) for name in names if name.startswith("_") and name.endswith(SUFFIX))

    def find(self, name: str, where: str = "") -> PersonaFile:
        """The file of this name; ``where`` says which line extends it. Raises ``PersonaError``."""
        for place in self.places():
            file = place / f"{name}{SUFFIX}"
            if file.is_file():
                return file
        known = [file.name.removesuffix(SUFFIX) for file in self.files()] + (self.shared() if where else [])
        what = f"there is no persona `{name}` to extend" if where else f"there is no persona `{name}`"
        raise PersonaError(what, where=where, remedy=near(name, known, "persona"))

    def beside(self, file: PersonaFile) -> Shelf:
        """The same, with the files that lie beside this one first."""
        return Shelf((file.parent, *self.folders)) if isinstance(file, Path) else self


def read_file(file: PersonaFile) -> str:
    """The text of the file. Raises ``PersonaError``: none, too large, not UTF-8, not readable."""
    try:
        if isinstance(file, Path) and file.stat().st_size > SIZE_LIMIT_BYTES:
            raise PersonaError(f"is larger than {SIZE_LIMIT_BYTES // 1024} KiB", where=str(file), remedy="split it")
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PersonaError("there is no such file", where=str(file), remedy="check the path") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PersonaError("is not UTF-8 text", where=f"{file}:{line}", remedy="save it as UTF-8") from error
    except OSError as error:
        raise PersonaError(f"cannot be read ({error.strerror})", where=str(file), remedy="check the path") from error
