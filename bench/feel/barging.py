"""Barge-in over virtual devices: how long after the first sound of the trainee a calm caller is lower, and silent."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import numpy as np

from bench.captured import Captured, Track, stretches
from bench.feel.duplex import WORDS
from bench.report import Figures, percentile
from bench.rig import Rig
from voicecoach.events import VoiceSpec
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice

ANGER = 2.0
INTO_THE_LINE_SECONDS = 0.9
"""When the trainee begins: long enough after the caller did to be no collision of two starts."""

QUIET_SECONDS = 0.15
"""So long a gap in the caller's sound is a silence and no pause between two words."""

WINDOW_SECONDS = 0.01
LOWER_DB = 6.0
BARGE_INS = 16
LIMIT_SECONDS = 150.0
SPEC = VoiceSpec(name="en-us+f3", rate_wpm=160, telephone=False)


def measure_barging() -> tuple[Figures, dict[str, list[float]]]:
    """duck_ms_p95, silent_ms_p95 and how many times it was tried."""
    with Pyttsx3VoiceOpen() as voice:
        spoken = [voice.render(text, SPEC, 0.0) for text in WORDS]
    with Rig() as rig:
        capture = rig.capture()
        command = [sys.executable, "-m", "bench.live_call", "double_charge", "3", str(ANGER)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, env=rig.environment, text=True)
        fed = _barge_in(child, rig, spoken)
        child.wait()
        captured = capture.stop()
    ducked: list[float] = []
    silent: list[float] = []
    for onset in _onsets(captured)[:fed]:
        at = silent_after(captured, onset)
        if at is not None:
            silent.append(1000 * at)
            ducked.append(1000 * lower_after(captured, onset, at))
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


def _barge_in(child: subprocess.Popen[str], rig: Rig, spoken: list[Track]) -> int:
    assert child.stdout is not None
    fed, quiet_until, deadline = 0, 0.0, time.monotonic() + LIMIT_SECONDS
    for line in child.stdout:
        event = json.loads(line)
        if event["event"] == "LineStarted" and time.monotonic() >= quiet_until:
            if fed == BARGE_INS or time.monotonic() > deadline:
                child.send_signal(2)
                continue
            time.sleep(INTO_THE_LINE_SECONDS)
            pcm = spoken[fed % len(spoken)]
            rig.feed(pcm)
            fed += 1
            quiet_until = time.monotonic() + len(pcm) / 16_000 + 0.1
    return fed


def _onsets(captured: Captured) -> list[float]:
    return [stretch.start_seconds for stretch in captured.trainee_stretches(0.7)]


def silent_after(captured: Captured, onset_seconds: float) -> float | None:
    """How long after the onset the caller's last sound before a silence came; None when the caller was silent then."""
    heard = stretches(captured.caller, captured.rate_hz, QUIET_SECONDS)
    speaking = [s for s in heard if s.start_seconds <= onset_seconds <= s.end_seconds]
    return speaking[0].end_seconds - onset_seconds if speaking else None


def lower_after(captured: Captured, onset_seconds: float, silent_seconds: float) -> float:
    """How long after the onset the caller's level fell for good; at the latest when it fell silent.

    The loudest of 10 ms windows are compared with those of the 300 ms before: speech has its own dips, so only what
    stays lower until the silence is a duck.
    """
    rate = captured.rate_hz
    onset, size = round(onset_seconds * rate), round(WINDOW_SECONDS * rate)
    before = np.abs(captured.caller[onset - round(0.3 * rate) : onset].astype(np.float64)).max()
    count = int(silent_seconds / WINDOW_SECONDS)
    peaks = [
        np.abs(captured.caller[onset + i * size : onset + (i + 1) * size].astype(np.float64)).max()
        for i in range(count)
    ]
    lower = before * 10 ** (-LOWER_DB / 20)
    loud = [i for i, peak in enumerate(peaks) if peak > lower]
    return (loud[-1] + 1) * WINDOW_SECONDS if loud else 0.0
