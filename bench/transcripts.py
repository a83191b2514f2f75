"""`python -m bench.transcripts`: plays the five-minute calls of tests/journeys/transcripts again and writes them down.

Each call is a script of trainee turns with a seed (ID.yaml); its transcript (ID.txt) is what a test compares with.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from voicecoach.call.engine import Engine
from voicecoach.call.judging import counted_ids
from voicecoach.call.script import load_script
from voicecoach.call.textplay import TextCall
from voicecoach.events import EndCall, Input, LineStarted, MoodMoved, Output, Say, TurnJudged
from voicecoach.persona.loading import load
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Line

FOLDER = Path(__file__).parent.parent / "tests" / "journeys" / "transcripts"


def scripts() -> list[Path]:
    """The scripted calls, one for each caller."""
    return sorted(FOLDER.glob("*.yaml"))


def transcript(script: Path, detector: TextDetector) -> tuple[str, float]:
    """The call as text, a line for everything said and heard; and how long it was in seconds of audio."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(script)
    persona = load(script.stem)
    engine = Engine(persona, data["seeds"][0], detector)
    lines = [f"{persona.name}: {persona.title}", ""]
    said: dict[int, Line] = {}

    def write(event: Input, outputs: tuple[Output, ...]) -> None:
        if isinstance(event, LineStarted) and event.number in said:
            line = said[event.number]
            lines.append(f"{event.at_seconds:6.1f}  {persona.name} ({line.move}, {line.anger:.1f}): {line.text}")
        said.update({output.line.number: output.line for output in outputs if isinstance(output, Say)})
        lines.extend(filter(None, map(_written, outputs)))

    call = TextCall(engine, write)
    call.begin()
    for turn in load_script(script):
        if call.ended is None:
            call.turn(turn)
    if call.ended is None:
        call.stop("the script came to its end")
    call.settle()
    return "\n".join(lines) + "\n", call.at_seconds


def _written(output: Output) -> str:
    match output:
        case TurnJudged():
            ids = ", ".join(sorted(counted_ids(output.detections)))
            return f"{output.at_seconds:6.1f}  you: {output.text}  [{ids}]"
        case MoodMoved():
            mood = output.after
            return f"        anger {mood.anger:.1f}, heard {mood.heard:.2f}, resolution {mood.resolution:.2f}"
        case EndCall():
            return f"{output.at_seconds:6.1f}  {output.outcome.value}: {output.reason}"
        case _:
            return ""


def main() -> int:
    """Write every transcript anew, and tell how long each call is."""
    detector = TextDetector()
    for script in scripts():
        text, seconds = transcript(script, detector)
        script.with_suffix(".txt").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{script.stem:20} {seconds:5.0f} s  {text.splitlines()[-1].strip()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
