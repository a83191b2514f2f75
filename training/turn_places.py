"""Spoken turns that the end of a turn is learnt from, and what was heard where they pause and where they end.

A second step must not judge words that the first was learnt from, or it would trust them more than they deserve. So the
lines that are spoken are not learnt from as typed; the few turns of ``turns/`` are, in folds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.feel.listeners import Listeners
from bench.feel.noises import Sound, office
from bench.feel.pauses import beside
from bench.feel.spoken import VOICES, Script, SpokenTurn, read_scripts, scripts_in, speak
from bench.feel.traces import Trace
from bench.feel.typed import scripts_of
from training.lines_data import read_lines
from voicecoach.audio.base import Pcm
from voicecoach.stt.melody import Ending
from voicecoach.stt.room import Room
from voicecoach.tts.base import Voice
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

TURNS = Path(__file__).parent / "turns"
SHORT_TURNS = (
    "yes|no|yes please|okay|alright|all right|of course|sure|yes i can|yes i do|no i don't|i do|i will|i can|go on|"
    "go ahead|i'm listening|i'm here|thank you|no problem|you're welcome|not at all|i see|i understand|i am|yes it is|"
    "no it isn't|yes of course|certainly|absolutely|bye|goodbye|thanks|hello|good morning|yes we do|yes that's right"
).split("|")

SPOKEN_LINES = 900
"""So many of the lines are spoken, by these voices in turn, and not learnt from as typed."""

SPOKEN_VOICES = tuple(
    VoiceSpec(name=name, rate_wpm=rate, telephone=False)
    for name, rate in (
        ("en-us+f3", 160),
        ("en-gb+m3", 165),
        ("en-us+m3", 190),
        ("en-us+f4", 175),
        ("en-gb-scotland+m4", 160),
    )
)
"""None of these at this rate, nor the last two at any, speaks what is measured."""

LONGEST_SPOKEN_WORDS = 30

SEED = 3

FOLDS = 5
"""The words for a written turn are judged by weights learnt without its fold."""

OFFICE_SEED = 6
"""Not the office that is measured in."""

OFFICES_DB = {Room.NOISY: 20.0, Room.LOUD: 10.0}
"""So far below the voice; the turns are heard in one of them by turns, too."""

LOOK_SECONDS = 0.3
"""How long after a pause begins its words are looked at: the last one comes a little late."""


@dataclass(frozen=True)
class Said:
    """A turn, who says it, and its number among all. Those ``written`` with their pauses by other hands belong
    to a ``fold``."""

    script: Script
    voice: VoiceSpec
    number: int
    fold: int | None
    written: bool


@dataclass(frozen=True)
class Place:
    """A pause of a spoken turn: what was heard until then, how long it lasts (None: for ever, the turn is over), the
    fold that the turn belongs to, and whether the turn was written with its pauses."""

    text: str
    ending: Ending
    seconds: float | None
    fold: int | None
    written: bool


def written_turns(fold: int | None = None) -> list[Script]:
    """The turns of other hands; without those of a ``fold``."""
    scripts = [script for file in sorted(TURNS.glob("*.txt")) for script in scripts_in(file)]
    return [script for number, script in enumerate(scripts) if fold is None or number % FOLDS != fold]


def all_said() -> list[Said]:
    """The tuned half by its voices; the turns of other hands and the lines by others in turn."""
    tuned = [(script, voice, None, True) for voice in VOICES["tuned"] for script in read_scripts("tuned")]
    written = [(script, number % FOLDS, True) for number, script in enumerate(written_turns())]
    lines = [(script, None, False) for script in parted_lines()[1]]
    one_each = [
        (script, SPOKEN_VOICES[number % len(SPOKEN_VOICES)], fold, paused)
        for number, (script, fold, paused) in enumerate([*written, *lines])
    ]
    return [
        Said(script, voice, number, fold, paused)
        for number, (script, voice, fold, paused) in enumerate([*tuned, *one_each])
    ]


def parted_lines() -> tuple[list[str], list[Script]]:
    """The typed lines that the words are learnt from, and the scripts of those that are spoken; no line is in both."""
    texts = sorted({line.text for line in read_lines()})
    spoken = set(random.Random(SEED).sample([text for text in texts if _can_be_spoken(text)], SPOKEN_LINES))
    short = [Script((f"{turn}.",), ()) for turn in SHORT_TURNS]
    scripts = [*scripts_of(spoken, SPOKEN_LINES, SEED), *short]
    return [line.text for line in read_lines() if line.text not in spoken], scripts


def _can_be_spoken(text: str) -> bool:
    return len(text.split()) <= LONGEST_SPOKEN_WORDS


def all_places(processes: int) -> dict[Room, list[Place]]:
    """Every pause and every end, as heard in each room."""
    said = all_said()
    rooms = list(OFFICES_DB)
    turns = {Room.QUIET: said} | {room: said[number :: len(rooms)] for number, room in enumerate(rooms)}
    with closing(Pyttsx3Voice()) as voice, Listeners(processes) as listeners:
        noise = office(20.0, voice, -30.0, OFFICE_SEED)
        traces = listeners.hear(
            sound for room, heard_there in turns.items() for sound in _sounds(heard_there, room, voice, noise)
        )
        return {room: list(places_of(traces, heard_there)) for room, heard_there in turns.items()}


def _sounds(said: Iterable[Said], room: Room, voice: Voice, noise: Sound) -> Iterator[tuple[SpokenTurn, Pcm | None]]:
    for one in said:
        turn = speak(one.script, voice, one.voice, one.number)
        snr_db = OFFICES_DB.get(room)
        yield turn, None if snr_db is None else beside(turn, noise, one.number, snr_db)


def places_of(traces: Iterable[Trace], said: Iterable[Said]) -> Iterator[Place]:
    """Every pause and every end of the turns that were said."""
    for one, trace in zip(said, traces, strict=False):
        for pause in trace.pauses:
            at = round(min(pause.start_seconds + LOOK_SECONDS, pause.end_seconds - 0.02) * 100)
            yield Place(
                trace.partials[at], trace.endings[at], pause.end_seconds - pause.start_seconds, one.fold, one.written
            )
        at = round((trace.end_seconds + LOOK_SECONDS) * 100)
        yield Place(trace.partials[at], trace.endings[at], None, one.fold, one.written)
