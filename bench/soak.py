"""The soak: a live call over virtual sound devices for half an hour, caller and synthetic trainee by turns.

Counted: what the devices lost (overruns, underruns, dropped blocks), how the memory of the program and its children
grows, and how far the two tracks of the recording move against each other. The truth for that is the rig's board, on
which both directions are captured by one clock: for every half minute the trainee's and the caller's track of the
recording are found again in the capture, and the difference of the two positions must stay the same.

``SECONDS`` in the environment shortens it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from bench.captured import Captured
from bench.everyday import LINES
from bench.report import Figures
from bench.rig import Rig, missing
from bench.tracks import TracksMoved, tracks_moved
from voicecoach.audio.base import Pcm
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

TRAINEE = VoiceSpec(name="en-gb+m3", telephone=False)
ANSWERS_AFTER_SECONDS = 0.7
LOOK_SECONDS = 0.05
FED_LATE_SECONDS = 1.0
"""So much later than it was fed the end of a sentence may be heard."""

JUST_AFTER_SECONDS = 0.6
"""After a line: the echo comes later than the loudspeaker says."""

MEMORY_EVERY_SECONDS = 5.0
WARM_SECONDS = 30.0
"""Memory is looked at from here on: recogniser and voice have spoken and heard by then. The heap still grows for some
minutes, with the longest utterance and the longest line so far, so a short soak shows more a minute than a long one."""

START_SECONDS, END_SECONDS = 60.0, 60.0
"""What the program may take to begin, and to sum up."""


@dataclass
class Soaked:
    """What a soak showed. ``memory_mb`` are samples of (seconds, megabytes that the program and its children have
    for themselves)."""

    seconds: float
    trainee_turns: int = 0
    turns_heard: int = 0
    caller_lines: int = 0
    self_triggers: int = 0
    """Onsets of speech while the caller spoke, or just after, and the trainee was silent."""
    counts: dict[str, int] = field(default_factory=dict)
    memory_mb: list[tuple[float, float]] = field(default_factory=list)
    tracks: TracksMoved | None = None

    @property
    def memory_mb_per_minute(self) -> float:
        """The slope of a straight line through the memory once warm; NaN for fewer than three samples."""
        warm = [(at, used) for at, used in self.memory_mb if at >= WARM_SECONDS]
        if len(warm) < 3:
            return float("nan")
        times, used = np.array(warm).T
        return float(np.polyfit(times / 60.0, used, 1)[0])


def measure() -> Figures:
    """The figures of a soak of ``SECONDS`` (1800)."""
    lacking = missing()
    if lacking:
        sys.stderr.write(f"bench: there is no soak, this machine lacks {lacking}\n")
        return {}
    soaked = soak(float(os.environ.get("SECONDS", "1800")))
    warm = [used for at, used in soaked.memory_mb if at >= WARM_SECONDS] or [float("nan")]
    tracks = soaked.tracks or TracksMoved((), ())
    return {
        "seconds": soaked.seconds,
        "caller_lines": float(soaked.caller_lines),
        "trainee_turns": float(soaked.trainee_turns),
        "turns_heard": float(soaked.turns_heard),
        **{name: float(value) for name, value in soaked.counts.items()},
        "memory_mb": warm[-1],
        "memory_mb_per_minute": soaked.memory_mb_per_minute,
        "track_drift_ms": 1000.0 * tracks.drift_seconds,
        "track_offset_ms": 1000.0 * tracks.offset_seconds,
        "track_markers": float(len(tracks.offsets_seconds)),
        "load_average": os.getloadavg()[1],
    }


def soak(seconds: float, guard: str = "none", path: tuple[float, float] | None = None) -> Soaked:
    """Take the call for so long with this guard. ``path``: the microphone hears the loudspeaker, so many seconds later
    and at so many decibels. Raises ``RigError``, and ``AssertionError`` when the program does not run.
    """
    voice = Pyttsx3Voice()
    spoken = [voice.render(line, TRAINEE, 0.0) for line in LINES]
    voice.close()
    soaked = Soaked(seconds)
    with Rig() as rig, tempfile.TemporaryDirectory(prefix="voicecoach-soak-") as place:
        home = Path(place)
        counts = home / "counts.json"
        if path is not None:
            rig.echo(*path)
        capture = rig.capture(SAMPLE_RATE_HZ)
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.soak_call", str(counts), guard],
            env=rig.environment | {"VOICECOACH_HOME": str(home / "home")},
            stdout=subprocess.DEVNULL,
        )
        try:
            journal = _journal(home / "home" / "calls", child)
            _take_turns(rig, journal, spoken, child, soaked)
            child.send_signal(signal.SIGINT)
            child.wait(END_SECONDS)
        finally:
            child.kill()
            child.wait()
        captured = capture.stop()
        soaked.counts = json.loads(counts.read_text(encoding="utf-8"))
        recording, _ = soundfile.read(journal.with_name("recording.flac"), dtype="int16")
        soaked.tracks = tracks_moved(Captured(recording[:, 0], recording[:, 1], SAMPLE_RATE_HZ), captured)
    return soaked


def _journal(calls: Path, child: subprocess.Popen[bytes]) -> Path:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        for journal in calls.glob("*/journal.jsonl"):
            return journal
        time.sleep(LOOK_SECONDS)
    raise AssertionError("the call did not begin")


def _take_turns(rig: Rig, journal: Path, spoken: list[Pcm], child: subprocess.Popen[bytes], soaked: Soaked) -> None:
    """Answer each time the caller has been silent for a moment."""
    began_seconds = silent_since = time.monotonic()
    free_at = measured_at = fed_until = began_seconds
    caller_speaks = False
    events = _events(journal)
    while (now := time.monotonic()) < began_seconds + soaked.seconds:
        assert child.poll() is None, "the call broke off"
        for event in next(events):
            if event == "LineStarted":
                caller_speaks = True
                soaked.caller_lines += 1
            elif event == "LineEnded":
                caller_speaks, silent_since = False, now
            elif event == "TurnHeard":
                soaked.turns_heard += 1
            elif event == "SpeechStarted" and now > fed_until:
                soaked.self_triggers += caller_speaks or now < silent_since + JUST_AFTER_SECONDS
        if not caller_speaks and now >= max(silent_since + ANSWERS_AFTER_SECONDS, free_at) and soaked.caller_lines:
            pcm = spoken[soaked.trainee_turns % len(spoken)]
            rig.feed(pcm)
            soaked.trainee_turns += 1
            fed_until = now + len(pcm) / SAMPLE_RATE_HZ + FED_LATE_SECONDS
            free_at = fed_until + 2.0
        if now >= measured_at:
            measured_at += MEMORY_EVERY_SECONDS
            soaked.memory_mb.append((now - began_seconds, _own_mb(child.pid)))
        time.sleep(LOOK_SECONDS)


def _events(journal: Path) -> Iterator[list[str]]:
    """The names of the events that have been written since the last time it was asked."""
    rest = ""
    with journal.open(encoding="utf-8") as file:
        while True:
            *lines, rest = (rest + file.read()).split("\n")
            yield [str(_read(line).get("event", "")) for line in lines]


def _read(line: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(line)
    return read


def _own_mb(pid: int) -> float:
    """What a process and its children have for themselves.

    Mapped files are left out: of those a process is charged a share, which changes by megabytes with every other
    program that starts or ends on the machine. What leaks is memory of one's own.
    """
    kilobytes = 0
    for process in (pid, *_children(pid)):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss_Anon:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1000.0


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text(encoding="ascii").split()
    ]
