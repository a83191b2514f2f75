"""Agents' turns with pauses in them, spoken by synthetic voices: the pauses are silence of an exact length."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.tts.base import Voice
from voicecoach.values import SAMPLE_RATE_HZ, VoiceSpec

Half = Literal["tuned", "looked_at", "held_back"]

SCRIPTS = Path(__file__).parent / "scripts"

VOICES: dict[Half, tuple[VoiceSpec, ...]] = {
    "tuned": tuple(
        VoiceSpec(name=name, rate_wpm=rate, telephone=False)
        for name, rate in (("en-us+f3", 160), ("en-gb+m3", 165), ("en-us+m3", 190))
    ),
    "looked_at": tuple(
        VoiceSpec(name=name, rate_wpm=rate, telephone=False)
        for name, rate in (("en-gb", 165), ("en-us+f3", 185), ("en-gb+m2", 150))
    ),
    "held_back": tuple(
        VoiceSpec(name=name, rate_wpm=rate, telephone=False)
        for name, rate in (("en-us+f1", 175), ("en-gb-x-rp+f4", 165), ("en-us+m2", 155))
    ),
}
"""Who speaks each set, and how fast (words a minute)."""

TYPED_VOICES = tuple(
    VoiceSpec(name=name, rate_wpm=rate, telephone=False) for name, rate in (("en-us+f2", 170), ("en-gb-x-rp+m1", 160))
)
"""Who speaks the turns that others typed (``typed``)."""

KINDS = {
    "f": "after a filler",
    "n": "in a number",
    "c": "between clauses",
    "s": "between sentences",
    "o": "in mid-phrase",
}
_MARKS = {"f": ",", "n": ",", "c": ",", "s": "."}
"""What a writer would put there, which is how the voice says it; in mid-phrase a comma every other time."""

LEAST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 0.2, 1.5
LEAD_SECONDS, TAIL_SECONDS = 0.5, 2.0
ROOM_DBFS = -72.0
"""A quiet room, so that silence is not digital."""

AUDIBLE = 184
"""Samples from here on are sound (-45 dBFS)."""


@dataclass(frozen=True, slots=True)
class Script:
    """A turn as written: the ``segments`` between the pauses and the kind of each pause."""

    segments: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause in mid-turn: its ``kind`` and when it lies in the sound."""

    kind: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn in sound: ``pcm`` (int16, 16 kHz) with its pauses and the end of its last audible sample."""

    script: Script
    voice: str
    pcm: Pcm
    pauses: tuple[Pause, ...]
    end_seconds: float


def read_scripts(half: Half) -> list[Script]:
    """The turns of one set; the files say how they are written."""
    return scripts_in(SCRIPTS / f"{half}.txt")


def scripts_in(file: Path) -> list[Script]:
    """The turns of a file, one a line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_parsed(line) for line in lines if line.strip() and not line.startswith("#")]


def _parsed(line: str) -> Script:
    parts = re.split(r"\|([a-z])", line)
    return Script(tuple(part.strip() for part in parts[::2]), tuple(parts[1::2]))


def spoken_turns(half: Half, voice: Voice, every: int = 1) -> Iterator[SpokenTurn]:
    """Every ``every``-th turn of a set by each of its voices; always with the same pauses."""
    return spoken_by(VOICES[half], read_scripts(half), voice, every)


def spoken_by(
    specs: Sequence[VoiceSpec], scripts: Sequence[Script], voice: Voice, every: int = 1
) -> Iterator[SpokenTurn]:
    """Every ``every``-th of these turns by each of these voices."""
    for spec in specs:
        for number, script in enumerate(scripts):
            if number % every == 0:
                yield speak(script, voice, spec, number)


def speak(script: Script, voice: Voice, spec: VoiceSpec, number: int) -> SpokenTurn:
    """One turn; the pauses are drawn evenly from 0.2 to 1.5 s."""
    chance = np.random.default_rng(zlib.crc32(f"{spec.name} {script.segments}".encode()))
    pieces: list[Pcm] = [silence(LEAD_SECONDS)]
    pauses: list[Pause] = []
    for place, segment in enumerate(script.segments):
        pieces.append(audible(voice.render(_with_mark(script, place, number), spec, 0.0)))
        if place < len(script.kinds):
            length = round(float(chance.uniform(LEAST_PAUSE_SECONDS, MOST_PAUSE_SECONDS)), 2)
            start = seconds(pieces)
            pauses.append(Pause(script.kinds[place], start, start + length))
            pieces.append(silence(length))
        assert segment
    end_seconds = seconds(pieces)
    pcm = np.concatenate([*pieces, silence(TAIL_SECONDS)])
    return SpokenTurn(script, spec.name, in_room(pcm), tuple(pauses), end_seconds)


def _with_mark(script: Script, place: int, number: int) -> str:
    segment = script.segments[place]
    if place == len(script.kinds):
        return segment
    kind = script.kinds[place]
    return segment + _MARKS.get(kind, "," if (number + place) % 2 else "")


def in_room(pcm: Pcm, level_dbfs: float = ROOM_DBFS) -> Pcm:
    """With the hiss of a quiet room."""
    hiss = np.random.default_rng(len(pcm)).normal(0.0, 32768.0 * 10 ** (level_dbfs / 20), len(pcm))
    return np.asarray(np.clip(pcm + hiss, -32768, 32767), dtype=np.int16)


def audible(pcm: Pcm) -> Pcm:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) >= AUDIBLE)
    return pcm[loud[0] : loud[-1] + 1] if loud.size else pcm[:0]


def silence(length_seconds: float) -> Pcm:
    """Digital silence."""
    return np.zeros(round(length_seconds * SAMPLE_RATE_HZ), dtype=np.int16)


def seconds(pieces: Sequence[Pcm]) -> float:
    """How long these pieces are one after the other."""
    return sum(map(len, pieces)) / SAMPLE_RATE_HZ
