"""Persona files in, checked personas out: `extends` followed, every error with its file and line.

``source_text`` is a persona whole, everything inherited in it: a journal keeps it, and ``loads`` makes the identical
persona of it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from voicecoach.errors import PersonaError
from voicecoach.persona.checks import problems
from voicecoach.persona.file import Persona
from voicecoach.persona.inheriting import Resolved, resolved
from voicecoach.persona.mending import mended
from voicecoach.persona.migration import migrated_data
from voicecoach.persona.own_fields import with_own_fields, without_own_fields
from voicecoach.persona.problems import Places, told
from voicecoach.persona.shelf import SUFFIX, PersonaFile, Shelf, is_path, read_file
from voicecoach.persona.yaml_tree import Place, read_top, read_tree


@dataclass(frozen=True, slots=True)
class PersonaSummary:
    """What a list of callers shows. ``path`` is where the file lies."""

    id: str
    name: str
    title: str
    language: str
    path: str


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is wrong with a file, in the order of its lines, and the persona where nothing is."""

    persona: Persona | None
    errors: tuple[PersonaError, ...]
    places: Places


def load(id_or_path: str | Path, folders: Sequence[Path] = ()) -> Persona:
    """A caller by id (of a shipped one, or of one in ``folders``, which come first) or by the path of its file.

    Raises ``PersonaError`` naming file and line.
    """
    return _whole(examine(id_or_path, folders))


def loads(text: str, name: str = "persona", folders: Sequence[Path] = ()) -> Persona:
    """A caller from the text of a file, or from a ``source_text``; ``name`` stands for the file in errors.

    A ``source_text`` of an older format (an old journal) is brought up to date on the way.
    """
    if text.lstrip().startswith("{"):
        try:
            data = migrated_data(json.loads(text))
            return _whole(_examined(Resolved(data, Places({}, {}, Place(name, 1)))))
        except json.JSONDecodeError as error:
            raise PersonaError(f"is not JSON: {error.msg}", where=f"{name}:{error.lineno}") from error
        except (ValueError, RecursionError) as error:
            raise PersonaError("is no persona: a number too long, or lists too deep", where=name) from error
    return _whole(examine_text(text, name, folders))


def examine(id_or_path: str | Path, folders: Sequence[Path] = ()) -> Examined:
    """As ``load``, but tells everything that is wrong with the file. Raises ``PersonaError`` when it cannot be read."""
    shelf = Shelf(tuple(folders))
    file = file_of(id_or_path, folders)
    tree = read_tree(read_file(file), str(file))
    return _examined(resolved(tree, str(file), shelf.beside(file), (file.name.removesuffix(SUFFIX),)))


def examine_text(text: str, name: str = "persona", folders: Sequence[Path] = ()) -> Examined:
    """As ``examine``, for the text of a file. Raises ``PersonaError`` when it is not YAML at all."""
    return _examined(resolved(read_tree(text, name), name, Shelf(tuple(folders))))


def file_of(id_or_path: str | Path, folders: Sequence[Path] = ()) -> PersonaFile:
    """The file that ``load`` would read. Raises ``PersonaError`` when no caller has that id."""
    return Path(id_or_path) if is_path(id_or_path) else Shelf(tuple(folders)).find(str(id_or_path))


def list_personas(folders: Sequence[Path] = ()) -> list[PersonaSummary]:
    """Every caller that ``load`` knows by id, sorted by id; files that begin with an underscore are only inherited."""
    found: dict[str, PersonaSummary] = {}
    for file in Shelf(tuple(folders)).files():
        summary = _summary(file)
        found.setdefault(summary.id, summary)
    return [found[key] for key in sorted(found)]


def source_text(persona: Persona) -> str:
    """The whole persona as JSON text, inherited parts in it: ``loads`` makes the identical persona of it."""
    data = persona.model_dump(mode="json", exclude_defaults=True, exclude={"own_fields"})
    return json.dumps(with_own_fields(data, persona.own_fields), ensure_ascii=False)


def _summary(file: PersonaFile) -> PersonaSummary:
    top = read_top(read_file(file), str(file), ("id", "name", "title", "language"))
    key = top.get("id", file.name.removesuffix(SUFFIX))
    return PersonaSummary(key, top.get("name", ""), top.get("title", ""), top.get("language", "en-US"), str(file))


def _whole(examined: Examined) -> Persona:
    if examined.persona is None:
        raise examined.errors[0]
    return examined.persona


def _examined(found: Resolved) -> Examined:
    errors = list(found.problems)
    if not found.known:
        return Examined(None, tuple(errors), found.places)
    data, own = without_own_fields(found.data)
    persona: Persona | None = None
    try:
        persona = Persona.model_validate({**data, "own_fields": own} if own else data)
    except ValidationError as error:
        details = error.errors()
        errors += told(details, found.places)
        persona = mended(data, details)
    if persona is not None:
        errors += problems(persona, found.places)
    return Examined(None if errors else persona, tuple(errors), found.places)
