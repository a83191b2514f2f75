"""`voicecoach detect`: techniques and mistakes in lines of text."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.text import Text

from voicecoach.commands.session import people_console
from voicecoach.errors import UsageError
from voicecoach.events import Detection
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.ids import MISTAKES


def detect_lines(*, as_json: bool) -> None:
    """Read standard input line by line: JSON objects {"context", "text"}, or plain text."""
    if sys.stdin.isatty():
        sys.stderr.write("Reading lines from the keyboard; Ctrl-D ends it.\n")
    detector = TextDetector()
    console = people_console()
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # bytes that are no text are data, not a crash
    for number, raw in enumerate(sys.stdin, 1):
        line = raw.strip()
        if not line:
            continue
        context, text = _parsed(line, number, as_json)
        found = detector.detect(text, context)
        if as_json:
            labels = [{"id": d.id, "words": d.words, "confidence": round(d.confidence, 4)} for d in found]
            sys.stdout.write(json.dumps({"labels": labels}, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            console.print(_coloured(text, found), soft_wrap=True)


def _parsed(line: str, number: int, as_json: bool) -> tuple[str, str]:
    if not line.startswith("{"):
        if as_json:
            raise UsageError('not a JSON object {"context", "text"}', where=f"standard input:{number}")
        return "", line
    try:
        data: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"not JSON: {error.msg}", where=f"standard input:{number}") from error
    context, text = data.get("context", ""), data.get("text")
    if not isinstance(text, str) or not isinstance(context, str):
        raise UsageError("`text` and `context` must be strings", where=f"standard input:{number}")
    return context, text


def _coloured(text: str, found: tuple[Detection, ...]) -> Text:
    line = Text(text)
    for detection in found:
        mistake = detection.id in MISTAKES
        line.append(f"\n    {'-' if mistake else '+'} {detection.id}", style="red" if mistake else "green")
        line.append(f'  {detection.confidence:.0%}  "{detection.words}"', style="dim")
        if detection.why:
            line.append(f"  {detection.why}", style="dim")
    return line
