"""What the caller says next: what the trainee did last shapes the head of a reply, the mood what follows on it.

Pure: the same persona, seed, situation and memory give the same reply. Nothing is kept between two calls of a method.
"""

from __future__ import annotations

from voicecoach.persona.abuse import abuse, open_with_abuse
from voicecoach.persona.draft import Draft
from voicecoach.persona.file import Persona
from voicecoach.persona.following import follow, make_up
from voicecoach.persona.heads import give_up, head
from voicecoach.persona.repertoire import waiting
from voicecoach.persona.situation import Memory, Reply, Situation
from voicecoach.persona.turn import Turn
from voicecoach.values import Band

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
        if not draft.say("story"):
            draft.say("vent")
        open_with_abuse(draft, self._persona.temper.abuse_level)
        return draft.finished()

    def answer(self, situation: Situation, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to a trainee turn."""
        draft = self._draft(situation.band, memory)
        turn = Turn(self._persona, situation)
        if situation.gives_up:
            give_up(draft, turn)
        else:
            head(draft, turn)
            follow(draft, turn)
        draft.settled = turn.settled
        draft.timed = draft.timed or (turn.promised and turn.timed)
        return draft.finished()

    def say_move(self, move: str, band: Band, memory: Memory, **slots: str) -> tuple[Reply, Memory]:
        """A line of this move, asked for by the engine or a coach; a move without lines is a ``repeat``.

        ``nothing_else`` is the closing scene of a caller who was asked whether there was anything else.

        ``slots`` fills what the call knows (``waited``: how long a hold was, in words).
        """
        draft = self._draft(band, memory)
        if move == "abuse":
            abuse(draft, max(1, self._persona.temper.abuse_level))
        elif move in ("closing", "nothing_else"):
            if move == "nothing_else":
                draft.say(move, again=False)
            make_up(draft, self._persona.temper.start)
            draft.say("closing")
            draft.move = "closing"
        else:
            if not (slots.get("waited") and draft.say(waiting(move), move, slots=slots, again=False)):
                draft.say(move, slots={"said": "", **slots})
            draft.threat = draft.abusive = draft.move == "threat"
        if not draft.bursts:
            draft.say("repeat")
        return draft.finished()

    def has(self, move: str, band: Band) -> bool:
        """Whether ``say_move`` would make this very move, and not fall back to another."""
        if move == "abuse":
            move = f"abuse.{max(1, self._persona.temper.abuse_level)}"
        return self._repertoire.has(move, band)

    def _draft(self, band: Band, memory: Memory) -> Draft:
        return Draft(self._repertoire, self._seed, band, memory)
