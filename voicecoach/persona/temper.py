"""How a caller's anger behaves and how the voice sounds, as a persona file says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from voicecoach.persona.anger import (
    HEARD_LOWERS_BASE,
    LISTENING_BONUS,
    LISTENING_BONUS_FROM_ANGER,
    MISTAKE_GROWTH,
    MISTAKE_GROWTH_LIMIT,
    PROVOCATION_LIMIT,
    RELIEF_LIMIT,
    RESOLUTION_LOWERS_BASE,
    TAPER_SPAN,
)
from voicecoach.persona.anger import Temper as AngerTemper
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS, Provocation, Relief
from voicecoach.persona.lines import Part, Text
from voicecoach.persona.matter import Share
from voicecoach.values import VoiceSpec

START_ABOVE_BASE = 2.0
"""Where a file gives no base, anger creeps back to this much below its start."""

Scale = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Limit = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
Growth = Annotated[float, Field(ge=1, le=3, allow_inf_nan=False)]
Anger = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class ReliefChange(Part):
    """Replaces start values of a technique."""

    gain: Scale | None = Field(default=None, description="By how much it calms, before all factors")
    heard: Share | None = Field(default=None, description="Share of what is missing to 'heard' that it adds (0..1)")
    decay: Share | None = Field(default=None, description="What each repetition is worth of the one before (0..1)")
    gate_floor: Share | None = Field(default=None, description="What it is worth to a caller not heard at all")

    def applied_to(self, relief: Relief) -> Relief:
        """The start values with these changes."""
        return replace(relief, **self.model_dump(exclude_none=True))


class ProvocationChange(Part):
    """Replaces start values of a mistake."""

    gain: Scale | None = Field(default=None, description="By how much it angers, before all factors")
    heard_factor: Share | None = Field(default=None, description="What is left of 'heard' after it (0..1)")
    resolution_factor: Share | None = Field(default=None, description="What is left of 'resolution' after it (0..1)")

    def applied_to(self, provocation: Provocation) -> Provocation:
        """The start values with these changes."""
        return replace(provocation, **self.model_dump(exclude_none=True))


class Temper(Part):
    """How the anger behaves; see the anger model for what each value does."""

    start: Anger = Field(default=8.0, description="Anger at the first word (0..10)")
    start_heard: Share = Field(default=0.0, description="How far the caller feels heard at the first word (0..1)")
    start_resolution: Share = Field(default=0.0, description="How far the matter is solved at the first word (0..1)")
    base: Anger | None = Field(default=None, description="Where anger creeps back to; 2 below the start if not given")
    half_life_seconds: float = Field(
        default=240.0, gt=0, allow_inf_nan=False, description="How slowly anger creeps back to its base"
    )
    relief_scale: Scale = Field(default=1.0, description="Multiplies everything that calms (0..3)")
    provocation_scale: Scale = Field(default=1.0, description="Multiplies everything that provokes (0..3)")
    reliefs: dict[str, ReliefChange] = Field(
        default_factory=dict, description="Techniques by id, where they work otherwise on this caller"
    )
    provocations: dict[str, ProvocationChange] = Field(
        default_factory=dict, description="Mistakes by id, where they work otherwise on this caller"
    )
    abuse_level: int = Field(default=0, ge=0, le=3, description="0 none, 1 swears, 2 insults, 3 goes on when warned")
    patience: float = Field(
        default=1.0,
        ge=0.5,
        le=1.5,
        allow_inf_nan=False,
        description="Multiplies the pauses and the monologues that this caller bears",
    )
    walker: bool = Field(default=False, description="Agrees to anything and leaves unless satisfaction is checked")
    hang_up_at: Anger = Field(default=9.3, description="Two turns in a row at or above it, and the caller hangs up")
    supervisor_at: Anger = Field(default=7.0, description="At or above it a stuck caller asks for a supervisor")
    resolved_below: Anger = Field(default=3.0, description="At or below it, and helped, the call ends resolved")
    lukewarm_below: Anger = Field(default=5.0, description="At or below it, and helped, the call ends lukewarm")

    relief_limit: Limit = Field(default=RELIEF_LIMIT, description="Nobody calms down by more in one turn")
    provocation_limit: Limit = Field(default=PROVOCATION_LIMIT, description="Nobody flares up by more in one turn")
    taper_span: Limit = Field(
        default=TAPER_SPAN, description="Within this distance of either end of the scale every change gets smaller"
    )
    listening_bonus: Scale = Field(
        default=LISTENING_BONUS, description="Multiplies what listening does to a caller who is this angry or more"
    )
    listening_bonus_from: Anger = Field(default=LISTENING_BONUS_FROM_ANGER, description="From this anger on it does")
    mistake_growth: Growth = Field(
        default=MISTAKE_GROWTH, description="Each repetition of a mistake weighs so much more"
    )
    mistake_growth_limit: Growth = Field(default=MISTAKE_GROWTH_LIMIT, description="A repeated mistake weighs no more")
    heard_lowers_base: Share = Field(
        default=HEARD_LOWERS_BASE, description="How much lower the base is for a caller who feels wholly heard (0..1)"
    )
    resolution_lowers_base: Share = Field(
        default=RESOLUTION_LOWERS_BASE, description="How much lower the base is when the matter is solved (0..1)"
    )

    def to_temper(self) -> AngerTemper:
        """The anger model's parameters, changes merged into the start values."""
        base = max(0.0, self.start - START_ABOVE_BASE) if self.base is None else self.base
        return AngerTemper(
            start=self.start,
            base=base,
            start_heard=self.start_heard,
            start_resolution=self.start_resolution,
            half_life_seconds=self.half_life_seconds,
            relief_scale=self.relief_scale,
            provocation_scale=self.provocation_scale,
            relief_limit=self.relief_limit,
            provocation_limit=self.provocation_limit,
            taper_span=self.taper_span,
            listening_bonus=self.listening_bonus,
            listening_bonus_from=self.listening_bonus_from,
            mistake_growth=self.mistake_growth,
            mistake_growth_limit=self.mistake_growth_limit,
            heard_lowers_base=self.heard_lowers_base,
            resolution_lowers_base=self.resolution_lowers_base,
            reliefs={name: change.applied_to(RELIEFS[name]) for name, change in self.reliefs.items()},
            provocations={name: change.applied_to(PROVOCATIONS[name]) for name, change in self.provocations.items()},
        )


class Voice(Part):
    """The synthetic voice; see ``events.VoiceSpec`` for the units."""

    name: Text = Field(default="en-us", description="A voice, with an espeak-ng variant after a plus: en-gb+f3")
    rate_wpm: int = Field(default=165, ge=80, le=400, description="Words a minute when calm")
    pitch: int = Field(default=50, ge=0, le=100, description="50 is the voice's own")
    pitch_range: int = Field(default=50, ge=0, le=100, description="How lively; 50 is the voice's own")
    anger_scale: Scale = Field(default=1.0, description="How much anger changes the voice (0 never .. 3)")
    telephone: bool = Field(default=True, description="Sounds like a telephone line")

    def to_spec(self) -> VoiceSpec:
        """The same, as the mouth takes it."""
        return VoiceSpec(**self.model_dump())
