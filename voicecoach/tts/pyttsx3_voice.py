"""The real voice: pyttsx3 in a killable child process, shaped by the caller's anger."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import soundfile
from numpy.typing import NDArray

from voicecoach.audio.base import Pcm
from voicecoach.errors import VoiceError
from voicecoach.tts.engine_process import EngineLost, EngineProcess
from voicecoach.tts.line import rendered_line
from voicecoach.tts.prosody import Prosody, prosody
from voicecoach.tts.shaping import at_call_rate
from voicecoach.tts.silence import Sound, audible_frames
from voicecoach.values import VoiceSpec

WORKER_COMMAND = (sys.executable, "-m", "voicecoach.tts.worker")

SECONDS_PER_CHARACTER = 0.01
"""Added to the time limit; espeak-ng takes about 0.00006 s a character."""

LARGEST_SHIFT_SEMITONES = 4.0
"""For drivers without pitch: resampling moves the formants too, and beyond this a voice becomes a cartoon's."""

T = TypeVar("T")


class Pyttsx3Voice:
    """Renders lines with pyttsx3; several may be used side by side.

    The child is started here, and nothing waits for it before the first line (or ``warm_up``). One that hangs, dies or
    fails is killed and replaced once for each piece of text. ``time_limit_seconds`` bounds one piece of text (plus
    0.01 s a character), ``start_limit_seconds`` the child's start; ``command`` is run in place of the worker (tests).
    Raises ``VoiceError`` or ``StorageError`` when no child can be started at all.
    """

    name = "pyttsx3"

    def __init__(
        self,
        *,
        command: Sequence[str] = WORKER_COMMAND,
        time_limit_seconds: float = 5.0,
        start_limit_seconds: float = 20.0,
    ) -> None:
        self._command = tuple(command)
        self._time_limit_seconds = time_limit_seconds
        self._start_limit_seconds = start_limit_seconds
        self._lock = threading.Lock()
        self._closed = False
        self._hello: dict[str, Any] | None = None
        self._engine: EngineProcess | None = EngineProcess(self._command)

    @property
    def pid(self) -> int | None:
        """The child's process id; None when there is none."""
        return self._engine.pid if self._engine else None

    def driver(self) -> str:
        """pyttsx3's driver: espeak, sapi5 or nsss. Waits for the child's start; raises ``VoiceError``."""
        return self._twice(lambda _, hello: str(hello["driver"]))

    def voices(self) -> list[str]:
        """Names that ``VoiceSpec.name`` can have here (on espeak-ng: without their variants). Raises ``VoiceError``."""

        def ask(engine: EngineProcess, _: dict[str, Any]) -> list[str]:
            return [str(name) for name in engine.ask({"ask": "voices"}, self._time_limit_seconds)[0]["voices"]]

        return self._twice(ask)

    def warm_up(self, spec: VoiceSpec | None = None) -> None:
        """Wait until the child is up and this voice loaded, so that the first line is as quick as the rest."""
        self.render("ready", spec or VoiceSpec(), 10.0)

    def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
        """The line as 16 kHz mono int16 at this anger (0..10): see ``rendered_line``.

        Raises ``VoiceError`` when the voice is unknown, or the engine hangs, dies or stays silent even after a restart.
        """
        manner = prosody(spec, anger)

        def speak(piece: str) -> Sound:
            return self._twice(lambda engine, hello: self._speak(engine, hello, piece, spec.name, manner))

        return rendered_line(text, speak, manner, telephone=spec.telephone)

    def close(self) -> None:
        """End the child. Safe to call twice."""
        self._closed = True
        self._drop_engine()

    def _speak(self, engine: EngineProcess, hello: dict[str, Any], text: str, voice: str, manner: Prosody) -> Sound:
        shift_semitones = 0.0
        if not hello["has_pitch"]:
            shift_semitones = float(np.clip(manner.pitch_semitones, -LARGEST_SHIFT_SEMITONES, LARGEST_SHIFT_SEMITONES))
        request = {
            "ask": "speak",
            "text": text,
            "voice": voice,
            "rate_wpm": round(manner.rate_wpm / 2.0 ** (shift_semitones / 12.0)),
            "pitch": manner.pitch_points,
            "pitch_range": manner.pitch_range,
        }
        head, sound_file = engine.ask(request, self._time_limit_seconds + len(text) * SECONDS_PER_CHARACTER)
        if "unknown_voice" in head:
            near = ", ".join(head["near"])
            raise VoiceError(f'no voice is called "{voice}"', remedy=f"use one like {near}" if near else "")
        if "failed" in head:
            raise EngineLost(f"the speech engine failed ({head['failed']})")
        sound = at_call_rate(*_decoded(sound_file), shift_semitones)
        if not audible_frames(sound).any():
            raise EngineLost("the speech engine gave silence for a line")
        return sound

    def _twice(self, work: Callable[[EngineProcess, dict[str, Any]], T]) -> T:
        with self._lock:
            try:
                return work(*self._running())
            except EngineLost:
                self._drop_engine()
            try:
                return work(*self._running())
            except EngineLost as lost:
                self._drop_engine()
                raise VoiceError(f"{lost.what}, also after a restart", remedy=_remedy()) from lost

    def _running(self) -> tuple[EngineProcess, dict[str, Any]]:
        if self._closed:
            raise VoiceError("the voice was closed before this line")
        if self._engine is None:
            self._engine = EngineProcess(self._command)
        if self._hello is None:
            self._hello = self._engine.hello(self._start_limit_seconds)
        return self._engine, self._hello

    def _drop_engine(self) -> None:
        engine, self._engine, self._hello = self._engine, None, None
        if engine is not None:
            engine.close()


def _decoded(sound_file: bytes) -> tuple[NDArray[np.float32], int]:
    try:
        frames, rate_hz = soundfile.read(io.BytesIO(sound_file), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise EngineLost(f"the speech engine gave no sound file ({error})") from error
    return frames.mean(axis=1), rate_hz


def _remedy() -> str:
    if sys.platform.startswith("linux"):
        return "run voicecoach doctor; if espeak-ng is missing, pip install espeakng-loader"
    return "run voicecoach doctor, and check that the system's own speech output works"
