"""The anger curve and the turns of a call, read from its steps: what `--json` prints and the score card counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voicecoach.events import (
    CoachActed,
    Connected,
    EndCall,
    Input,
    LineEnded,
    LineStarted,
    MoodMoved,
    Output,
    Say,
    TurnHeard,
    TurnJudged,
)
from voicecoach.values import Detection, Heard, Line, Mood

Steps = Iterable[tuple[Input, tuple[Output, ...]]]


@dataclass(frozen=True, slots=True)
class Point:
    """The anger (0..10) at a time, and the change that led there."""

    t: float
    anger: float
    cause: str
    delta: float


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """Something that was said, by ``who``: caller or trainee. ``cut_off``: not said to its end."""

    who: str
    text: str
    start: float
    end: float
    detections: tuple[Detection, ...] = ()
    move: str = ""
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class CurveStep:
    """A step of the curve: what ``moved`` the mood, and the turn that did it (None: a coach did).

    ``start_seconds`` is where to listen in: the first word of the turn, or when a silence or hold was over.
    """

    moved: MoodMoved
    judged: TurnJudged | None
    start_seconds: float


@dataclass(frozen=True, slots=True)
class Story:
    """A call as it went, from its first word (at a time below zero where an earlier call was taken over).

    When it went back to an earlier turn, what had come of that turn is left out; ``abandoned`` is what was said then.
    ``heard`` are the trainee's utterances with the time and confidence of each word.
    """

    points: tuple[Point, ...]
    turns: tuple[SpokenTurn, ...]
    moods: tuple[MoodMoved, ...]
    judged: tuple[TurnJudged, ...]
    end: EndCall | None
    abandoned: tuple[SpokenTurn, ...] = ()
    changes: tuple[CurveStep, ...] = ()
    heard: tuple[Heard, ...] = ()

    @property
    def last_mood(self) -> Mood | None:
        """The mood after everything."""
        return self.moods[-1].after if self.moods else None


def read_story(steps: Steps, start_anger: float) -> Story:
    """The story of these steps; ``start_anger`` is the persona's anger at the first word."""
    telling = _Telling(start_anger)
    for event, outputs in steps:
        telling.hear(event, outputs)
    return telling.story()


def _points(moved: MoodMoved) -> list[Point]:
    """A point for each reason; reliefs before provocations, or after them where that would leave the scale."""
    down = [entry for entry in moved.ledger if entry.delta <= 0]
    up = [entry for entry in moved.ledger if entry.delta > 0]
    below = moved.before.anger + sum(entry.delta for entry in down) < 0
    points = []
    anger = moved.before.anger
    for entry in (*up, *down) if below else (*down, *up):
        anger += entry.delta
        points.append(Point(moved.at_seconds, anger, entry.cause, entry.delta))
    if points:
        points[-1] = replace(points[-1], anger=moved.after.anger)
    return points


class _Telling:
    def __init__(self, start_anger: float) -> None:
        self._points = [Point(0.0, start_anger, "start", 0.0)]
        self._turns: list[SpokenTurn] = []
        self._moods: list[MoodMoved] = []
        self._judged: list[TurnJudged] = []
        self._changes: list[CurveStep] = []
        self._heard: list[Heard] = []
        self._end: EndCall | None = None
        self._abandoned: list[SpokenTurn] = []
        self._lines: dict[int, Line] = {}
        self._started: dict[int, float] = {}

    def hear(self, event: Input, outputs: tuple[Output, ...]) -> None:
        heard = event.heard if isinstance(event, TurnHeard) else None
        if isinstance(event, Connected):
            self._points[0] = replace(self._points[0], t=event.at_seconds)
        if isinstance(event, CoachActed) and event.act == "back":
            self._go_back(event.value)
        if isinstance(event, LineStarted):
            self._started[event.number] = event.at_seconds
        if isinstance(event, LineEnded) and event.number in self._lines:
            line = self._lines[event.number]
            start = self._started.get(event.number, event.at_seconds)
            spoken = SpokenTurn("caller", line.text, start, event.at_seconds, (), line.move, not event.completed)
            self._turns.append(spoken)
        judged: TurnJudged | None = None
        for output in outputs:
            if isinstance(output, TurnJudged):
                judged = output
            elif isinstance(output, MoodMoved):
                start = heard.start_seconds if heard and judged and judged.text else output.at_seconds
                self._changes.append(CurveStep(output, judged, start))
                judged = None
            self._tell(output, heard)
        if heard is not None and heard.words:
            self._heard.append(heard)

    def _tell(self, output: Output, heard: Heard | None) -> None:
        match output:
            case Say():
                self._lines[output.line.number] = output.line
            case TurnJudged():
                first = self._first_part(output) if output.resumed else None
                self._judged.append(output)
                if not output.text:  # a silence or a hold: done without words
                    return
                start = first.start if first else heard.start_seconds if heard else output.at_seconds
                end = heard.end_seconds if heard else output.at_seconds
                self._turns.append(SpokenTurn("trainee", output.text, start, end, output.detections))
            case MoodMoved():
                self._moods.append(output)
                self._points.extend(_points(output))
            case EndCall():
                self._end = output

    def _first_part(self, whole: TurnJudged) -> SpokenTurn | None:
        """What was taken for the whole turn before; it and the caller's answer to it give way.

        What the caller said into its words was no answer to it, and stays.
        """
        utterances, told = self._heard, self._turns
        judged_seconds = next((each.at_seconds for each in self._judged if each.turn == whole.turn and each.text), 0.0)
        first = self._go_back(whole.turn)
        self._heard = utterances
        if first is not None:
            since = [said for said in told if said.who == "caller" and said.start >= first.start]
            into = [said for said in since if said.start < judged_seconds or said.move == "interjection"]
            self._turns += into
            self._abandoned = [said for said in self._abandoned if said not in into]
        return first

    def _go_back(self, turn: float) -> SpokenTurn | None:
        """Leave out what came of this turn and of those after it."""
        began = next((judged for judged in self._judged if judged.turn == turn and judged.text), None)
        if began is None:
            return None
        at_seconds = began.at_seconds
        spoken = next(said for said in self._turns if said.who == "trainee" and said.detections is began.detections)
        self._judged = [judged for judged in self._judged if judged.at_seconds < at_seconds]
        self._moods = [moved for moved in self._moods if moved.at_seconds < at_seconds]
        self._points = [point for point in self._points if point.t < at_seconds]
        self._changes = [step for step in self._changes if step.moved.at_seconds < at_seconds]
        self._heard = [heard for heard in self._heard if heard.start_seconds < spoken.start]
        self._abandoned += [said for said in self._turns if said.start >= spoken.start]
        self._turns = [said for said in self._turns if said.start < spoken.start]
        return spoken

    def story(self) -> Story:
        turns = tuple(sorted(self._turns, key=lambda turn: turn.start))
        return Story(
            tuple(self._points),
            turns,
            tuple(self._moods),
            tuple(self._judged),
            self._end,
            tuple(self._abandoned),
            tuple(self._changes),
            tuple(self._heard),
        )
