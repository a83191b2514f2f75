"""One entry of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Step = Literal["hear", "empathize", "apologize", "action", "protocol", "mistake"]
Evidence = Literal["text", "time", "voice", "order", "facts"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An id and all that is said about it.

    ``step`` is the step of taking the HEAT, or ``protocol`` (abuse) or ``mistake``. ``evidence`` says what shows it,
    ``sources`` which of the source documents S0..S4 it comes from. ``tip`` says what it does to a caller and what to
    do; ``say`` gives two sentences to try.
    """

    id: str
    step: Step
    title: str
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]
    meaning: str
    tip: str
    say: tuple[str, str]

    @property
    def is_mistake(self) -> bool:
        """Whether it angers the caller."""
        return self.step == "mistake"
