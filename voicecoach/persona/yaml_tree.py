"""YAML text to plain data that remembers its lines.

Only mappings, lists and scalars come out: nothing in a file can run code. Size, depth and the growth by aliases are
limited, so that a hostile file is an error and not a full memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from voicecoach.errors import PersonaError

SIZE_LIMIT_BYTES = 256 * 1024
DEPTH_LIMIT = 16
NODE_LIMIT = 20_000

Path = tuple[str | int, ...]
_PLAIN = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value"}
_TRUE = {"true", "yes", "on"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands; ``str()`` gives ``file:line``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class Tree:
    """The data of one file, and the place of every value and of every key by its path from the top."""

    data: dict[str, Any]
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)


def read_tree(text: str, name: str) -> Tree:
    """The mapping that this YAML text is; ``name`` stands for the file in errors.

    Raises ``PersonaError``: too large, not YAML, not a mapping, a key twice, too deep, an unusual tag.
    """
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise PersonaError(f"is larger than {SIZE_LIMIT_BYTES // 1024} KiB", where=name, remedy="split it with extends")
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise _not_yaml(error, name) from error
    except YAMLError as error:
        raise PersonaError(f"is not YAML: {error}", where=f"{name}:1", remedy="save it as plain UTF-8 text") from error
    except RecursionError as error:
        raise PersonaError("is nested too deeply", where=f"{name}:1", remedy="flatten it") from error
    if not isinstance(node, MappingNode):
        raise PersonaError("is not a persona: the top must be `key: value` lines", where=f"{name}:1", remedy=_BEGIN)
    builder = _Builder(name)
    data = builder.value(node, ())
    return Tree(data, builder.places, builder.keys)


def read_top(text: str, name: str, wanted: tuple[str, ...]) -> dict[str, str]:
    """The plain values of these top-level keys, reading no further than the last of them. Raises ``PersonaError``."""
    found: dict[str, str] = {}
    depth = 0
    key: str | None = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, CollectionStartEvent):
                depth += 1
                key = None
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif depth == 1 and isinstance(event, ScalarEvent):
                if key in wanted:
                    found[str(key)] = str(event.value)
                    if len(found) == len(wanted):
                        break
                key = str(event.value) if key is None else None
    except MarkedYAMLError as error:
        raise _not_yaml(error, name) from error
    return found


def _not_yaml(error: MarkedYAMLError, name: str) -> PersonaError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    what = f"is not YAML: {error.problem or error.context}"
    return PersonaError(what, where=f"{name}:{line}", remedy="mend this line")


_BEGIN = "begin with `format: 1` and `id: ...`"


class _Builder:
    """Nodes to data, one file."""

    def __init__(self, name: str) -> None:
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self._name = name
        self._nodes = 0

    def value(self, node: Node, path: Path) -> Any:
        self._nodes += 1
        place = self._place(node)
        if len(path) > DEPTH_LIMIT:
            raise PersonaError(f"is nested more than {DEPTH_LIMIT} deep", where=str(place), remedy="flatten it")
        if self._nodes > NODE_LIMIT:
            raise PersonaError(
                f"has more than {NODE_LIMIT} values (do aliases multiply?)", where=str(place), remedy="write less"
            )
        self.places[path] = place
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                raise PersonaError("a key must be a plain word", where=str(place), remedy="write `key: value`")
            key = str(key_node.value)
            if key in data:
                raise PersonaError(f"`{key}` stands here twice", where=str(place), remedy="remove one of them")
            self.keys[(*path, key)] = place
            data[key] = self.value(value_node, (*path, key))
        return data

    def _scalar(self, node: Node, place: Place) -> Any:
        tag, text = str(node.tag), str(node.value)
        if tag in _PLAIN:
            return text
        try:
            return _CONVERTED[tag](text)
        except KeyError:
            raise PersonaError(f"unusual tag {tag}", where=str(place), remedy="write a plain value") from None
        except ValueError:
            return text

    def _place(self, node: Node) -> Place:
        return Place(self._name, node.start_mark.line + 1)


_CONVERTED: Mapping[str, Any] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in _TRUE,
    "tag:yaml.org,2002:int": lambda text: int(text.replace("_", ""), 0) if text[:1] != "0" else int(text, 10),
    "tag:yaml.org,2002:float": float,
}
