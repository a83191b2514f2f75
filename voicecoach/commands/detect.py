"""`voicecoach detect`: techniques and mistakes in lines of text, or in a transcript."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from voicecoach.call.hearing import new_detector
from voicecoach.commands.hearing import own_techniques
from voicecoach.commands.marked import MarkedLines
from voicecoach.commands.session import people_console
from voicecoach.commands.transcript import Transcript, read_transcript
from voicecoach.errors import UsageError
from voicecoach.techniques.detects import Detects
from voicecoach.values import Detection

STANDARD_INPUT = "standard input"


def detect_lines(source: Path | None = None, *, as_json: bool, agent: str = "", techniques: Path | None = None) -> None:
    """Judge a file, or standard input: JSON objects {"context", "text"}, a transcript, or plain lines.

    JSON objects are answered one by one, as they come. ``agent`` says who of a transcript is the trainee.
    """
    extension = own_techniques(techniques)
    detector = new_detector(extension)
    people = None if as_json else MarkedLines(people_console(), extension.catalogue())
    name = str(source) if source is not None else STANDARD_INPUT
    with _opened(source) as file:
        if file.isatty():
            sys.stderr.write("Reading lines from the keyboard; Ctrl-D ends it.\n")
        begun, is_stream = _beginning(file)
        if is_stream and not agent:
            _judge_stream(_numbered(begun, file), detector, people, name)
            return
        lines = [*begun, *file]
    transcript = read_transcript(lines, agent)
    if transcript is not None:
        _judge_transcript(transcript, detector, people)
    else:
        _judge_stream(enumerate(lines, 1), detector, people, name)


@contextmanager
def _opened(source: Path | None) -> Iterator[TextIO]:
    """Bytes that are no text are data, not a crash."""
    if source is None:
        if sys.stdin is None:  # closed by whoever started the program
            raise UsageError("there is no standard input", remedy="name a file: voicecoach detect FILE")
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # it is a real stream, never a stand-in
        yield sys.stdin
        return
    try:
        with source.open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", where=str(source), remedy="check the path") from error


def _beginning(file: TextIO) -> tuple[list[str], bool]:
    """The lines up to the first that says something, and whether they have to be answered as they come."""
    begun: list[str] = []
    for line in file:
        begun.append(line)
        if line.strip():
            return begun, file.isatty() or line.lstrip().startswith("{")
    return begun, True


def _numbered(begun: list[str], file: TextIO) -> Iterator[tuple[int, str]]:
    yield from enumerate(begun, 1)
    yield from enumerate(file, len(begun) + 1)


def _judge_stream(lines: Iterator[tuple[int, str]], detector: Detects, people: MarkedLines | None, name: str) -> None:
    for number, raw in lines:
        line = raw.strip()
        if not line:
            continue
        context, text = _parsed(line, f"{name}:{number}", people is None)
        found = detector.detect(text, context)
        if people is None:
            _write({"labels": _labels(found)})
        else:
            people.trainee("", text, found)


def _judge_transcript(transcript: Transcript, detector: Detects, people: MarkedLines | None) -> None:
    """Each turn of the trainee's, with what the caller said before it."""
    told = f"Trainee: {transcript.trainee}. Caller: {', '.join(transcript.callers) or 'nobody'}."
    told += " Guessed; --agent NAME says who the trainee is." if transcript.guessed else ""
    if people is None:
        sys.stderr.write(f"{told}\n")
    else:
        people.tell(told)
    context: list[str] = []
    answered = False
    for turn in transcript.turns:
        if turn.who != transcript.trainee:
            context = [turn.text] if answered else [*context, turn.text]
            answered = False
            if people is not None:
                people.caller(turn.who, turn.text)
            continue
        answered = True
        before = " ".join(context)
        found = detector.detect(turn.text, before)
        if people is None:
            row = {"line": turn.line, "who": turn.who, "context": before, "text": turn.text}
            _write({**row, "labels": _labels(found)})
        else:
            people.trainee(turn.who, turn.text, found)


def _parsed(line: str, where: str, as_json: bool) -> tuple[str, str]:
    if not line.startswith("{"):
        if as_json:
            raise UsageError('not a JSON object {"context", "text"}', where=where)
        return "", line
    try:
        data: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"not JSON: {error.msg}", where=where) from error
    context, text = data.get("context", ""), data.get("text")
    if not isinstance(text, str) or not isinstance(context, str):
        raise UsageError("`text` and `context` must be strings", where=where)
    return context, text


def _labels(found: tuple[Detection, ...]) -> list[dict[str, Any]]:
    return [{"id": d.id, "words": d.words, "confidence": round(d.confidence, 4)} for d in found]


def _write(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
