"""Real voices, real recognisers, and sound made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.needs import need
from voicecoach.audio.base import Pcm
from voicecoach.audio.files import read_wav
from voicecoach.stt.model_folder import synthetic_model_folder
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

CLIPS = Path(__file__).resolve().parents[2] / ".." / "shared" / "speech"


@pytest.fixture(scope="session")
def speak() -> Iterator[Callable[[str], Pcm]]:
    """The synthetic voice: text in, clean 16 kHz sound out, without silence around it."""
    voice = Pyttsx3Voice()
    spec = VoiceSpec(name="en-us+f3", rate_wpm=160, telephone=False)
    yield lambda text: voice.render(text, spec, 0.0)
    voice.close()


@pytest.fixture(scope="session")
def clip() -> Callable[[str], Pcm]:
    """A recording of a person, by file name."""

    def load(name: str) -> Pcm:
        need((CLIPS / name).is_file(), f"the human recording {name} is not beside the checkout (../shared/speech)")
        return read_wav(CLIPS / name)

    return load


@pytest.fixture(scope="session")
def silence() -> Callable[[float], Pcm]:
    """Digital silence of so many seconds."""
    return lambda seconds: np.zeros(round(seconds * SAMPLE_RATE_HZ), dtype=np.int16)


@pytest.fixture(scope="session")
def noise() -> Callable[[float, float], Pcm]:
    """White noise of (seconds, dBFS), the same every time."""

    def make(seconds: float, dbfs: float) -> Pcm:
        samples = np.random.default_rng(7).normal(0.0, 32768.0 * 10 ** (dbfs / 20), round(seconds * SAMPLE_RATE_HZ))
        return np.clip(samples, -32768, 32767).astype(np.int16)

    return make


@pytest.fixture(scope="session")
def model_dir() -> Path:
    """The small model made here."""
    folder = synthetic_model_folder()
    need((folder / "am" / "final.mdl").is_file(), f"the small Vosk model is not built ({folder})")
    return folder


@pytest.fixture(scope="session")
def vosk(model_dir: Path) -> Iterator[VoskRecognizer]:
    """Vosk on the small model made here."""
    recognizer = VoskRecognizer(model_dir)
    yield recognizer
    recognizer.close()
