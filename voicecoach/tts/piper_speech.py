"""A Piper voice (VITS through ONNX Runtime) in the voice's child process.

Chosen instead of the ``piper-tts`` package, which is GPL-3.0 and carries an espeak-ng of its own: what is needed of it
is the reading of a model of four inputs. ONNX Runtime is MIT, alive, and has wheels for every system.
"""

from __future__ import annotations

import io
import json
import os
import re
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.tts.neural_voices import DESCRIPTION_SUFFIX, MODEL_SUFFIX
from voicecoach.tts.phonemes import END, PAD, START, Phonemes, phoneme_ids

NATURAL_WPM = 170
"""What Piper's English voices speak at their own pace (they were taught with people reading aloud)."""

MOST_THREADS = 2
SENTENCE_PAUSE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Description:
    """What the JSON beside a model says. Raises ``ValueError`` from ``read`` when it is none."""

    rate_hz: int
    espeak_voice: str
    ids: dict[str, list[int]]
    speakers: int
    noise_scale: float
    length_scale: float
    noise_w: float

    @classmethod
    def read(cls, path: Path) -> Description:
        """From the file. Raises ``ValueError`` and ``OSError``."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told.get("phoneme_type", "espeak") != "espeak":
                raise ValueError(f"its phonemes are {told['phoneme_type']}, and only espeak is known here")
            scales = told.get("inference", {})
            description = cls(
                rate_hz=int(told["audio"]["sample_rate"]),
                espeak_voice=str(told["espeak"]["voice"]),
                ids={str(name): [int(one) for one in ids] for name, ids in told["phoneme_id_map"].items()},
                speakers=int(told.get("num_speakers", 1)),
                noise_scale=float(scales.get("noise_scale", 0.667)),
                length_scale=float(scales.get("length_scale", 1.0)),
                noise_w=float(scales.get("noise_w", 0.8)),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path.name} is no description of a Piper voice ({error})") from error
        if missing := {START, END, PAD} - set(description.ids):
            raise ValueError(f"{path.name} lacks the marks {' '.join(sorted(missing))}")
        return description


class PiperSpeech:
    """One voice model. Raises ``ValueError``, ``OSError`` or ONNX Runtime's errors when it cannot be loaded."""

    driver = "piper"
    has_pitch = False

    def __init__(self, scratch: Path, model: Path) -> None:
        import onnxruntime

        self._name = model.name.removesuffix(MODEL_SUFFIX)
        self._description = Description.read(model.with_name(f"{self._name}{DESCRIPTION_SUFFIX}"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._phonemes = Phonemes(scratch)

    def voices(self) -> list[str]:
        """The voice, or its speakers by number."""
        if self._description.speakers <= 1:
            return [self._name]
        return [f"{self._name}#{number}" for number in range(self._description.speakers)]

    def voice_id(self, name: str) -> str | None:
        """Which of its speakers says it: by number, else (a persona names a voice of another engine) always the same.

        ``en-us+f3`` takes the speaker number 3 of them.
        """
        digits = re.findall(r"\d+", name.rpartition("#")[2] if "#" in name else name.rpartition("+")[2])
        number = int(digits[-1]) if digits else sum(name.encode())
        return str(number % max(1, self._description.speakers))

    def nearest(self, name: str) -> list[str]:
        """Every name is taken."""
        return self.voices()

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, pitch_range: int) -> bytes:
        """A WAV file of the text; pitch and range are ignored. Raises ``RuntimeError`` when the model failed."""
        sentences = self._phonemes.sentences(text, self._description.espeak_voice)
        pause = np.zeros(round(SENTENCE_PAUSE_SECONDS * self._description.rate_hz), dtype=np.float32)
        pieces: list[NDArray[np.float32]] = []
        for sentence in sentences:
            pieces += [self._rendered(sentence, int(voice), rate_wpm), pause]
        sound = np.concatenate(pieces[:-1]) if pieces else pause[:0]
        return _wav(sound, self._description.rate_hz)

    def _rendered(self, phonemes: list[str], speaker: int, rate_wpm: int) -> NDArray[np.float32]:
        told = self._description
        ids = phoneme_ids(phonemes, told.ids)
        scales = [told.noise_scale, told.length_scale * NATURAL_WPM / max(1, rate_wpm), told.noise_w]
        given = {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
            "sid": np.array([speaker], dtype=np.int64),
        }
        try:
            (sound, *_) = self._session.run(None, {name: given[name] for name in self._inputs})
        except Exception as error:  # ONNX Runtime's errors have no common public class; KeyError: another kind of model
            raise RuntimeError(f"{type(error).__name__}: {error}") from error
        return np.asarray(sound, dtype=np.float32).reshape(-1)


def _wav(sound: NDArray[np.float32], rate_hz: int) -> bytes:
    file = io.BytesIO()
    loudest = float(np.abs(sound).max(initial=0.0))
    scaled = sound * np.float32(0.9 / loudest) if loudest > 0.9 else sound
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(np.rint(scaled * 32767.0).astype("<i2").tobytes())
    return file.getvalue()
