"""Plays a golden call with the real detector, and keeps what came of every turn."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from voicecoach.call.engine import Engine
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.events import Input, MoodMoved, Output, Say, TurnJudged
from voicecoach.persona.file import Persona
from voicecoach.studio.golden import GoldenCall
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.detects import Detects
from voicecoach.techniques.early import EarlyEar
from voicecoach.values import Band, Detection, LedgerEntry, Line, Mood, Outcome


@dataclass(slots=True)
class PlayedTurn:
    """What came of one scripted turn; ``outcome`` where it ended the call."""

    before: Mood
    after: Mood
    band: Band
    outcome: Outcome | None = None
    lines: list[Line] = field(default_factory=list)
    detections: list[Detection] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlayedCall:
    """What came of a golden call with one seed; ``turns`` that were not reached are missing."""

    seed: int
    turns: tuple[PlayedTurn, ...]
    outcome: Outcome
    reason: str
    mood: Mood
    band: Band


@functools.cache
def shared_detector() -> TextDetector:
    """The detector of words; its weights are read once."""
    return TextDetector()


def play_golden(persona: Persona, golden: GoldenCall, seed: int, detector: Detects) -> PlayedCall:
    """The call with this seed, as a typed call would go."""
    engine = Engine(persona, seed, detector, UNVOICED_CALM, EarlyEar(detector))
    played: list[PlayedTurn] = []

    def watch(_: Input, outputs: tuple[Output, ...]) -> None:
        if played:
            for output in outputs:
                _note(played[-1], output)

    call = TextCall(engine, watch)
    call.begin()
    for golden_turn in golden.turns:
        turn = golden_turn.turn
        if not (isinstance(turn, SayTurn) and turn.interrupt):
            call.settle()
        if call.ended is not None:
            break
        played.append(PlayedTurn(engine.state.anger.mood, engine.state.anger.mood, engine.state.band))
        call.turn(turn)
        played[-1].after, played[-1].band = engine.state.anger.mood, engine.state.band
        played[-1].outcome = call.ended.outcome if call.ended else None
    ended = call.ended or call.stop("the golden call came to its end")
    call.settle()
    return PlayedCall(seed, tuple(played), ended.outcome, ended.reason, engine.state.anger.mood, engine.state.band)


def _note(turn: PlayedTurn, output: Output) -> None:
    match output:
        case Say():
            turn.lines.append(output.line)
        case TurnJudged():
            turn.detections.extend(output.detections)
        case MoodMoved():
            turn.ledger.extend(output.ledger)
