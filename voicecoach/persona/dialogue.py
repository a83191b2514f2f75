"""What the caller says next: what the trainee did last shapes the head of a reply, the mood what follows on it.

Pure: the same persona, seed, situation and memory give the same reply. Nothing is kept between two calls of a method.
"""

from __future__ import annotations

from voicecoach.events import Band
from voicecoach.persona.draft import Draft
from voicecoach.persona.file import Persona
from voicecoach.persona.following import follow
from voicecoach.persona.heads import Turn, head
from voicecoach.persona.situation import Memory, Reply, Situation

__all__ = ["Dialogue", "Memory", "Reply", "Situation"]


class Dialogue:
    """One caller in one call; ``seed`` decides between lines that fit equally well."""

    __slots__ = ("_persona", "_repertoire", "_seed")

    def __init__(self, persona: Persona, seed: int) -> None:
        self._persona = persona
        self._repertoire = persona.repertoire
        self._seed = seed

    def open(self, memory: Memory) -> tuple[Reply, Memory]:
        """The first words: a greeting of sorts and the vent."""
        draft = self._draft(self._persona.start_band, memory)
        draft.say("opening")
        draft.say("vent")
        return draft.finished()

    def answer(self, situation: Situation, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to a trainee turn."""
        draft = self._draft(situation.band, memory)
        turn = Turn(self._persona, situation)
        head(draft, turn)
        follow(draft, turn)
        return draft.finished()

    def say_move(self, move: str, band: Band, memory: Memory, **slots: str) -> tuple[Reply, Memory]:
        """A line of this move, whoever asks for it. A move without lines falls back to ``repeat``."""
        draft = self._draft(band, memory)
        if move == "abuse":
            draft.abusive = draft.say(f"abuse.{max(1, self._persona.temper.abuse_level)}", "abuse")
        elif move == "vent" or draft.say(move, slots=slots):
            draft.threat = move == "threat" and bool(draft.bursts)
        if move == "vent":
            draft.say("vent")
        if not draft.bursts:
            draft.say("repeat")
        return draft.finished()

    def _draft(self, band: Band, memory: Memory) -> Draft:
        return Draft(self._repertoire, self._seed, band, memory)
