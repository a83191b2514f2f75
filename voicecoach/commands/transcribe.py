"""`voicecoach transcribe`: what is said in a sound file."""

from __future__ import annotations

import dataclasses
import json
import sys
from contextlib import closing
from pathlib import Path

from rich.text import Text

from voicecoach.audio.files import read_wav
from voicecoach.commands.session import people_console
from voicecoach.errors import UsageError
from voicecoach.places import models_folder
from voicecoach.stt.choose import choose
from voicecoach.stt.transcribe import transcribe
from voicecoach.values import Heard

UNSURE_BELOW = 0.5


def transcribe_file(file: Path, *, stt: str | None, model: Path | None, as_json: bool) -> None:
    """One line an utterance with its time; or a JSON object with words, times and confidences."""
    if stt == "typed":
        raise UsageError("--stt typed hears nothing", remedy="use vosk or sphinx")
    pcm = read_wav(file)
    chosen = choose(stt, model, models_folder(), synthetic_source=model is not None)
    with closing(chosen.recognizer_factory()) as recognizer:
        if chosen.notice:
            sys.stderr.write(f"{chosen.notice}\n")
        utterances = transcribe(pcm, recognizer)
        name = recognizer.name
    if as_json:
        rows = [{"text": heard.text, **dataclasses.asdict(heard)} for heard in utterances]
        text = " ".join(heard.text for heard in utterances)
        sys.stdout.write(json.dumps({"stt": name, "text": text, "utterances": rows}) + "\n")
        return
    console = people_console()
    if not utterances:
        console.print(Text("No speech in this file."))
    for heard in utterances:
        console.print(_line(heard), soft_wrap=True)


def _line(heard: Heard) -> Text:
    line = Text(f"{heard.start_seconds:7.2f}  ", style="dim")
    for word in heard.words:
        line.append(word.text, style="none" if word.confidence >= UNSURE_BELOW else "dim italic")
        line.append(" ")
    return line
