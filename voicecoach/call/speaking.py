"""What the caller says, and what the call must remember of it."""

from __future__ import annotations

from voicecoach.call.floor import Floor
from voicecoach.persona.dialogue import Dialogue, Memory, Reply


def say(floor: Floor, reply: Reply, memory: Memory) -> None:
    """The caller says this; abuse after a warning, and threats, are what the hang-up protocol asks about."""
    state = floor.state
    state.memory = memory
    state.abuse_after_warning = state.abuse_after_warning or (reply.abusive and state.warned)
    state.threatened = state.threatened or reply.threat
    floor.speak(reply)


def say_move(floor: Floor, dialogue: Dialogue, move: str, **slots: str) -> None:
    """The caller makes this move."""
    state = floor.state
    say(floor, *dialogue.say_move(move, state.band, state.memory, **slots))
