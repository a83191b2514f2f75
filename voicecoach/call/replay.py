"""The recorded inputs of a call, fed to an engine again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voicecoach.call.engine import Engine
from voicecoach.events import Input, LineEnded, LineStarted, Output


@dataclass(frozen=True, slots=True)
class Replayed:
    """Each input with what the engine made of it now."""

    steps: tuple[tuple[Input, tuple[Output, ...]], ...]

    def outputs(self) -> tuple[Output, ...]:
        """All outputs, in order."""
        return tuple(output for _, outputs in self.steps for output in outputs)


def replay(inputs: Iterable[Input], engine: Engine) -> Replayed:
    """What this engine makes of the inputs.

    With the persona and seed of the recording every output is the same, to the bit. With another persona the caller's
    lines have other numbers, so that "a line began", "a line ended" is taken to mean the line of now.
    """
    steps = []
    for event in inputs:
        fitting = _fitting(event, engine)
        steps.append((fitting, engine.take(fitting)))
    return Replayed(tuple(steps))


def _fitting(event: Input, engine: Engine) -> Input:
    state = engine.state
    if isinstance(event, LineStarted):
        line = state.pending
    elif isinstance(event, LineEnded):
        line = state.speaking
    else:
        return event
    if line is None or state.ended:  # such as a line that a turn had already silenced: the engine takes no notice
        return event
    return replace(event, number=line.number)
