"""The response gap over virtual sound devices: from the trainee's last audible sample to the caller's first.

A synthetic trainee is fed into the microphone of a real call; both sides are captured on one clock. The deliberate
silence is what the endpointer waited (its decision minus the last voiced block, in audio time); the rest is what the
program and the devices needed.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.everyday import LINES
from bench.report import Figures, percentile
from bench.rig import Rig
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

SAID = (
    (
        *LINES,
        "I will send you a confirmation by email today.",
        "Would you like a refund to your card?",
    ),
    (
        "Thank you for waiting, I have your account open now.",
        "What would you like me to do about it?",
        "I understand, and I would be angry too.",
        "The engineer will be with you on Thursday morning.",
        "Have you got your order number there?",
        "I apologize for the long wait.",
        "Yes, I can do that for you right away.",
        "Is there anything else I can help you with?",
    ),
)
"""What the trainee says; so many turns in all that the 95th percentile is not the slowest one."""

CALLS = (
    ("double_charge", 1, SAID[0], VoiceSpec(name="en-us+f3", rate_wpm=160, telephone=False)),
    ("cancelled_flight", 2, SAID[0], VoiceSpec(name="en-gb+m3", telephone=False)),
    ("double_charge", 3, SAID[1], VoiceSpec(name="en-us+f2", rate_wpm=170, telephone=False)),
    ("cancelled_flight", 4, SAID[1], VoiceSpec(name="en-gb-x-rp+m1", rate_wpm=160, telephone=False)),
)
"""The caller, the seed of the call, what is said to him and in which voice."""

COUNTED = ("dropped_blocks", "underflows", "right_guesses", "wrong_guesses", "unanswered")
AFTER_SECONDS = 0.5
CALL_LIMIT_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn: the whole gap and the deliberate part of it, in milliseconds."""

    gap_ms: float
    deliberate_ms: float
    first: bool

    @property
    def compute_ms(self) -> float:
        """What the program and the devices needed."""
        return self.gap_ms - self.deliberate_ms


def measure_gap() -> tuple[Figures, list[Answer]]:
    """gap_ms_p50, gap_ms_p95, compute_ms_p50, compute_ms_p95, the first turn beside the rest, and what was counted."""
    answers: list[Answer] = []
    faults = dict.fromkeys(COUNTED, 0)
    for persona, seed, lines, voice in CALLS:
        answers += _call(persona, seed, lines, voice, faults)
    gaps = [answer.gap_ms for answer in answers]
    computes = [answer.compute_ms for answer in answers]
    figures: Figures = {
        "gap_ms_p50": percentile(gaps, 0.5),
        "gap_ms_p95": percentile(gaps, 0.95),
        "compute_ms_p50": percentile(computes, 0.5),
        "compute_ms_p95": percentile(computes, 0.95),
        "turns": float(len(answers)),
        "first_compute_ms": max((answer.compute_ms for answer in answers if answer.first), default=math.nan),
        **{key: float(value) for key, value in faults.items()},
    }
    return figures, answers


def _call(persona: str, seed: int, lines: Sequence[str], spec: VoiceSpec, faults: dict[str, int]) -> list[Answer]:
    voice = Pyttsx3Voice()
    spoken = [voice.render(line, spec, 0.0) for line in lines]
    voice.close()
    with Rig() as rig:
        capture = rig.capture()
        command = [sys.executable, "-m", "bench.live_call", persona, str(seed)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, env=rig.environment, text=True)
        deliberate: dict[int, float] = {}
        fed = 0
        deadline = time.monotonic() + CALL_LIMIT_SECONDS
        for event in _events(child):
            if event["event"] == "TurnHeard":
                # The last one counts: a line that was taken for over in its midst has two.
                deliberate[fed - 1] = (event["at_seconds"] - event["heard"]["end_seconds"]) * 1000
            if event["event"] == "Devices":
                for key in COUNTED[:-1]:
                    faults[key] += event[key]
            if event["event"] == "WakeAt":
                if fed == len(spoken) or time.monotonic() > deadline:
                    child.send_signal(2)  # Ctrl-C: the call ends cleanly
                else:
                    time.sleep(AFTER_SECONDS)
                    rig.feed(spoken[fed])
                    fed += 1
        child.wait()
        captured = capture.stop()
    answers = []
    for number, silence_ms in sorted(deliberate.items()):
        pcm = spoken[number]
        end = captured.said_at_seconds(pcm) + _audible_seconds(pcm)
        gap = captured.answer_after_seconds(end - 0.005)
        if gap is None:
            faults["unanswered"] += 1
        else:
            answers.append(Answer((gap - 0.005) * 1000, silence_ms, first=number == 0))
    return answers


def _audible_seconds(pcm: Any) -> float:
    from bench.captured import stretches

    return stretches(pcm, 16_000, 0.5)[-1].end_seconds


def _events(child: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert child.stdout is not None
    for line in child.stdout:
        yield json.loads(line)
