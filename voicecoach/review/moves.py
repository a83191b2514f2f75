"""What the caller's lines were, one by one: a reply is named by its first move, and abuse often comes at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voicecoach.persona.file import Persona
from voicecoach.review.curve import SpokenTurn, Story

NAMED = {
    "unreasonable": "unreasonable",
    "supervisor": "supervisor",
    "threat": "threat",
    "abuse.1": "swearing",
    "abuse.2": "abuse",
    "abuse.3": "abuse",
    "abuse.warned": "abuse",
}
"""Pools of lines that call for an answer of their own; where a line belongs to two, the later counts.

Level 1 swears at the world and at nobody in it: that is anger, and no case for the protocol.
"""


def with_moves_named(story: Story, persona: Persona) -> Story:
    """The story, in which every line of abuse, every threat and every demand has the name of what it is."""
    moves = _named_lines(persona)
    return replace(story, turns=tuple(_named(turn, moves) for turn in story.turns))


def _named(turn: SpokenTurn, moves: Mapping[str, str]) -> SpokenTurn:
    move = moves.get(turn.text) if turn.who == "caller" else None
    return turn if move is None or move == turn.move else replace(turn, move=move)


def _named_lines(persona: Persona) -> dict[str, str]:
    repertoire = persona.repertoire
    found: dict[str, str] = {}
    for name, move in NAMED.items():
        for (pool, _), lines in repertoire.pools.items():
            if pool == name:
                numbers = (number for tier in lines.tiers for number in tier)
                found |= {text: move for n in numbers for burst in repertoire.wordings[n] for text in burst}
    return found
