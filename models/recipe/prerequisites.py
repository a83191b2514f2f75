"""The programs of the operating system that the recipe needs, and what to say when one is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_PACKAGE_OF = {
    "flite": "flite",
    "fstcompile": "libfst-tools",
    "fstconvert": "libfst-tools",
    "fstarcsort": "libfst-tools",
}
_GRAPH_PROGRAMS = ("fstcompile", "fstconvert", "fstarcsort")
_PLUGIN_PACKAGE = "libfst22-plugins-base"
_PLUGIN_FILES = ("olabel_lookahead-fst.so", "ngram-fst.so")
_LIBRARY_DIRS = ("/usr/lib", "/usr/lib64", "/usr/local/lib")


class MissingPrerequisite(RuntimeError):
    """A program or plug-in is not installed. The message says which, and the Debian package that has it."""


def require_programs(names: tuple[str, ...]) -> None:
    """Raise MissingPrerequisite naming every missing program and its package."""
    missing = [name for name in names if not shutil.which(name)]
    if missing:
        packages = sorted({_PACKAGE_OF[name] for name in missing})
        raise MissingPrerequisite(
            f"missing: {', '.join(missing)}. On Debian or Ubuntu: apt-get install {' '.join(packages)}"
        )


def require_graph_tools() -> None:
    """Check all that building the decoding graph needs."""
    require_programs(_GRAPH_PROGRAMS)
    for name in _PLUGIN_FILES:
        find_plugin(name)


def require_synthesisers() -> None:
    """Check all that making the training speech needs beyond the Python packages."""
    require_programs(("flite",))


def find_plugin(name: str) -> Path:
    """Path of one of OpenFst's plug-in libraries."""
    for root in _LIBRARY_DIRS:
        for found in sorted(Path(root).rglob(name)):
            return found
    raise MissingPrerequisite(
        f"missing: OpenFst's plug-in {name}. On Debian or Ubuntu: apt-get install {_PLUGIN_PACKAGE}"
    )


def run(command: list[str], stdin: bytes | None = None, environment: dict[str, str] | None = None) -> bytes:
    """Standard output of a command; RuntimeError with its own words when it fails."""
    finished = subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, **(environment or {})}, check=False
    )
    if finished.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {finished.stderr.decode(errors='replace').strip()[-500:]}")
    return finished.stdout
