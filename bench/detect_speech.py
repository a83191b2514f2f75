"""The same lines by voice: spoken by two synthetic voices, heard by the ears of a call on the model made here.

Two hours of speech take some minutes, so what was heard is kept in ``build/`` under a hash of the model and the voice,
line by line; another model, voice or text is heard anew.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from importlib import resources
from pathlib import Path

import numpy as np

from bench.detect_lines import Line
from voicecoach.audio.base import Pcm
from voicecoach.stt.transcribe import transcribe
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec, Word

VOICES = (VoiceSpec(name="en-us+f3", telephone=False), VoiceSpec(name="en-gb+m3", telephone=False))
CACHE = Path("build/heard")
SILENCE: Pcm = np.zeros(SAMPLE_RATE_HZ // 2, dtype=np.int16)


@dataclasses.dataclass(frozen=True, slots=True)
class HeardLine:
    """What a line became on its way through voice and recogniser; ``confidences`` one for each word."""

    text: str
    confidences: tuple[float, ...]


def heard_lines(lines: Iterable[Line], voice: VoiceSpec) -> list[HeardLine]:
    """Each line as it is heard from this voice; a line may be empty. Raises ``VoiceError``, ``RecognizerError``."""
    lines = list(lines)
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    cache = CACHE / f"{_hash(_model_hash(model), repr(voice))}.jsonl"
    known = dict(_kept(cache))
    missing = list(dict.fromkeys(line.text for line in lines if _hash(line.text) not in known))
    if missing:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as parts:
            file = parts.enter_context(cache.open("a", encoding="utf-8"))
            mouth = parts.enter_context(closing(Pyttsx3Voice()))
            ears = parts.enter_context(closing(VoskRecognizer(model)))
            for text in missing:
                heard = _heard(text, voice, mouth, ears)
                known[_hash(text)] = heard
                file.write(json.dumps([_hash(text), heard.text, heard.confidences]) + "\n")
    return [known[_hash(line.text)] for line in lines]


def _heard(text: str, spec: VoiceSpec, mouth: Pyttsx3Voice, ears: VoskRecognizer) -> HeardLine:
    """A pause in the middle makes two turns of a line in a call; here the line stays one."""
    sound = np.concatenate([SILENCE, mouth.render(text, spec, 0.0), SILENCE])
    words: list[Word] = [word for heard in transcribe(sound, ears) for word in heard.words]
    return HeardLine(" ".join(word.text for word in words), tuple(round(word.confidence, 3) for word in words))


def _kept(cache: Path) -> Iterator[tuple[str, HeardLine]]:
    """What was heard before; a last line that was cut off is heard again."""
    if not cache.exists():
        return
    for line in cache.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            key, text, confidences = json.loads(line)
            yield key, HeardLine(text, tuple(confidences))


def _model_hash(model: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in model.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(model)} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
