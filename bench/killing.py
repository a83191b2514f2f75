"""kill -9 at random moments of a real call: what is lost, and whether the next start brings everything to its end."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import soundfile

from bench.report import Figures, percentile
from voicecoach.call.folder import JOURNAL_NAME, RECORDING_NAME
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import read_journal
from voicecoach.call.replay import replay
from voicecoach.call.running import broken_off
from voicecoach.commands.housekeeping import keep_house
from voicecoach.errors import VoicecoachError
from voicecoach.events import EndCall
from voicecoach.persona.loading import loads
from voicecoach.settings import Settings
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.techniques.voice import CalmVoice
from voicecoach.values import BLOCK_SECONDS, SAMPLE_RATE_HZ

KILLS = 50
AT_ONCE = 4
LATEST_SECONDS = 8.0
SEED = 50


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill did. ``lost_seconds``: sound that had been heard and is not in the file."""

    after_seconds: float
    sound_seconds: float
    lost_seconds: float
    lost_steps: int
    recovered: bool


def measure() -> Figures:
    """kills, lost_seconds_p50, lost_seconds_max, lost_steps, unrecovered."""
    chance = random.Random(SEED)
    moments = [chance.uniform(0.05, LATEST_SECONDS) for _ in range(KILLS)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(kill_after, moments, range(KILLS)))
    lost = [each.lost_seconds for each in done]
    return {
        "kills": len(done),
        "lost_seconds_p50": percentile(lost, 0.5),
        "lost_seconds_max": max(lost),
        "lost_steps": sum(each.lost_steps for each in done),
        "unrecovered": sum(not each.recovered for each in done),
        "sound_seconds_p50": percentile([each.sound_seconds for each in done], 0.5),
    }


def kill_after(seconds: float, seed: int) -> Killed:
    """Start a call, kill it so long after its first block of sound, and look at what there is, and then at the cure."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        told = _told_until_killed(home, seconds, seed)
        heard_seconds = (told.count(b"b") - 1) * BLOCK_SECONDS
        (call,) = (home / "calls").iterdir()
        stored = _sound_seconds(call / RECORDING_NAME)
        kept = len(read_journal(call / JOURNAL_NAME).steps)
        recovered = _recovers(home, call, stored)
    return Killed(seconds, heard_seconds, heard_seconds - stored, max(0, told.count(b"s") - kept), recovered)


def _told_until_killed(home: Path, seconds: float, seed: int) -> bytes:
    environment = {**os.environ, "VOICECOACH_HOME": str(home)}
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.killed_call", str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    assert child.stdout is not None
    told = b""
    while b"b" not in told:
        got = os.read(child.stdout.fileno(), 4096)
        if not got:
            raise AssertionError("the call never began")
        told += got
    time.sleep(seconds)
    child.kill()
    told += child.stdout.read()
    child.stdout.close()
    child.wait()
    return told


def _sound_seconds(path: Path) -> float:
    """What a player gets out of the file as it is; 0 for a file that ends before its first frame."""
    try:
        sound, _ = soundfile.read(path, dtype="int16")
    except soundfile.LibsndfileError:
        return 0.0
    return len(sound) / SAMPLE_RATE_HZ


def _recovers(home: Path, call: Path, stored_seconds: float) -> bool:
    """Whether the next start tells one line, ends the journal so that it replays to the bit, and mends the sound."""
    told: list[str] = []
    try:
        keep_house(home, Settings(), told.append)
        journal = read_journal(call / JOURNAL_NAME)
    except VoicecoachError:
        return False
    header = journal.header
    calm = CalmVoice(**header.calibration) if header.calibration else None
    again = replay(journal.inputs(), new_engine(loads(header.persona), header.seed, calm, NO_EXTENSION))
    return (
        len(told) == 1
        and call.name in told[0]
        and not broken_off(home)
        and journal.complete
        and any(isinstance(output, EndCall) for output in journal.outputs())
        and again.steps == journal.steps
        and _sound_seconds(call / RECORDING_NAME) >= stored_seconds
    )
