"""Two curves of one call on one sheet: as it was recorded, and as it is played now."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.events import Connected, EndCall, Input, Output
from voicecoach.persona.file import Persona
from voicecoach.studio.sampling import Sampler, envelope
from voicecoach.studio.sheet import Panel, Series, Sheet

Steps = Sequence[tuple[Input, tuple[Output, ...]]]


def beside(recorded: Steps, before: Persona, now: Steps, after: Persona, names: tuple[str, str]) -> Sheet:
    """The curve of ``recorded``, which was played with ``before``, and that of ``now``, played with ``after``."""
    series = (curve_of(recorded, before, names[0]), curve_of(now, after, names[1]))
    told = " -> ".join(_end(steps) for steps in (recorded, now))
    return Sheet(f"{before.name}: {before.title}", "anger over audio time", (Panel("the call", series, told),))


def curve_of(steps: Steps, persona: Persona, name: str) -> Series:
    """The anger in a call of this persona, from the moment it was connected until it ended."""
    sampler = Sampler(persona.temper.to_temper())
    last_seconds = 0.0
    for event, outputs in steps:
        if isinstance(event, Connected):
            sampler.begin(event.at_seconds)
        sampler.watch(event, outputs)
        last_seconds = event.at_seconds
        if any(isinstance(output, EndCall) for output in outputs):
            break
    return envelope(name, [sampler.so_far(last_seconds)])


def _end(steps: Steps) -> str:
    ends = [output for _, outputs in steps for output in outputs if isinstance(output, EndCall)]
    return ends[0].outcome.value.replace("_", " ") if ends else "still open"
