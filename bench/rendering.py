"""How long the voice takes a line."""

from __future__ import annotations

import time
from contextlib import closing

from bench.report import Figures, percentile
from voicecoach.persona.loading import load
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

ROUNDS = 5


def measure() -> Figures:
    """render_ms_p50 and render_ms_p95 over the caller's own lines, shaping included."""
    persona = load("double_charge")
    spec = persona.voice.to_spec()
    lines = [said for fact in persona.facts.values() for said in fact.said]
    times = []
    with closing(Pyttsx3Voice()) as voice:
        voice.warm_up(spec)
        for number in range(ROUNDS * len(lines)):
            start = time.perf_counter()
            voice.render(lines[number % len(lines)], spec, number % 11)
            times.append((time.perf_counter() - start) * 1000)
    return {"render_ms_p50": percentile(times, 0.5), "render_ms_p95": percentile(times, 0.95)}
