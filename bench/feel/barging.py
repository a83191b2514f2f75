"""Barge-in over virtual devices: how long after the first sound of the trainee a calm caller is lower, and silent."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from typing import Any

import numpy as np
import soxr

from bench.captured import Captured, Track, position_seconds, stretches
from bench.feel.duplex import WORDS
from bench.report import Figures, percentile
from bench.rig import Rig
from voicecoach.persona.loading import load
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

PERSONA = "double_charge"
ANGER = 2.0
INTO_THE_LINE_SECONDS = 0.9
"""When the trainee begins: long enough after the caller did to be no collision of two starts."""

BEGINNING_SECONDS = 0.6
"""So much of a line is enough to find it by; the trainee begins later."""

QUIET_SECONDS = 0.15
"""So long a gap in the caller's sound is a silence and no pause between two words."""

WINDOW_SECONDS = 0.02
LOWER_GAIN = 0.6
"""Of the line as rendered: a ducked caller is at 0.3."""

LOUD_DBFS = -38.0
"""Only where the line itself is loud can be seen whether it was made lower."""
BARGE_INS = 48
LIMIT_SECONDS = 240.0
SPEC = VoiceSpec(name="en-us+f3", rate_wpm=160, telephone=False)


def measure_barging() -> tuple[Figures, dict[str, list[float]]]:
    """duck_ms_p95, silent_ms_p95 and how many times it was tried."""
    with Pyttsx3VoiceOpen() as voice:
        spoken = [voice.render(text, SPEC, 0.0) for text in WORDS]
    with Rig() as rig:
        capture = rig.capture()
        command = [sys.executable, "-m", "bench.live_call", PERSONA, "3", str(ANGER)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, env=rig.environment, text=True)
        lines = _barge_in(child, rig, spoken)
        child.wait()
        captured = capture.stop()
    ducked: list[float] = []
    silent: list[float] = []
    caller = load(PERSONA).voice.to_spec()
    with Pyttsx3VoiceOpen() as voice:
        for onset, line in zip(_onsets(captured), lines, strict=False):
            at = silent_after(captured, onset)
            if at is not None:
                silent.append(1000 * at)
                rendered = voice.render(line["text"], caller, line["anger"])
                ducked.append(1000 * min(at, lower_after(captured, onset, rendered)))
    figures: Figures = {
        "barge_ins_over_devices": float(len(silent)),
        "duck_ms_p95": percentile(ducked, 0.95),
        "silent_ms_p50": percentile(silent, 0.5),
        "silent_ms_p95": percentile(silent, 0.95),
    }
    return figures, {"duck": ducked, "silent": silent}


class Pyttsx3VoiceOpen(Pyttsx3Voice):
    """Closed at the end of a ``with``."""

    def __enter__(self) -> Pyttsx3VoiceOpen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _barge_in(child: subprocess.Popen[str], rig: Rig, spoken: list[Track]) -> list[dict[str, Any]]:
    """Speak into the caller's lines; which ones, in order."""
    assert child.stdout is not None
    into: list[dict[str, Any]] = []
    said: dict[int, dict[str, Any]] = {}
    quiet_until, deadline = 0.0, time.monotonic() + LIMIT_SECONDS
    for told in child.stdout:
        event = json.loads(told)
        if event["event"] == "Say":
            said[event["line"]["number"]] = event["line"]
        if event["event"] == "LineStarted" and time.monotonic() >= quiet_until:
            if len(into) == BARGE_INS or time.monotonic() > deadline:
                child.send_signal(2)
                continue
            time.sleep(INTO_THE_LINE_SECONDS)
            pcm = spoken[len(into) % len(spoken)]
            rig.feed(pcm)
            into.append(said[event["number"]])
            quiet_until = time.monotonic() + len(pcm) / 16_000 + 0.1
    return into


def _onsets(captured: Captured) -> list[float]:
    return [stretch.start_seconds for stretch in captured.trainee_stretches(0.7)]


def silent_after(captured: Captured, onset_seconds: float) -> float | None:
    """How long after the onset the caller's last sound before a silence came; None when the caller was silent then."""
    heard = stretches(captured.caller, captured.rate_hz, QUIET_SECONDS)
    speaking = [s for s in heard if s.start_seconds <= onset_seconds <= s.end_seconds]
    return speaking[0].end_seconds - onset_seconds if speaking else None


def lower_after(captured: Captured, onset_seconds: float, rendered: Track) -> float:
    """How long after the onset the caller's line sounds lower than it was rendered; infinite when it never does."""
    started = _started_seconds(captured, onset_seconds, rendered)
    rate, size = captured.rate_hz, round(WINDOW_SECONDS * captured.rate_hz)
    reference = soxr.resample(rendered.astype(np.float32), SAMPLE_RATE_HZ, rate)
    start = round(started * rate)
    for at in range(max(0, round(onset_seconds * rate) - start), len(reference) - size, size // 2):
        loud = _rms(reference[at : at + size])
        if loud > 32768.0 * 10 ** (LOUD_DBFS / 20):
            heard = _rms(captured.caller[start + at : start + at + size].astype(np.float32))
            if heard < LOWER_GAIN * loud:
                return (start + at) / rate - onset_seconds
    return math.inf


def _started_seconds(captured: Captured, onset_seconds: float, rendered: Track) -> float:
    """When the line that sounded at the onset began: the caller may say the same words elsewhere in the call."""
    rate = captured.rate_hz
    first = max(0, round((onset_seconds - 2 * INTO_THE_LINE_SECONDS) * rate))
    around = captured.caller[first : round(onset_seconds * rate)]
    beginning = rendered[: round(BEGINNING_SECONDS * SAMPLE_RATE_HZ)]
    return first / rate + position_seconds(around, rate, beginning)


def _rms(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(sound)))) if sound.size else 0.0
