"""What a check found: where, what, how to mend it, and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.errors import VoicecoachError
from voicecoach.persona.problems import Places
from voicecoach.persona.yaml_tree import Path


class Severity(StrEnum):
    """An error keeps the caller from being played; a warning fails only a strict check; a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``line`` is from 1; ``kind`` names the check; ``detail`` are more lines for whoever wonders."""

    file: str
    line: int
    severity: Severity
    kind: str
    what: str
    fix: str
    detail: tuple[str, ...] = ()

    def __str__(self) -> str:
        fix = f"; {self.fix}" if self.fix else ""
        return f"{self.file}:{self.line}: {self.severity}: {self.what}{fix}"


def of_error(error: VoicecoachError, kind: str = "file") -> Finding:
    """An error of the tree as a finding."""
    file, _, line = error.where.rpartition(":")
    if not line.isdecimal():
        file, line = error.where, "1"
    return Finding(file, int(line), Severity.ERROR, kind, error.what, error.remedy)


class Finder:
    """Makes the findings of one file, by the path of what they are about."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.findings: list[Finding] = []

    def warn(self, kind: str, path: Path, what: str, fix: str, detail: Iterable[str] = ()) -> None:
        """Something that plays, and badly."""
        self._add(Severity.WARNING, kind, path, what, fix, detail)

    def note(self, kind: str, path: Path, what: str, fix: str, detail: Iterable[str] = ()) -> None:
        """Something worth knowing."""
        self._add(Severity.NOTE, kind, path, what, fix, detail)

    def _add(self, severity: Severity, kind: str, path: Path, what: str, fix: str, detail: Iterable[str]) -> None:
        place = self._places.of_key(path)
        finding = Finding(place.file, place.line, severity, kind, what, fix, tuple(detail))
        if finding not in self.findings:
            self.findings.append(finding)
