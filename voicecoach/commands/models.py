"""`voicecoach models list`, `fetch` and `where`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

from voicecoach.places import home_folder, models_folder
from voicecoach.stt.registry import (
    InstalledModel,
    SpeechModel,
    default_model,
    find_model,
    installed_models,
    known_models,
)
from voicecoach.tts.neural_voices import NeuralVoice, installed, is_voice, known_voices, voices_folder

if TYPE_CHECKING:
    from rich.progress import TaskID

    from voicecoach.stt.fetch import Stage

LINE_EVERY_PERCENT = 10
INTERRUPTED = 130
"""What a shell calls a command that Ctrl-C ended."""


def list_models(as_json: bool) -> None:
    """Every model of the list and every other in the models folder, with what is known and whether it is here."""
    folder = models_folder()
    here = {model.name: model for model in installed_models(folder)}
    if as_json:
        rows = [_row(model, here.get(model.name)) for model in known_models()]
        known = {model.name for model in known_models()}
        rows += [{"name": own.name, **_state(own)} for own in here.values() if own.name not in known]
        rows += [_voice_row(voice) for voice in known_voices()]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    console = Console(highlight=False)
    for model in known_models():
        found = here.pop(model.name, None)
        line = Text(f"{model.name:<29}", style="bold")
        facts = f"{model.megabytes:>6} MB  {model.language}  {_state_in_words(model, found)}"
        line.append(facts.rstrip(), style="none")
        line.append(f"\n    {model.purpose}", style="dim")
        console.print(line, soft_wrap=True)
    for own in here.values():
        console.print(Text(f"{own.name:<29}{'your own':>16}  {_state_in_words(None, own)}"), soft_wrap=True)
    _list_voices(console)
    console.print(Text(f"They live in {folder}; `voicecoach models fetch NAME` brings one."), soft_wrap=True)


def _list_voices(console: Console) -> None:
    """The neural voices: `call --voice NAME` and `say --voice NAME` take them."""
    for voice in known_voices():
        state = "installed" if installed(voice, home_folder()) else ""
        line = Text(f"{voice.name:<29}", style="bold")
        line.append(f"{voice.megabytes:>6} MB  {voice.language}  {state}".rstrip(), style="none")
        line.append(f"\n    a neural voice: {voice.purpose} ({voice.licence}); use it with --voice", style="dim")
        console.print(line, soft_wrap=True)


def _voice_row(voice: NeuralVoice) -> dict[str, object]:
    here = installed(voice, home_folder())
    folder = voices_folder(home_folder()) / voice.name
    facts = {name: value for name, value in asdict(voice).items() if name != "files"}
    return {
        **facts,
        "megabytes": voice.megabytes,
        "installed": here,
        "folder": str(folder) if here else None,
        "missing": [],
    }


def fetch_any(name: str | None = None, source: str | None = None) -> Path:
    """Fetch a speech model or a neural voice, whichever the name is of. Errors as ``fetch_model``."""
    if name is None or not is_voice(name):
        return fetch_model(name, source)
    from voicecoach.tts.voice_fetch import fetch_voice

    voice = next(voice for voice in known_voices() if voice.name == name)
    console = Console(highlight=False)
    console.print(Text(f"{voice.name}, {voice.megabytes} MB, licence {voice.licence}"), soft_wrap=True)
    told_percent = 0

    def tell(done_bytes: int, total_bytes: int) -> None:
        nonlocal told_percent
        percent = 100 * done_bytes // total_bytes
        if percent >= told_percent + LINE_EVERY_PERCENT:
            told_percent = percent - percent % LINE_EVERY_PERCENT
            console.print(f"download {told_percent} %")

    try:
        folder = fetch_voice(voice, home_folder(), base_url=source, progress=tell)
    except KeyboardInterrupt as stopped:
        console.print("Stopped. What has come so far is kept; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from stopped
    console.print(Text(f"{voice.name} is ready: {folder}. Use it with --voice {voice.name}."), soft_wrap=True)
    return folder


def where_models() -> None:
    """The folder the models go to, and nothing else (so that a script can use it)."""
    sys.stdout.write(f"{models_folder()}\n")


def fetch_model(name: str | None = None, source: str | None = None) -> Path:
    """Fetch a model (the default one if not named), showing how far it is, and return its folder.

    ``source`` is the publisher's address unless given: another address that has ``NAME.zip``, or that file itself.
    Raises the errors of ``voicecoach.stt.fetch``; Ctrl-C ends the command and keeps what has come so far.
    """
    from voicecoach.stt.fetch import fetch, install_archive

    model = find_model(name) if name else default_model()
    console = Console(highlight=False)
    try:
        with Watcher(console, model) as watcher:
            if source is None or "://" in source:
                folder = fetch(model.name, home_folder(), base_url=source, progress=watcher)
            else:
                folder = install_archive(model, Path(source).expanduser(), home_folder(), progress=watcher)
    except KeyboardInterrupt as stopped:
        console.print("Stopped. What has come so far is kept; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from stopped
    words = "is already there" if watcher.was_there else "is ready"
    console.print(Text(f"{model.name} {words}: {folder}"), soft_wrap=True)
    return folder


class Watcher:
    """Shows the stages of a fetch: as a bar on a terminal, as a line for every tenth in a pipe."""

    def __init__(self, console: Console, model: SpeechModel) -> None:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        self.was_there = False
        self._console = console
        self._model = model
        self._stage: Stage | None = None
        self._percent = 0
        self._task: TaskID | None = None
        columns = (TextColumn("{task.description:<8}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._bars = Progress(*columns, console=console) if console.is_terminal else None

    def __enter__(self) -> Watcher:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: Stage, done_bytes: int, total_bytes: int | None) -> None:
        """One step of ``voicecoach.stt.fetch``."""
        from voicecoach.stt.fetch import Stage

        if stage is Stage.ALREADY_THERE:
            self.was_there = True
            return
        if stage is not self._stage:
            self._begin(stage, total_bytes)
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, completed=done_bytes, total=total_bytes)
        elif total_bytes:
            percent = 100 * done_bytes // total_bytes
            if percent >= self._percent + LINE_EVERY_PERCENT:
                self._percent = percent - percent % LINE_EVERY_PERCENT
                self._console.print(f"{stage.value} {self._percent} %")

    def _begin(self, stage: Stage, total_bytes: int | None) -> None:
        if self._stage is None:
            about = f"{self._model.name}, {self._model.megabytes} MB, licence {self._model.licence}"
            self._console.print(Text(about), soft_wrap=True)
        self._stage = stage
        self._percent = 0
        if self._bars is not None:
            self._task = self._bars.add_task(stage.value, total=total_bytes)


def _row(model: SpeechModel, found: InstalledModel | None) -> dict[str, object]:
    return {**asdict(model), **_state(found)}


def _state(found: InstalledModel | None) -> dict[str, object]:
    return {
        "installed": found is not None and found.complete,
        "folder": str(found.folder) if found else None,
        "missing": list(found.missing) if found else [],
    }


def _state_in_words(model: SpeechModel | None, found: InstalledModel | None) -> str:
    if found is not None:
        return "installed" if found.complete else f"incomplete ({', '.join(found.missing)} missing)"
    return "default" if model is not None and model.default else ""
