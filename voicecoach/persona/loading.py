"""Persona files in, checked personas out: `extends` followed, every error with its file and line.

``source_text`` is a persona whole, everything inherited in it: a journal keeps it, and ``loads`` makes the identical
persona of it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voicecoach.errors import PersonaError
from voicecoach.persona.checks import first_problem
from voicecoach.persona.file import FORMAT, Persona
from voicecoach.persona.problems import Places, near, told
from voicecoach.persona.yaml_tree import SIZE_LIMIT_BYTES, Place, Tree, read_top, read_tree

PACKAGE = "voicecoach.personas"
SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class PersonaSummary:
    """What a list of callers shows. ``path`` is where the file lies."""

    id: str
    name: str
    title: str
    language: str
    path: str


def load(id_or_path: str | Path, folders: Sequence[Path] = ()) -> Persona:
    """A caller by id (of a shipped one, or of one in ``folders``, which come first) or by the path of its file.

    Raises ``PersonaError`` naming file and line.
    """
    shelf = _Shelf(tuple(folders))
    text = str(id_or_path)
    if isinstance(id_or_path, Path) or text.endswith((SUFFIX, ".yml", ".json")) or "/" in text or "\\" in text:
        return _load_file(Path(text), shelf)
    return _load_file(shelf.find(text), shelf)


def loads(text: str, name: str = "persona", folders: Sequence[Path] = ()) -> Persona:
    """A caller from the text of a file, or from a ``source_text``; ``name`` stands for the file in errors."""
    if text.lstrip().startswith("{"):
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise PersonaError(f"is not JSON: {error.msg}", where=f"{name}:{error.lineno}") from error
        except (ValueError, RecursionError) as error:
            raise PersonaError("is no persona: a number too long, or lists too deep", where=name) from error
        return _checked(_Resolved(data, Places({}, {}, Place(name, 1))))
    return _checked(_resolved(read_tree(text, name), name, _Shelf(tuple(folders)), ()))


def list_personas(folders: Sequence[Path] = ()) -> list[PersonaSummary]:
    """Every caller that ``load`` knows by id, sorted by id; files that begin with an underscore are only inherited."""
    found: dict[str, PersonaSummary] = {}
    for file in _Shelf(tuple(folders)).files():
        summary = _summary(file)
        found.setdefault(summary.id, summary)
    return [found[key] for key in sorted(found)]


def source_text(persona: Persona) -> str:
    """The whole persona as JSON text, inherited parts in it: ``loads`` makes the identical persona of it."""
    return json.dumps(persona.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a persona file, for editors."""
    schema = Persona.model_json_schema()
    schema["title"] = "voicecoach persona"
    schema["properties"].pop("inherited_lines")
    schema["properties"]["extends"] = {"type": "string", "description": "Id of the file whose values and lines to take"}
    schema["required"] = ["format", "id"]  # everything else may be inherited
    return schema


# ------------------------------------------------------------------------------------------------ finding the files


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where persona files lie: the user's folders first, then the shipped ones."""

    folders: tuple[Path, ...]

    def places(self) -> Iterator[Path | Traversable]:
        yield from self.folders
        yield resources.files(PACKAGE)

    def files(self) -> Iterator[Path | Traversable]:
        for place in self.places():
            if place.is_dir():
                for file in sorted(place.iterdir(), key=lambda entry: entry.name):
                    if file.name.endswith(SUFFIX) and not file.name.startswith("_"):
                        yield file

    def find(self, name: str, where: str = "") -> Path | Traversable:
        for place in self.places():
            file = place / f"{name}{SUFFIX}"
            if file.is_file():
                return file
        known = [file.name.removesuffix(SUFFIX) for file in self.files()]
        what = f"there is no persona `{name}` to extend" if where else f"there is no persona `{name}`"
        raise PersonaError(what, where=where, remedy=near(name, known, "persona"))


def _read(file: Path | Traversable) -> str:
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


def _summary(file: Path | Traversable) -> PersonaSummary:
    top = read_top(_read(file), str(file), ("id", "name", "title", "language"))
    key = top.get("id", file.name.removesuffix(SUFFIX))
    return PersonaSummary(key, top.get("name", ""), top.get("title", ""), top.get("language", "en-US"), str(file))


# -------------------------------------------------------------------------------------------------------- inheriting


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A file's data with everything it extends, and where each value came from."""

    data: dict[str, Any]
    places: Places


def _load_file(file: Path | Traversable, shelf: _Shelf) -> Persona:
    tree = read_tree(_read(file), str(file))
    if isinstance(file, Path):
        shelf = _Shelf((file.parent, *shelf.folders))
    return _checked(_resolved(tree, str(file), shelf, (file.name.removesuffix(SUFFIX),)))


def _resolved(tree: Tree, name: str, shelf: _Shelf, trail: tuple[str, ...]) -> _Resolved:
    data = dict(tree.data)
    whole = Place(name, 1)
    own = Places(tree.places, tree.keys, whole)
    if data.get("format") != FORMAT:
        what = f"has format {data['format']!r}" if "format" in data else "has no format"
        raise PersonaError(what, where=str(own.of(("format",))), remedy=f"write `format: {FORMAT}`")
    if "inherited_lines" in data:
        where = str(own.of_key(("inherited_lines",)))
        raise PersonaError("unknown field `inherited_lines`", where=where, remedy="use `extends`")
    parent_name = data.pop("extends", None)
    if parent_name is None:
        return _Resolved(data, own)
    where = str(own.of(("extends",)))
    if not isinstance(parent_name, str):
        raise PersonaError("`extends` names one file", where=where, remedy="write the id of a persona")
    if parent_name in trail:
        circle = " -> ".join((*trail[trail.index(parent_name) :], parent_name))
        raise PersonaError(f"extends itself: {circle}", where=where, remedy="take one `extends` out")
    file = shelf.find(parent_name, where)
    above = _resolved(read_tree(_read(file), str(file)), str(file), shelf, (*trail, parent_name))
    return _Resolved(_merged(above.data, data), own.over(above.places))


def _merged(above: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Own values win; mappings are merged key by key; lines stay apart, so that own ones are said first."""
    inherited = [lines for lines in (above.get("lines"),) if lines is not None]
    taken = {key: value for key, value in above.items() if key not in ("id", "lines", "inherited_lines")}
    merged = _deep(taken, own)
    merged.setdefault("lines", {})
    merged["inherited_lines"] = [*inherited, *above.get("inherited_lines", ())]
    return merged


def _deep(above: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(above)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _deep(merged[key], value) if both else value
    return merged


def _checked(resolved: _Resolved) -> Persona:
    try:
        persona = Persona.model_validate(resolved.data)
    except ValidationError as error:
        raise told(error, resolved.places) from error
    problem = first_problem(persona, resolved.places)
    if problem is not None:
        raise problem
    return persona
