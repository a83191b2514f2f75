"""How many different lines each caller really says, counted over calls of every kind."""

from __future__ import annotations

import random

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.script import HoldTurn, SayTurn, SilenceTurn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, Output, Say
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import list_personas, load
from voicecoach.studio.playing import CannedDetector
from voicecoach.techniques.ids import IDS

CALLERS = tuple(persona.id for persona in list_personas())
FEWEST_LINES = 250
CALLS = 100
TURNS = 14
CALM_SHARE = 0.5
"""Of the turns in every other call this share is kind, so that calm callers are heard as well."""

KIND = ("empathize", "paraphrase", "validate", "listen", "apologize", "own", "timeframe", "state_action")


def said_in_calls(persona: Persona) -> set[str]:
    """Every distinct line of calls with every technique and mistake, question, remedy, silence and hold, by chance."""
    said: set[str] = set()

    def note(_: Input, outputs: tuple[Output, ...]) -> None:
        said.update(output.line.text for output in outputs if isinstance(output, Say))

    wants = persona.wants
    words = [remedy.words[0] for kind in (wants.wanted, wants.accepted, wants.refused) for remedy in kind]
    questions = [fact.asked_by[0] for fact in persona.facts.values() if fact.asked_by]
    ids = sorted(IDS)
    for seed in range(CALLS):
        chance = random.Random(seed)
        detector = CannedDetector()
        call = TextCall(Engine(persona, seed, detector), note)
        call.begin()
        for _ in range(TURNS):
            kind = chance.random() < CALM_SHARE * (seed % 2)
            detector.ids = (chance.choice(KIND if kind else ids),)
            draw = chance.random()
            if draw < 0.05:
                call.turn(SilenceTurn(6.0))
            elif draw < 0.1:
                call.turn(HoldTurn(40.0))
            elif draw < 0.3:
                detector.ids = ("clarify",)
                call.turn(SayTurn(f"what about {chance.choice(questions)} please"))
            elif draw < 0.45:
                detector.ids = ("offer",)
                call.turn(SayTurn(chance.choice(words)))
            else:
                call.turn(SayTurn("words", 0.6, chance.random() < 0.1))
            if call.ended is not None:
                break
    return said


@pytest.mark.parametrize("name", CALLERS)
def test_hundreds_of_different_lines_are_really_said(name: str) -> None:
    persona = load(name)
    said = said_in_calls(persona)
    assert len(said) >= FEWEST_LINES


def test_two_seeds_differ() -> None:
    persona = load(CALLERS[0])
    first, second = (said_with(persona, seed) for seed in (1, 2))
    assert first != second


def said_with(persona: Persona, seed: int) -> list[str]:
    lines: list[str] = []

    def note(_: Input, outputs: tuple[Output, ...]) -> None:
        lines.extend(output.line.text for output in outputs if isinstance(output, Say))

    detector = CannedDetector()
    call = TextCall(Engine(persona, seed, detector), note)
    call.begin()
    for cause in ("acknowledge", "empathize", "clarify", "apologize"):
        detector.ids = (cause,)
        call.turn(SayTurn("words"))
    call.settle()
    return lines
