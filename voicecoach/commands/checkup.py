"""What `voicecoach doctor` looks at, all but sound. Checks give findings; the program's errors become findings too."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.places import make_ready, models_folder
from voicecoach.stt.registry import default_model, installed_models

if TYPE_CHECKING:
    from voicecoach.stt.base import Recognizer

SLOW_LINE_SECONDS = 0.3
"""Ten times what a line takes on Linux; from here on the caller's answers come noticeably late."""

LEAST_FREE_MEGABYTES = 500
"""Room for the small model unpacked and some hours of calls (a call takes about 2 MB a minute)."""

PROBE_LINE = "I have been waiting for three weeks, and nobody has called me back."


class Mark(StrEnum):
    """How a thing is: as it should be, usable but worse than it could be, or not usable."""

    GOOD = "good"
    POOR = "poor"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: what ``topic`` is like, and the ``remedy`` where it is not good."""

    topic: str
    mark: Mark
    says: str
    remedy: str = ""

    @classmethod
    def of(cls, topic: str, error: VoicecoachError) -> Finding:
        """A thing that does not work, in the words of its error."""
        says = f"{error.where}: {error.what}" if error.where else error.what
        return cls(topic, Mark.BAD, says, error.remedy)


def check_software() -> Iterator[Finding]:
    """Python and this program."""
    from voicecoach import __version__

    yield Finding("voicecoach", Mark.GOOD, __version__)
    yield Finding("python", Mark.GOOD, f"{sys.version.split()[0]} ({sys.executable})")


def check_voice() -> Iterator[Finding]:
    """Whether the caller can speak, how quickly, and in how many voices."""
    from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
    from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

    try:
        with contextlib.closing(Pyttsx3Voice()) as voice:
            driver, names = voice.driver(), voice.voices()
            voice.warm_up()
            began_seconds = time.perf_counter()
            line = voice.render(PROBE_LINE, VoiceSpec(), 5.0)
            took_seconds = time.perf_counter() - began_seconds
    except VoicecoachError as error:
        yield Finding.of("voice", error)
        return
    says = (
        f"pyttsx3 with {driver}, {len(names)} voices; "
        f"a line of {len(line) / SAMPLE_RATE_HZ:.1f} s takes {took_seconds * 1000:.0f} ms"
    )
    if took_seconds > SLOW_LINE_SECONDS:
        yield Finding("voice", Mark.POOR, f"slow: {says}", "close other programs while you take a call")
    else:
        yield Finding("voice", Mark.GOOD, says)


def check_models() -> Iterator[Finding]:
    """The Vosk models in the models folder."""
    try:
        found = installed_models(models_folder())
    except VoicecoachError as error:
        yield Finding.of("models", error)
        return
    if not found:
        remedy = f"run: voicecoach models fetch ({default_model().name}, {default_model().megabytes} MB)"
        yield Finding("models", Mark.POOR, f"none in {models_folder()}", remedy)
    for model in found:
        if model.complete:
            yield Finding("models", Mark.GOOD, model.name)
        else:
            lacks = f"{model.folder} lacks {', '.join(model.missing)}"
            yield Finding("models", Mark.BAD, lacks, f"run: voicecoach models fetch {model.name}")


def check_recognizers() -> Iterator[Finding]:
    """Whether each recogniser for sound works: Vosk on the model that a call would take, and PocketSphinx."""
    from voicecoach.stt.choose import choose
    from voicecoach.stt.model_folder import synthetic_model_folder
    from voicecoach.stt.vosk_recognizer import VoskRecognizer

    try:
        choice = choose("vosk", None, models_folder())
    except VoicecoachError as error:
        library = _works("vosk", "the library works", lambda: VoskRecognizer(synthetic_model_folder()))
        if library.mark is Mark.BAD:
            yield library
        else:
            yield Finding("vosk", Mark.POOR, f"{library.says}, but {error.what}", "see models above")
    else:
        folder = choice.model_dir or models_folder()
        yield _works("vosk", f"a call listens with {folder.name}", choice.recognizer_factory)
    sphinx = choose("sphinx", None, Path())
    yield _works("sphinx", "PocketSphinx works, for when there is no Vosk model", sphinx.recognizer_factory)


def _works(topic: str, says: str, make: Callable[[], Recognizer]) -> Finding:
    """Load it and have it listen to a moment of silence."""
    from voicecoach.values import SAMPLE_RATE_HZ

    began_seconds = time.perf_counter()
    try:
        with contextlib.closing(make()) as recognizer:
            loaded_seconds = time.perf_counter() - began_seconds
            recognizer.feed(np.zeros(SAMPLE_RATE_HZ // 2, dtype=np.int16))
            recognizer.finish()
    except VoicecoachError as error:
        return Finding.of(topic, error)
    except (ImportError, OSError) as error:  # the wheel's own library does not load on this system
        return Finding(topic, Mark.BAD, f"its library does not load ({error})", "install voicecoach again")
    return Finding(topic, Mark.GOOD, f"{says} (loads in {loaded_seconds:.1f} s)")


def check_storage() -> Iterator[Finding]:
    """Whether calls can be kept."""
    try:
        folder = make_ready(models_folder()).parent
    except VoicecoachError as error:
        yield Finding.of("storage", error)
        return
    free_megabytes = shutil.disk_usage(folder).free / 1e6
    says = f"{folder}, {free_megabytes / 1000:.1f} GB free"
    if free_megabytes < LEAST_FREE_MEGABYTES:
        yield Finding("storage", Mark.POOR, f"little room: {says}", "free some space, or set VOICECOACH_HOME elsewhere")
    else:
        yield Finding("storage", Mark.GOOD, says)
