"""How a caller's anger behaves and how the voice sounds, as a persona file says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from voicecoach.events import VoiceSpec
from voicecoach.persona.anger import Temper as AngerTemper
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS, Provocation, Relief
from voicecoach.persona.lines import Part, Text
from voicecoach.persona.matter import Share

START_ABOVE_BASE = 2.0
"""Where a file gives no base, anger creeps back to this much below its start."""

Scale = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Anger = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class ReliefChange(Part):
    """Replaces start values of a technique."""

    gain: Scale | None = None
    heard: Share | None = None
    decay: Share | None = None
    gate_floor: Share | None = None

    def applied_to(self, relief: Relief) -> Relief:
        """The start values with these changes."""
        return replace(relief, **self.model_dump(exclude_none=True))


class ProvocationChange(Part):
    """Replaces start values of a mistake."""

    gain: Scale | None = None
    heard_factor: Share | None = None

    def applied_to(self, provocation: Provocation) -> Provocation:
        """The start values with these changes."""
        return replace(provocation, **self.model_dump(exclude_none=True))


class Temper(Part):
    """How the anger behaves; see the anger model for what each value does."""

    start: Anger = 8.0
    base: Anger | None = Field(default=None, description="Where anger creeps back to; 2 below the start if not given")
    half_life_seconds: float = Field(default=240.0, gt=0, allow_inf_nan=False)
    relief_scale: Scale = 1.0
    provocation_scale: Scale = 1.0
    reliefs: dict[str, ReliefChange] = Field(default_factory=dict)
    provocations: dict[str, ProvocationChange] = Field(default_factory=dict)
    abuse_level: int = Field(default=0, ge=0, le=3, description="0 none, 1 swears, 2 insults, 3 goes on when warned")
    patience: float = Field(default=1.0, ge=0.5, le=1.5, allow_inf_nan=False)
    walker: bool = Field(default=False, description="Agrees to anything and leaves unless satisfaction is checked")
    hang_up_at: Anger = 9.3
    supervisor_at: Anger = 7.0
    resolved_below: Anger = 3.0
    lukewarm_below: Anger = 5.0

    def to_temper(self) -> AngerTemper:
        """The anger model's parameters, changes merged into the start values."""
        base = max(0.0, self.start - START_ABOVE_BASE) if self.base is None else self.base
        return AngerTemper(
            start=self.start,
            base=base,
            half_life_seconds=self.half_life_seconds,
            relief_scale=self.relief_scale,
            provocation_scale=self.provocation_scale,
            reliefs={name: change.applied_to(RELIEFS[name]) for name, change in self.reliefs.items()},
            provocations={name: change.applied_to(PROVOCATIONS[name]) for name, change in self.provocations.items()},
        )


class Voice(Part):
    """The synthetic voice; see ``events.VoiceSpec`` for the units."""

    name: Text = "en-us"
    rate_wpm: int = Field(default=165, ge=80, le=400)
    pitch: int = Field(default=50, ge=0, le=100)
    pitch_range: int = Field(default=50, ge=0, le=100)
    anger_scale: Scale = 1.0
    telephone: bool = True

    def to_spec(self) -> VoiceSpec:
        """The same, as the mouth takes it."""
        return VoiceSpec(**self.model_dump())
