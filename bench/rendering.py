"""How long the voice takes a line."""

from __future__ import annotations

import time
from contextlib import closing
from importlib.util import find_spec

from bench.report import Figures, percentile
from voicecoach.commands.voices import open_voice
from voicecoach.persona.loading import load
from voicecoach.places import home_folder
from voicecoach.tts.neural_voices import installed, known_voices
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

ROUNDS = 5


def measure() -> Figures:
    """render_ms_p50 and render_ms_p95 over the caller's own lines, shaping included; of each neural voice here too."""
    figures: Figures = {}
    for name in (None, *_neural_voices_here()):
        with closing(open_voice(name)) as voice:
            key = f"_{name}" if name else ""
            figures |= {f"{figure}{key}": value for figure, value in _rendered(voice).items()}
    return figures


def _neural_voices_here() -> list[str]:
    return [voice.name for voice in known_voices() if installed(voice, home_folder()) and find_spec("onnxruntime")]


def _rendered(voice: Pyttsx3Voice) -> Figures:
    persona = load("double_charge")
    spec = persona.voice.to_spec()
    lines = [said for fact in persona.facts.values() for said in fact.said]
    times = []
    voice.warm_up(spec)
    for number in range(ROUNDS * len(lines)):
        start = time.perf_counter()
        voice.render(lines[number % len(lines)], spec, number % 11)
        times.append((time.perf_counter() - start) * 1000)
    return {"render_ms_p50": percentile(times, 0.5), "render_ms_p95": percentile(times, 0.95)}
