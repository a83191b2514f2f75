"""Imports go down the floors only, and in no circle (CONTRIBUTING draws the house)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "voicecoach"
FLOORS = {
    "events": 0,
    "values": 0,
    "errors": 0,
    "places": 0,
    "settings": 0,
    "vendored": 0,
    "quick": 0,
    "techniques": 1,
    "persona": 1,
    "call": 2,
    "audio": 2,
    "stt": 2,
    "tts": 2,
    "rehearsal": 3,
    "trainee": 3,
    "review": 3,
    "history": 3,
    "studio": 3,
    "drill": 3,
    "coach": 4,
    "commands": 5,
    "cli": 5,
    "__main__": 5,
    "__init__": 0,
    "__version__": 0,
}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imports_of(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.append(f"voicecoach.{path.parent.name}")
    return [name for name in found if name.split(".")[0] == "voicecoach"]


def module_name(path: Path) -> str:
    parts = ("voicecoach", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(PACKAGE)) for path in FILES])
def test_imports_go_down(path: Path) -> None:
    here = room(module_name(path))
    assert here in FLOORS, f"{here} has no floor"
    upward = [name for name in imports_of(path) if FLOORS[room(name)] > FLOORS[here]]
    assert not upward, f"{path} imports upward: {upward}"


def test_no_circle_between_rooms() -> None:
    edges: dict[str, set[str]] = {}
    for path in FILES:
        here = room(module_name(path))
        edges.setdefault(here, set()).update(r for r in map(room, imports_of(path)) if r not in (here, "__init__"))
    done: set[str] = set()

    def visit(node: str, trail: tuple[str, ...]) -> None:
        assert node not in trail, f"circle: {' -> '.join((*trail, node))}"
        if node in done:
            return
        for following in sorted(edges.get(node, ())):
            visit(following, (*trail, node))
        done.add(node)

    for node in sorted(edges):
        visit(node, ())
