"""How often each kind of trainee should bring a call to its right end: what a shipped caller is tuned to.

The right end is *resolved*. With a caller whose abuse goes on after a warning, or who threatens somebody, it is also
the end by protocol: there the one who stops a call and says why has done it right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.persona.abuse import GOES_ON
from voicecoach.persona.file import Persona
from voicecoach.values import Outcome


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest share (0..1) of calls with the right end."""

    least: float
    most: float

    def hold(self, share: float, room: float = 0.0) -> bool:
        """Whether the share is within them, or misses them by no more than ``room``."""
        return self.least - room <= share <= self.most + room


BOUNDS: Mapping[str, Bounds] = {
    "expert": Bounds(0.90, 1.0),
    "average": Bounds(0.40, 0.70),
    "novice": Bounds(0.0, 0.35),
    "hostile": Bounds(0.0, 0.02),
    "apologizes_only": Bounds(0.0, 0.05),
    "silent": Bounds(0.0, 0.0),
}
"""By policy; of the others nothing is asked."""


def right_ends(persona: Persona) -> frozenset[Outcome]:
    """The outcomes that a good trainee may reach with this caller."""
    by_protocol = persona.temper.abuse_level >= GOES_ON or bool(persona.lines.threat)
    return frozenset({Outcome.RESOLVED, Outcome.ENDED_BY_PROTOCOL} if by_protocol else {Outcome.RESOLVED})


def right_share(persona: Persona, outcomes: Mapping[str, float]) -> float:
    """The share of calls with a right end, of the shares by outcome that a simulation gives."""
    return sum(outcomes.get(outcome.value, 0.0) for outcome in right_ends(persona))
