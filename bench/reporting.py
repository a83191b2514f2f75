"""How long the report of a ten-minute call takes, and how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from bench.report import Figures, percentile
from voicecoach.audio.base import Pcm
from voicecoach.audio.recorder import CallRecorder
from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, JournalWriter
from voicecoach.call.script import CoachTurn, SayTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.report import write_report
from voicecoach.persona.loading import load, source_text
from voicecoach.review.reading import read_call
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

SECONDS = 600
RUNS = 5
STEADY_ANGER = 5.0
TURNS = (
    "I am looking at your account now, and I can see both payments here.",
    "Which day did they take the second payment?",
    "I can hear how upsetting that is for you.",
)


def measure() -> Figures:
    """report_ms (the page alone), report_command_ms (`review --out`, a whole process), report_mb: of ten minutes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "calls" / "2026-01-01_000000_double_charge"
        folder.mkdir(parents=True)
        _journal(folder)
        _recording(folder)
        page = Path(name) / "report.html"
        pages, commands = [], []
        for _ in range(RUNS):
            start = time.perf_counter()
            write_report(read_call(folder / JOURNAL_NAME), page)
            pages.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            program = str(Path(sys.executable).with_name("voicecoach"))
            environment = {**os.environ, "VOICECOACH_HOME": name}
            subprocess.run([program, "review", "--out", str(page)], check=True, capture_output=True, env=environment)
            commands.append((time.perf_counter() - start) * 1000)
        return {
            "report_ms": percentile(pages, 0.5),
            "report_command_ms": percentile(commands, 0.5),
            "report_mb": page.stat().st_size / 1e6,
        }


def _journal(folder: Path) -> None:
    """A call that goes on and on: a coach keeps the caller at a steady anger."""
    persona = load("double_charge")
    header = Header(folder.name, persona.id, source_text(persona), 1, stt="vosk")
    writer = JournalWriter(folder / JOURNAL_NAME, header)
    engine = new_engine(persona, 1, UNVOICED_CALM, NO_EXTENSION)
    call = TextCall(engine, writer.step)
    call.begin()
    number = 0
    while call.at_seconds < SECONDS and call.ended is None:
        call.turn(SayTurn(TURNS[number % len(TURNS)]))
        call.turn(CoachTurn("nudge", STEADY_ANGER - engine.state.anger.mood.anger))
        number += 1
    call.stop("ten minutes are over")
    writer.close()


def _recording(folder: Path) -> None:
    """Both sides speak in turn, as loud and as long as in a call."""
    persona = load("double_charge")
    spec = persona.voice.to_spec()
    other = VoiceSpec(name="en-us+f3", rate_wpm=175, telephone=False)
    with closing(Pyttsx3Voice()) as voice:
        lines = [said for fact in persona.facts.values() for said in fact.said]
        pairs = [
            (voice.render(line, spec, 6.0), voice.render(TURNS[n % 3], other, 1.0)) for n, line in enumerate(lines)
        ]
    with CallRecorder(folder / RECORDING_NAME) as recorder:
        number = 0
        while recorder.seconds < SECONDS:
            caller, trainee = pairs[number % len(pairs)]
            recorder.write(_noise(len(caller)), caller)
            recorder.write(trainee, np.zeros(len(trainee), dtype=np.int16))
            number += 1


def _noise(samples: int) -> Pcm:
    """A quiet room at the trainee's microphone, at -60 dBFS."""
    random = np.random.default_rng(samples)
    return np.rint(random.normal(0.0, 33.0, samples)).astype(np.int16)
