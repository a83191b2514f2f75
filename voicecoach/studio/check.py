"""Checks a persona file: reads it, looks at every line and phrase, plays calls against it, and its golden calls.

Each check is a function that adds findings; this is the one list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import PersonaError
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import Examined, examine, file_of
from voicecoach.persona.problems import Places
from voicecoach.persona.shelf import SUFFIXES, PersonaFile, Shelf, is_path
from voicecoach.studio.check_findings import Finder, Finding, Severity, of_error
from voicecoach.studio.check_lines import check_coverage, check_lines
from voicecoach.studio.check_matter import check_matter
from voicecoach.studio.check_parameters import check_parameters
from voicecoach.studio.check_reach import check_reach, explore, text_ids
from voicecoach.studio.check_temper import check_temper
from voicecoach.studio.golden_judge import golden_findings

Step = Callable[[str], None]
"""Is told what is being done now."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of one file found; ``golden`` calls were played beside it."""

    id: str
    file: str
    findings: tuple[Finding, ...]
    golden: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(finding.severity is severity for finding in self.findings)

    def holds(self, *, strict: bool) -> bool:
        """Whether the file passes: without errors; strictly, without warnings too."""
        return not self.count(Severity.ERROR) and not (strict and self.count(Severity.WARNING))


def files_to_check(named: Sequence[str]) -> list[PersonaFile]:
    """The files of these ids, paths and folders; all that are shipped if none is named.

    Raises ``PersonaError``: no such caller, an empty folder.
    """
    if not named:
        return list(Shelf().files())
    for each in named:
        if Path(each).name.startswith("_"):
            raise PersonaError("is only inherited", where=each, remedy="check a caller that extends it")
    files: list[PersonaFile] = []
    for each in named:
        path = Path(each)
        if path.is_dir() and (is_path(each) or each not in _known()):
            inside = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and not _is_shared(file))
            if not inside:
                raise PersonaError(
                    "there is no persona in this folder", where=each, remedy="name a folder of *.yaml files"
                )
            files += inside
        else:
            files.append(file_of(each))
    return files


def check(file: PersonaFile, step: Step = lambda _: None, *, quick: bool = False) -> Report:
    """Everything there is to say about one file; ``quick`` plays no calls.

    Raises ``PersonaError`` when it cannot be read at all.
    """
    step("reads")
    examined = _examined(file)
    if isinstance(examined, Finding):
        return Report(_name(file), str(file), (examined,))
    findings = [of_error(error) for error in examined.errors]
    golden = 0
    if examined.persona is not None:
        step("lines and phrases")
        finder = Finder(examined.places)
        check_lines(examined.persona, finder)
        check_matter(examined.persona, finder)
        findings += finder.findings
    if examined.persona is not None and not quick:
        findings += _played(examined.persona, examined.places, step)
        step("golden calls")
        golden, failed = golden_findings(examined.persona, file)
        findings += failed
    return Report(_name(file), str(file), tuple(_in_order(findings, str(file))), golden)


def _played(persona: Persona, places: Places, step: Step) -> list[Finding]:
    finder, ids = Finder(places), text_ids()
    step("bands and endings")
    seen = explore(persona)
    check_reach(persona, finder, seen)
    step("which lines are ever said")
    check_coverage(persona, finder, seen, ids)
    step("tricks and mistakes")
    check_temper(persona, finder, ids)
    step("parameters")
    check_parameters(persona, finder, ids)
    return finder.findings


def _examined(file: PersonaFile) -> Examined | Finding:
    """A file whose text is no YAML is a finding; one that is not there, or no text, is an error."""
    try:
        return examine(Path(str(file)))
    except PersonaError as error:
        if not error.where.rpartition(":")[2].isdecimal():
            raise
        return of_error(error)


def _in_order(findings: Sequence[Finding], file: str) -> list[Finding]:
    """The file's own findings first, from its top; then those of what it extends, and of its golden calls."""
    return sorted(
        dict.fromkeys(findings), key=lambda f: (f.file != file, f.file, f.line, _ORDER[f.severity], f.kind, f.what)
    )


def _name(file: PersonaFile) -> str:
    return next((file.name.removesuffix(suffix) for suffix in SUFFIXES if file.name.endswith(suffix)), file.name)


def _is_shared(file: Path) -> bool:
    return file.name.startswith(("_", "."))


def _known() -> set[str]:
    return {_name(file) for file in Shelf().files()}
