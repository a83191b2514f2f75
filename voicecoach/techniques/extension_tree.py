"""YAML text of a coach's file as plain data that remembers its lines; small, shallow and without surprises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from voicecoach.errors import DataError, TechniquesError

DEPTH_LIMIT = 5
NODES_LIMIT = 20_000
"""More than any file within the size limit holds, unless aliases multiply it."""

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """``data`` of str, int, float, bool, None, dict and list; the line of every key and item by its path.

    ``kind`` is the error that says what is wrong with this sort of file.
    """

    name: str
    data: Any = None
    kind: type[DataError] = TechniquesError
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Where this stands, or the nearest thing around it; lines count from 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, path: Path, what: str, remedy: str) -> DataError:
        """Something wrong at this path, as one line for people."""
        return self.kind(what, where=f"{self.name}:{self.line(path)}", remedy=remedy)


def read_tree(text: str, name: str, kind: type[DataError] = TechniquesError, begin: str = "techniques:") -> Tree:
    """The mapping that the text is. Raises an error of this ``kind``."""
    tree = Tree(name, kind=kind)
    try:
        loaded = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"is not YAML: {str(error.problem or error.context).splitlines()[0]}"
        raise kind(what, where=f"{name}:{line}", remedy="mend this line") from error
    except (YAMLError, ValueError) as error:  # characters that YAML forbids, a date that is none
        what = f"is not YAML: {str(error).splitlines()[0]}"
        raise kind(what, where=name, remedy="save it as plain UTF-8 text") from error
    except RecursionError as error:
        raise kind("is nested too deep", where=name, remedy="flatten it") from error
    if not isinstance(loaded, CommentedMap):
        remedy = f"begin with `format: 1` and `{begin}`"
        raise kind("the top must be `key: value` lines", where=f"{name}:1", remedy=remedy)
    tree.data = _plain(loaded, (), tree)
    return tree


def _plain(node: Any, path: Path, tree: Tree) -> Any:
    if len(path) > DEPTH_LIMIT or len(tree.lines) > NODES_LIMIT:
        raise tree.error(path, "is nested too deep, or points to itself", "flatten it")
    if isinstance(node, CommentedMap):
        return _mapping(node, path, tree)
    if isinstance(node, CommentedSeq):
        return _sequence(node, path, tree)
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    if node is None:
        return None
    raise tree.error(path, "an unusual kind of value", "write words, or a plain number")


def _mapping(node: CommentedMap, path: Path, tree: Tree) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in node.items():
        here = (*path, str(key))
        tree.lines[here] = node.lc.key(key)[0] + 1 if key in (node.lc.data or {}) else tree.line(path)
        data[str(key)] = _plain(value, here, tree)
    return data


def _sequence(node: CommentedSeq, path: Path, tree: Tree) -> list[Any]:
    items: list[Any] = []
    for number, value in enumerate(node):
        here = (*path, number)
        tree.lines[here] = node.lc.item(number)[0] + 1
        items.append(_plain(value, here, tree))
    return items
