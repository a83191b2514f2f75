"""`voicecoach persona check`: what is wrong with a caller, line by line, for people or as JSON."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from voicecoach.commands.session import people_console
from voicecoach.studio.check import Report, check, files_to_check
from voicecoach.studio.check_findings import Finding, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def check_callers(named: Sequence[str], *, strict: bool, quick: bool, as_json: bool) -> int:
    """Check the named callers, or every shipped one. The exit code: 0 when all hold, else 1."""
    files = files_to_check(named)
    reports: list[Report] = []
    console = people_console()
    with Console(stderr=True).status("", spinner="dots") as status:
        for number, file in enumerate(files, 1):

            def told(what: str, number: int = number, name: str = file.name) -> None:
                status.update(f"{name} ({number} of {len(files)}): {what}")

            status.start()
            reports.append(check(file, told, quick=quick))
            status.stop()  # what is printed now must not begin behind the spinner
            if not as_json:
                _show(console, reports[-1])
    if as_json:
        sys.stdout.write(json.dumps(_as_object(reports)) + "\n")
    else:
        _sum_up(console, reports, strict=strict)
    return 0 if all(report.holds(strict=strict) for report in reports) else 1


def _show(console: Console, report: Report) -> None:
    shown: tuple[str, ...] = ()
    for finding in report.findings:
        line = Text(f"{_from_here(finding.file)}:{finding.line}: ")
        line.append(finding.severity.value, style=_STYLES[finding.severity])
        line.append(f": {finding.what}")
        if finding.fix:
            line.append(f"; {finding.fix}", style="italic" if console.is_terminal else "")
        console.print(line, soft_wrap=True)
        for detail in finding.detail if finding.detail != shown else ():  # a turn is shown once
            console.print(Text(f"    {detail}", style="dim"), soft_wrap=True)
        shown = finding.detail
    if not report.findings:
        calls = "1 golden call holds" if report.golden == 1 else f"{report.golden} golden calls hold"
        golden = calls if report.golden else "no golden calls"
        console.print(Text(f"{report.id}: nothing to mend ({golden})"), soft_wrap=True)


def _from_here(file: str) -> str:
    """The path from the current folder, where it lies below it: shorter, and still opened by a click."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def _sum_up(console: Console, reports: Sequence[Report], *, strict: bool) -> None:
    counts = {severity: sum(report.count(severity) for report in reports) for severity in Severity}
    said = ", ".join(f"{number} {severity.value}{'' if number == 1 else 's'}" for severity, number in counts.items())
    holds = sum(report.holds(strict=strict) for report in reports)
    console.print(Text(f"{holds} of {len(reports)} hold: {said}", style="bold"), soft_wrap=True)


def _as_object(reports: Sequence[Report]) -> dict[str, object]:
    rows = [
        {
            "id": report.id,
            "file": report.file,
            "golden_calls": report.golden,
            "findings": [_row(finding) for finding in report.findings],
        }
        for report in reports
    ]
    counts = {f"{severity.value}s": sum(report.count(severity) for report in reports) for severity in Severity}
    return {"personas": rows, **counts}


def _row(finding: Finding) -> dict[str, object]:
    return {**dataclasses.asdict(finding), "severity": finding.severity.value}
