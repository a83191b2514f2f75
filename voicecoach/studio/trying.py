"""Talking to a caller from any state, again and again: what was said is played anew after every edit of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voicecoach.call.engine import Engine
from voicecoach.call.script import CoachTurn, Turn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.errors import PersonaError
from voicecoach.events import EndCall, Input, LineStarted, Output, Say
from voicecoach.persona.anger import AngerState, band_of
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import file_of
from voicecoach.persona.shelf import Shelf, read_file
from voicecoach.persona.yaml_tree import read_top
from voicecoach.studio.sampling import Sampler, envelope
from voicecoach.studio.sheet import Series
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.early import EarlyEar
from voicecoach.values import Mood

Step = tuple[Input, tuple[Output, ...]]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a conversation begins: at the first word (no mood), or in the middle of a call with this mood."""

    mood: Mood | None = None

    def of(self, persona: Persona) -> Mood:
        """The mood at the first turn."""
        return self.mood or Mood(persona.temper.start, 0.0, 0.0)


@dataclass(slots=True)
class Exchange:
    """One turn and what came of it; ``turn`` is None for the caller's first words."""

    turn: Turn | None
    steps: list[Step] = field(default_factory=list)
    anger: float = 0.0

    @property
    def replies(self) -> tuple[str, ...]:
        """What the caller said after it, as far as it was begun."""
        lines = {o.line.number: o.line.text for _, outputs in self.steps for o in outputs if isinstance(o, Say)}
        begun = [event.number for event, _ in self.steps if isinstance(event, LineStarted)]
        return tuple(lines[number] for number in begun if number in lines)


class Trial:
    """A conversation with one version of a persona."""

    def __init__(self, persona: Persona, seed: int, start: Start) -> None:
        self.persona = persona
        self.exchanges: list[Exchange] = []
        detector = TextDetector()
        self._engine = Engine(persona, seed, detector, UNVOICED_CALM, EarlyEar(detector))
        self._call = TextCall(self._engine, self._watch)
        mood = start.of(persona)
        self._sampler = Sampler(persona.temper.to_temper(), mood)
        if start.mood is not None:  # in mid-call nobody introduces themselves: the trainee speaks first
            self._engine.state.anger = AngerState(mood)
            self._engine.state.band = band_of(mood.anger)
            return
        self.exchanges.append(Exchange(None))
        self._call.begin()
        self._settle()

    @property
    def mood(self) -> Mood:
        """How the caller feels now."""
        return self._engine.state.anger.mood

    @property
    def ended(self) -> EndCall | None:
        """How the call ended, if it did."""
        return self._call.ended

    def play(self, turn: Turn) -> Exchange:
        """One turn, and everything the caller says to it."""
        exchange = Exchange(turn)
        self.exchanges.append(exchange)
        if self._call.ended is None:
            self._call.turn(turn)
        self._settle()
        return exchange

    def turns(self) -> tuple[Turn, ...]:
        """What was said so far."""
        return tuple(exchange.turn for exchange in self.exchanges if exchange.turn is not None)

    def series(self, name: str) -> Series:
        """The anger so far."""
        return envelope(name, [self._sampler.so_far(self._call.at_seconds)])

    def _settle(self) -> None:
        self._call.settle()
        self.exchanges[-1].anger = self.mood.anger

    def _watch(self, event: Input, outputs: tuple[Output, ...]) -> None:
        self.exchanges[-1].steps.append((event, outputs))
        self._sampler.watch(event, outputs)


def played(persona: Persona, seed: int, start: Start, turns: Sequence[Turn]) -> Trial:
    """The conversation with these turns."""
    trial = Trial(persona, seed, start)
    for turn in turns:
        trial.play(turn)
    return trial


@dataclass(frozen=True, slots=True)
class Difference:
    """One exchange that goes otherwise now; ``number`` counts from 0, the caller's first words."""

    number: int
    before: Exchange
    after: Exchange

    @property
    def moved(self) -> float:
        """How much angrier the caller is after it."""
        return self.after.anger - self.before.anger


SMALLEST_MOVE = 0.005
"""Less is no change that anybody sees."""


def differences(before: Trial, after: Trial) -> tuple[Difference, ...]:
    """The exchanges whose words or whose anger differ. Both trials have the same turns."""
    found = []
    for number, (then, now) in enumerate(zip(before.exchanges, after.exchanges, strict=True)):
        if then.replies != now.replies or abs(now.anger - then.anger) >= SMALLEST_MOVE:
            found.append(Difference(number, then, now))
    return tuple(found)


def nudge_to(anger: float, trial: Trial) -> CoachTurn:
    """The coach's act that brings the caller to this anger."""
    return CoachTurn("nudge", anger - trial.mood.anger)


class WatchedFiles:
    """The files that a persona is made of, its own and those it extends, and when each was written last.

    Looking at a handful of times twice a second costs nothing, works on every file system and needs no library.
    """

    def __init__(self, persona_id: str) -> None:
        self._id = persona_id
        self._seen = self._times()

    def changed(self) -> bool:
        """Whether any of them was written, made or removed since this was asked last."""
        now = self._times()
        if not now or now == self._seen:  # none at all: an editor is putting the new file in place
            return False
        self._seen = now
        return True

    def _times(self) -> dict[Path, tuple[int, int]]:
        times: dict[Path, tuple[int, int]] = {}
        for path in _files(self._id):
            try:
                status = path.stat()
            except OSError:
                continue  # being written anew: it will be there the next time
            times[path] = (status.st_mtime_ns, status.st_size)
        return times


def _files(persona_id: str) -> list[Path]:
    """Its file and all it extends; as far as they can be found and read just now."""
    found: list[Path] = []
    try:
        file = file_of(persona_id)
        while isinstance(file, Path) and file not in found:
            found.append(file)
            parent = read_top(read_file(file), str(file), ("extends",)).get("extends")
            if not parent:
                break
            file = Shelf().beside(file).find(parent)
    except PersonaError:
        pass  # told when it is loaded
    return found
