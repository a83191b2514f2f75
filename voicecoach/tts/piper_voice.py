"""A neural voice through the same child process, time limits and shaping as pyttsx3: the extra ``neural``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import UsageError, VoiceError
from voicecoach.tts.neural_voices import DESCRIPTION_SUFFIX, MODEL_SUFFIX
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

TIME_LIMIT_SECONDS = 20.0
"""A piece of text is at most 400 letters, some 25 s of speech; a slow machine renders that in 15."""


class PiperVoice(Pyttsx3Voice):
    """The voice whose model file is given. Raises ``UsageError`` without the extra, ``VoiceError`` without its JSON."""

    def __init__(self, model: Path) -> None:
        if find_spec("onnxruntime") is None:
            raise UsageError(
                "neural voices are an extra that is not installed", remedy="pip install 'voicecoach[neural]'"
            )
        name = model.name.removesuffix(MODEL_SUFFIX)
        if not model.with_name(f"{name}{DESCRIPTION_SUFFIX}").is_file():
            raise VoiceError(
                "the description of this voice is missing",
                where=str(model),
                remedy=f"put {name}{DESCRIPTION_SUFFIX} beside it",
            )
        self.name = f"piper {name}"
        command = (sys.executable, "-m", "voicecoach.tts.worker", "--piper", str(model.absolute()))
        super().__init__(command=command, time_limit_seconds=TIME_LIMIT_SECONDS)
