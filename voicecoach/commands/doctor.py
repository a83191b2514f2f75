"""`voicecoach doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.commands.checkup import (
    Finding,
    Mark,
    check_models,
    check_recognizers,
    check_software,
    check_storage,
    check_voice,
)
from voicecoach.commands.sound_checkup import check_sound

STYLES = {Mark.GOOD: "green", Mark.POOR: "yellow", Mark.BAD: "bold red"}

NEEDED_AT_THE_HEADSET: tuple[str, ...] = ("portaudio", "microphone", "level", "loudspeaker", "voice")
HEADSET = "You can take a call at the headset: voicecoach call"
KEYBOARD = "You can take a call at the keyboard: voicecoach call --stt typed"
NOTHING = "No call can be taken, because none can be kept"


def doctor(as_json: bool) -> None:
    """Check everything and report; whatever is found, the command itself has done its work (exit code 0)."""
    console = Console(highlight=False)
    findings: list[Finding] = []
    for finding in _examine(console, as_json):
        findings.append(finding)
        if not as_json:
            _print(console, finding)
    ready, words = verdict(findings)
    if as_json:
        checks = [
            {"topic": f.topic, "mark": f.mark.value, "says": f.says, "remedy": f.remedy or None} for f in findings
        ]
        sys.stdout.write(json.dumps({"checks": checks, "ready": ready, "verdict": words}) + "\n")
        return
    console.print(Text(words, style="bold"), soft_wrap=True)


def verdict(findings: Sequence[Finding]) -> tuple[str, str]:
    """For what the machine is ready ("headset", "keyboard" or "nothing"), and that in a line for people."""
    bad = {finding.topic for finding in findings if finding.mark is Mark.BAD}
    vosk_hears = any(finding.topic == "vosk" and finding.mark is Mark.GOOD for finding in findings)
    if "storage" in bad:
        return "nothing", f"{NOTHING}: see storage above."
    in_the_way = [topic for topic in NEEDED_AT_THE_HEADSET if topic in bad]
    if "sphinx" in bad and not vosk_hears:
        in_the_way += ["vosk", "sphinx"]
    if in_the_way:
        return "keyboard", f"{KEYBOARD} (for the headset, see {' and '.join(in_the_way)} above)."
    if not vosk_hears:
        return "headset", f"{HEADSET} (you will be heard better with a Vosk model, see vosk above)."
    return "headset", f"{HEADSET}."


def check_terminal(console: Console) -> Iterator[Finding]:
    """Whether colours and more than ASCII can be shown; the live view does without either."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    width = f"{console.width} columns"
    colours = f"{console.color_system} colours" if console.color_system else "no colour"
    says = f"{encoding}, {colours}, {width}"
    if encoding.replace("-", "").startswith("utf8"):
        yield Finding("terminal", Mark.GOOD, says)
    else:
        yield Finding("terminal", Mark.POOR, f"plain signs only: {says}", "set PYTHONUTF8=1, or a UTF-8 locale")


def _examine(console: Console, as_json: bool) -> Iterator[Finding]:
    def announce(text: str) -> None:
        if not as_json:
            console.print(Text(text, style="italic"), soft_wrap=True)

    return chain(
        check_software(),
        check_terminal(console),
        check_storage(),
        check_voice(),
        check_models(),
        check_recognizers(),
        check_sound(announce),
    )


def _print(console: Console, finding: Finding) -> None:
    """A row of the table, wrapped within its column on a terminal, and as it is in a pipe."""
    if not console.is_terminal:
        remedy = f"\n{'':<18}{finding.remedy}" if finding.remedy else ""
        console.print(Text(f"{finding.mark.value:<5}{finding.topic:<13}{finding.says}{remedy}"), soft_wrap=True)
        return
    row = Table.grid(padding=(0, 1))
    row.add_column(width=4)
    row.add_column(width=12)
    row.add_column()
    says = Text(finding.says)
    if finding.remedy:
        says.append(f"\n{finding.remedy}", style="italic")
    row.add_row(Text(finding.mark.value, style=STYLES[finding.mark]), finding.topic, says)
    console.print(row)
