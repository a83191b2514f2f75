"""Measure the model: word error rate by voice, speed, load time, memory. `python -m models.recipe.evaluate`.

The sentences are spoken by synthetic voices, fed to the unmodified vosk wheel in 100 ms chunks, and compared word by
word. `--texts FILE` measures on other sentences: one a line, or JSON lines with a "text" field. `--office DB` puts
people behind the voice who talk so many decibels below it.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import vosk
from numpy.typing import NDArray

from .augmentation import noise_only
from .background import office
from .espeak import EspeakVoice
from .flite import FliteVoice
from .settings import HELD_OUT_FILE, MODEL_DIR, SAMPLE_RATE_HZ
from .speakers import UNSEEN_ESPEAK_VARIANTS, Speaker, draw_speaker, say
from .words import spoken_words

_CHUNK_BYTES = SAMPLE_RATE_HZ // 10 * 2
_SILENCE_AFTER = bytes(SAMPLE_RATE_HZ)  # half a second
_SAMPLE_SEED = 5
_AUDIBLE = 1 / 30  # of the loudest sample: pauses do not make a voice softer
Samples = NDArray[np.int16]
VOICES: dict[str, EspeakVoice | FliteVoice] = {
    "espeak en-us+f3": EspeakVoice("en-us+f3"),
    "espeak en-us+m3 190 wpm": EspeakVoice("en-us+m3", rate_wpm=190, pitch=40),
    "espeak en-gb": EspeakVoice("en", rate_wpm=165),
    "espeak en-gb+m2": EspeakVoice("en+m2", rate_wpm=175, pitch=45),
    "espeak scotland+f2": EspeakVoice("en-gb-scotland+f2"),
    "flite slt": FliteVoice("slt"),
    "flite rms": FliteVoice("rms"),
    **{f"unseen espeak en-us{variant}": EspeakVoice(f"en-us{variant}") for variant in UNSEEN_ESPEAK_VARIANTS[:2]},
}


@dataclass
class Score:
    """Errors over the sentences of one voice."""

    errors: int = 0
    words: int = 0
    audio_seconds: float = 0.0
    processor_seconds: float = 0.0
    sentences: int = 0
    with_partials: int = 0
    misheard: list[tuple[str, str]] = field(default_factory=list)

    def line(self, name: str) -> str:
        """One line of the report."""
        return (
            f"{name:28s} WER {100 * self.errors / max(1, self.words):5.1f} %  {self.words} words  "
            f"RTF {self.processor_seconds / max(1e-9, self.audio_seconds):.3f}  "
            f"partials in {self.with_partials}/{self.sentences}"
        )


def word_errors(reference: list[str], heard: list[str]) -> int:
    """Least number of words to insert, delete or replace."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, start=1):
        previous, row = row, [i]
        for j, other in enumerate(heard, start=1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (word != other)))
    return row[-1]


def recognise(model: vosk.Model, pcm: bytes) -> tuple[str, bool]:
    """The words of 16 kHz mono int16 `pcm`, fed as a microphone would, and whether a partial appeared."""
    recognizer, texts, saw_partial = vosk.KaldiRecognizer(model, SAMPLE_RATE_HZ), [], False
    for first in range(0, len(pcm), _CHUNK_BYTES):
        if recognizer.AcceptWaveform(pcm[first : first + _CHUNK_BYTES]):
            texts.append(json.loads(recognizer.Result())["text"])
        else:
            saw_partial |= bool(json.loads(recognizer.PartialResult()).get("partial"))
    texts.append(json.loads(recognizer.FinalResult())["text"])
    return " ".join(texts), saw_partial


def in_office(
    samples: Samples, below_db: float, sentences: Sequence[list[str]], random: np.random.Generator
) -> Samples:
    """The voice with people behind it who say these sentences, so many decibels below what is audible of it."""

    def talk(random: np.random.Generator) -> Samples:
        return say(" ".join(sentences[int(random.integers(len(sentences)))]), draw_speaker(random))[0]

    voice = samples.astype(np.float32)
    audible = voice[np.abs(voice) > np.abs(voice).max() * _AUDIBLE]
    behind = office(len(voice), talk, random) * np.sqrt(np.mean(audible**2)) * 10 ** (-below_db / 20)
    return np.clip(np.round(voice + behind), -32768, 32767).astype(np.int16)


def measure(
    model: vosk.Model,
    sentences: Sequence[list[str]],
    voice: EspeakVoice | FliteVoice,
    office_below_db: float | None = None,
) -> Score:
    """Say and recognise every sentence."""
    score, random = Score(), np.random.default_rng(_SAMPLE_SEED)
    for words in sentences:
        samples, _ = say(" ".join(words), Speaker(voice))
        if office_below_db is not None:
            samples = in_office(samples, office_below_db, sentences, random)
        pcm = samples.astype("<i2").tobytes() + _SILENCE_AFTER
        started = time.process_time()
        text, saw_partial = recognise(model, pcm)
        score.processor_seconds += time.process_time() - started
        score.audio_seconds += len(pcm) / 2 / SAMPLE_RATE_HZ
        errors = word_errors(words, text.split())
        score.errors += errors
        score.words += len(words)
        score.sentences += 1
        score.with_partials += saw_partial
        if errors:
            score.misheard.append((" ".join(words), text))
    return score


def ghost_words(model: vosk.Model) -> list[str]:
    """What is heard in a minute without speech: digital silence, hiss, hum, gusts, knocks."""
    random = np.random.default_rng(_SAMPLE_SEED)
    clips = [np.zeros(5 * SAMPLE_RATE_HZ, np.float32), *(noise_only(random) for _ in range(30))]
    return [text for clip in clips if (text := recognise(model, clip.astype("<i2").tobytes())[0])]


def read_texts(file: Path) -> list[list[str]]:
    """Spoken words of each line; of the "text" field where a line is a JSON object."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [spoken_words(json.loads(line)["text"] if line.startswith("{") else line) for line in lines]


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m models.recipe.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--texts", type=Path, default=HELD_OUT_FILE)
    parser.add_argument("--sample", type=int, default=0, help="only so many sentences, drawn by a fixed seed")
    parser.add_argument("--voices", default="", help="only voices whose name contains this")
    parser.add_argument("--office", type=float, metavar="DB", help="people who talk so far below the voice")
    parser.add_argument("--show", type=int, default=0, help="print so many misheard sentences per voice")
    options = parser.parse_args()
    sentences = [words for words in read_texts(options.texts) if words]
    if options.sample:
        sentences = random.Random(_SAMPLE_SEED).sample(sentences, min(options.sample, len(sentences)))
    vosk.SetLogLevel(-1)
    started = time.monotonic()
    model = vosk.Model(str(options.model))
    _say(f"loaded in {1000 * (time.monotonic() - started):.0f} ms; {len(sentences)} sentences")
    for name, voice in VOICES.items():
        if options.voices in name:
            score = measure(model, sentences, voice, options.office)
            _say(score.line(name))
            for wanted, heard in score.misheard[: options.show]:
                _say(f"    {wanted}\n  > {heard}")
    _say(f"heard in 31 clips without speech: {ghost_words(model) or 'nothing'}")
    _say(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
