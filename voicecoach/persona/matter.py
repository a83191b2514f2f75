"""What a call is about, as a persona file says it: the briefing, the facts, and what the caller would take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from voicecoach.persona.lines import Part, Text, Texts

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


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

    name: Slug = Field(description="A short name, each once")
    words: Texts = Field(description="Phrases that name it; matched by their content words in any order")
    says: Texts = Field(default=(), description="What the caller answers when it is offered")


class Unreasonable(Part):
    """What the caller demands at first and cannot have; dropped once the caller feels heard."""

    name: Slug = Field(description="A short name, each once")
    words: Texts = Field(description="Phrases that name it")
    demand: Texts = Field(description="How the caller demands it")
    until_heard: Share = Field(default=0.5, description="Demanded while heard is below this (0..1)")


class Wants(Part):
    """What the caller would take."""

    wanted: tuple[Remedy, ...] = Field(description="Solves it: resolution 1")
    accepted: tuple[Remedy, ...] = Field(default=(), description="Will do: resolution .5, with a time .8")
    refused: tuple[Remedy, ...] = Field(default=(), description="Of no use to this caller")
    unreasonable: Unreasonable | None = Field(default=None, description="Demanded at first, and out of reach")
