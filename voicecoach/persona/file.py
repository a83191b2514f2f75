"""A caller as data: what a persona file may say. ``loading`` reads the files; this is their checked shape."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from voicecoach.events import Band, VoiceSpec
from voicecoach.persona.anger import Temper as AngerTemper
from voicecoach.persona.anger import band_of
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS, Provocation, Relief
from voicecoach.persona.lines import Lines, Part, Text, Texts
from voicecoach.persona.listening import ListenedFact, ListenedRemedy, RemedyKind
from voicecoach.persona.repertoire import Repertoire
from voicecoach.persona.templates import fill
from voicecoach.persona.wording import tokens
from voicecoach.techniques.ids import IDS

FORMAT = 1
START_ABOVE_BASE = 2.0
"""Where a file gives no base, anger creeps back to this much below its start."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Scale = Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
Anger = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


def known_ids() -> frozenset[str]:
    """Every id that lines may react to and tempers may override: the catalogue's and the engine's own findings."""
    return frozenset(IDS) | frozenset(PROVOCATIONS)


class Briefing(Part):
    """What the trainee reads before the call."""

    company: Text = Field(description="Who the trainee works for")
    you_are: Text = Field(description="The trainee's role")
    situation: Text = Field(description="What is known before the caller speaks")
    may_offer: Texts = Field(default=(), description="What the trainee is allowed to give")
    may_not: Texts = Field(default=(), description="What is out of the trainee's hands")


class Fact(Part):
    """Something the caller knows and can be asked for."""

    value: Text = Field(description="Fills {fact} in lines")
    said: Texts = Field(description="How the caller says it when asked; said one after another when asked again")
    asked_by: Texts = Field(default=(), description="Phrases that asking for it sounds like")
    heard_as: Texts = Field(default=(), description="Words that show the trainee restated it rightly")
    wrong: Texts = Field(default=(), description="Words that show the trainee restated it wrongly")
    units: Texts = Field(default=(), description="Words before which any other number is wrong (times, charges)")


class Remedy(Part):
    """Something the trainee may offer."""

    name: Slug
    words: Texts = Field(description="Phrases that name it; matched by their content words in any order")
    says: Texts = Field(default=(), description="What the caller answers when it is offered")


class Unreasonable(Part):
    """What the caller demands at first and cannot have; dropped once the caller feels heard."""

    name: Slug
    words: Texts = Field(description="Phrases that name it")
    demand: Texts = Field(description="How the caller demands it")
    until_heard: Share = Field(default=0.5, description="Demanded while heard is below this (0..1)")


class Wants(Part):
    """What the caller would take."""

    wanted: tuple[Remedy, ...] = Field(description="Solves it: resolution 1")
    accepted: tuple[Remedy, ...] = Field(default=(), description="Will do: resolution .5, with a time .8")
    refused: tuple[Remedy, ...] = Field(default=(), description="Of no use to this caller")
    unreasonable: Unreasonable | None = None


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


class Persona(Part):
    """One caller, everything inherited already in it."""

    format: Literal[1]
    id: Slug
    name: Text = Field(description="The caller's name; fills {name}")
    title: Text = Field(description="The call in a few words")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en-US"
    briefing: Briefing
    facts: dict[Slug, Fact] = Field(default_factory=dict)
    wants: Wants
    temper: Temper = Temper()
    voice: Voice = Voice()
    lines: Lines = Field(description="This persona's own lines, said before inherited ones")
    inherited_lines: tuple[Lines, ...] = Field(default=(), description="What `extends` brought, nearest first")

    def __repr__(self) -> str:
        """Its id; the whole of it is ``source_text``."""
        return f"Persona({self.id})"

    @functools.cached_property
    def slot_values(self) -> dict[str, str]:
        """What fills the slots that are the same for the whole call."""
        given = {"name": self.name, "company": self.briefing.company}
        return {**{name: fill(fact.value, given) for name, fact in self.facts.items()}, **given}

    @functools.cached_property
    def start_band(self) -> Band:
        """How angry the caller sounds at the first word."""
        return band_of(self.temper.start)

    @functools.cached_property
    def listened_facts(self) -> tuple[ListenedFact, ...]:
        """The facts, ready to be matched with what the trainee says."""
        own = {"name": self.name, "company": self.briefing.company}
        spoken = frozenset(word for fact in self.facts.values() for word in tokens(fact.value))
        return tuple(
            ListenedFact.of(
                name,
                number,
                spoken,
                fill(fact.value, own),
                fact.asked_by,
                [fill(text, own) for text in fact.heard_as],
                fact.wrong,
                fact.units,
            )
            for number, (name, fact) in enumerate(self.facts.items())
        )

    @functools.cached_property
    def listened_remedies(self) -> tuple[ListenedRemedy, ...]:
        """The remedies, ready to be matched with what the trainee offers."""
        wants = self.wants
        kinds: tuple[tuple[RemedyKind, tuple[Remedy, ...]], ...] = (
            ("wanted", wants.wanted),
            ("accepted", wants.accepted),
            ("refused", wants.refused),
        )
        listened = [ListenedRemedy.of(kind, remedy.name, remedy.words) for kind, given in kinds for remedy in given]
        if wants.unreasonable is not None:  # whoever gives it away after all has given enough
            listened.append(ListenedRemedy.of("accepted", wants.unreasonable.name, wants.unreasonable.words))
        return tuple(listened)

    @functools.cached_property
    def repertoire(self) -> Repertoire:
        """Every line this caller can say, own before inherited, slots filled."""
        return Repertoire.of((self.lines, *self.inherited_lines), self._extra_lines(), self.slot_values)

    def _extra_lines(self) -> dict[str, tuple[str, ...]]:
        """Lines that belong to facts and remedies, by move."""
        extra = {f"fact.{name}": fact.said for name, fact in self.facts.items()}
        wants = self.wants
        for remedy in (*wants.wanted, *wants.accepted, *wants.refused):
            extra[f"remedy.{remedy.name}"] = remedy.says
        if wants.unreasonable is not None:
            extra["unreasonable"] = wants.unreasonable.demand
        return extra
