"""How well and how fast both recognisers hear: synthetic agents' lines for both, human clips for PocketSphinx.

Everything goes through the same ears as in a call. The real-time factor is the CPU time (of the child too) over the
length of the sound.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path

import numpy as np

from bench.report import Figures
from voicecoach.audio.base import Pcm
from voicecoach.audio.files import read_wav
from voicecoach.stt.base import Recognizer
from voicecoach.stt.sphinx_recognizer import SphinxRecognizer
from voicecoach.stt.transcribe import transcribe
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.stt.wer import word_error_rate
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

HELD_OUT = Path("models/recipe/held_out.txt")
CLIPS = Path("../shared/speech/manifest.json")
VOICES = (VoiceSpec(name="en-us+f3", rate_wpm=160, telephone=False), VoiceSpec(name="en-gb+m3", telephone=False))
SILENCE: Pcm = np.zeros(SAMPLE_RATE_HZ // 2, dtype=np.int16)

Spoken = tuple[str, Pcm]


def measure() -> Figures:
    """vosk_wer, vosk_rtf, sphinx_wer, sphinx_rtf, human_sphinx_wer (shares, not per cent)."""
    spoken = list(_synthetic())
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    figures: Figures = {}
    with closing(VoskRecognizer(model)) as vosk:
        figures["vosk_wer"], figures["vosk_rtf"] = _score(vosk, spoken)
    with closing(SphinxRecognizer()) as sphinx:
        figures["sphinx_wer"], figures["sphinx_rtf"] = _score(sphinx, spoken[::3])
        clips = list(_human())
        if clips:
            figures["human_sphinx_wer"], _ = _score(sphinx, clips)
        else:
            sys.stderr.write("bench: no human clips are measured, ../shared/speech is not here\n")
    return figures


def _synthetic() -> Iterator[Spoken]:
    lines = [line.strip() for line in HELD_OUT.read_text(encoding="utf-8").splitlines() if line.strip()]
    with closing(Pyttsx3Voice()) as voice:
        for number, line in enumerate(lines):
            yield line, np.concatenate([SILENCE, voice.render(line, VOICES[number % len(VOICES)], 0.0), SILENCE])


def _human() -> Iterator[Spoken]:
    if not CLIPS.exists():
        return
    for clip in json.loads(CLIPS.read_text(encoding="utf-8")):
        if clip.get("transcript"):
            yield _plain(clip["transcript"]), read_wav(CLIPS.parent / clip["file"])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def _score(recognizer: Recognizer, spoken: Sequence[Spoken]) -> tuple[float, float]:
    seconds = sum(len(pcm) for _, pcm in spoken) / SAMPLE_RATE_HZ
    before = _cpu_seconds()
    pairs = [(text, " ".join(heard.text for heard in transcribe(pcm, recognizer))) for text, pcm in spoken]
    recognizer.drop()
    time.sleep(0.2)
    return word_error_rate(pairs), (_cpu_seconds() - before + _child_cpu_seconds(recognizer)) / seconds


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


_CHILD_BEFORE: dict[int, float] = {}


def _child_cpu_seconds(recognizer: Recognizer) -> float:
    """What the recogniser's own process used since the last time it was asked; 0 where it has none."""
    if not isinstance(recognizer, SphinxRecognizer):
        return 0.0
    fields = Path(f"/proc/{recognizer.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    used = (int(fields[11]) + int(fields[12])) / 100.0
    since = _CHILD_BEFORE.get(recognizer.pid, 0.0)
    _CHILD_BEFORE[recognizer.pid] = used
    return used - since
