"""Learns what the recognisers mishear: ``python -m training.learn_confusions``.

A sample of the lines, drawn with a fixed seed, is spoken by several synthetic voices and heard by the ears of a call
with Vosk (the model made here) and with PocketSphinx; their mistakes are counted into ``confusions.json``.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np

from models.recipe.words import spoken_words
from training.confusions import FILE, Confusions, count, write
from training.lines_data import read_lines
from voicecoach.audio.base import Pcm
from voicecoach.stt.base import Recognizer
from voicecoach.stt.sphinx_recognizer import SphinxRecognizer
from voicecoach.stt.transcribe import transcribe
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

MODEL = Path(__file__).parent.parent / "models" / "synthetic-en"
VOICES = tuple(
    VoiceSpec(name=name, telephone=False) for name in ("en-us+f3", "en-gb+m3", "en-us+m3", "en-gb-scotland+f2")
)
SHORTEST, LONGEST = 5, 20
"""Words of a line that is spoken: enough to hear words in company, not so many that one line has all the time."""

SEED = 3
SILENCE: Pcm = np.zeros(SAMPLE_RATE_HZ // 2, dtype=np.int16)


def sample(number: int) -> list[list[str]]:
    """The words of so many lines of all hands, as they are spoken; the smaller sample begins the larger one."""
    spoken = {" ".join(words): words for words in (spoken_words(line.text) for line in read_lines())}
    fitting = [words for words in spoken.values() if SHORTEST <= len(words) <= LONGEST]
    random.Random(SEED).shuffle(fitting)
    return fitting[:number]


def learn(open_recognizer: Callable[[], Recognizer], lines: list[list[str]]) -> Confusions:
    """Speaks the lines, one voice after the other, and counts what is misheard. Raises ``VoiceError`` and
    ``RecognizerError``."""
    heard: list[tuple[list[str], list[str]]] = []
    with closing(Pyttsx3Voice()) as mouth, closing(open_recognizer()) as ears:
        for number, said in enumerate(lines):
            sound = mouth.render(" ".join(said), VOICES[number % len(VOICES)], 0.0)
            turns = transcribe(np.concatenate([SILENCE, sound, SILENCE]), ears)
            heard.append((said, spoken_words(" ".join(word.text for turn in turns for word in turn.words))))
    return count(heard)


def main() -> None:
    """Writes the confusions of both recognisers and says how often each mishears."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--vosk-lines", type=int, default=2500)
    parser.add_argument("--sphinx-lines", type=int, default=600)
    options = parser.parse_args()
    with ThreadPoolExecutor(2) as side_by_side:
        vosk = side_by_side.submit(learn, lambda: VoskRecognizer(MODEL), sample(options.vosk_lines))
        sphinx = side_by_side.submit(learn, SphinxRecognizer, sample(options.sphinx_lines))
        learnt = {"vosk": vosk.result(), "sphinx": sphinx.result()}
    write(learnt, options.out)
    for name, found in learnt.items():
        sys.stdout.write(f"{name}: {found.lines} lines, {found.words} words, {found.rates}, {len(found.pairs)} pairs\n")


if __name__ == "__main__":
    main()
