"""The twelve callers between them answer to every technique and mistake of the catalogue, in every mood."""

from __future__ import annotations

import pytest

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import list_personas, load
from voicecoach.techniques.ids import IDS
from voicecoach.values import Band

CALLERS = {persona.id: load(persona.id) for persona in list_personas()}

OTHER_MOVES = {
    "listen": "vent",
    "paraphrase": "confirm",
    "check_understanding": "confirm",
    "clarify": "answer",
    "offer": "accept",
    "set_boundary": "warned",
    "dead_air": "silence",
}
"""What is answered by a move of its own rather than by a reaction."""


def answers_in_its_own_way(persona: Persona, cause: str) -> bool:
    """Whether this caller's own file has lines or weights for it."""
    temper = persona.temper
    if cause in persona.lines.react or cause in temper.reliefs or cause in temper.provocations:
        return True
    return bool(getattr(persona.lines, OTHER_MOVES[cause])) if cause in OTHER_MOVES else False


ANSWERED = sorted(set(IDS) - {"hang_up"})
"""Who hangs up hears no answer."""


@pytest.mark.parametrize("cause", ANSWERED)
def test_some_caller_answers_to_it_in_a_way_of_their_own(cause: str) -> None:
    assert any(answers_in_its_own_way(persona, cause) for persona in CALLERS.values())


@pytest.mark.parametrize("name", CALLERS)
def test_every_caller_answers_to_everything_in_every_band(name: str) -> None:
    repertoire = CALLERS[name].repertoire
    for cause in ANSWERED:
        move = OTHER_MOVES.get(cause, f"react.{cause}")
        assert all(repertoire.has(move, band) for band in Band), cause


def test_their_english_and_their_voices_differ() -> None:
    assert {"en-US", "en-GB", "en-IN"} <= {persona.language for persona in CALLERS.values()}
    voices = {(v.name, v.rate_wpm, v.pitch) for v in (persona.voice for persona in CALLERS.values())}
    assert len(voices) == len(CALLERS)
