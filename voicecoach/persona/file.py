"""A caller as data: what a persona file may say. ``loading`` reads the files; this is their checked shape."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from voicecoach.persona.anger import band_of
from voicecoach.persona.effects import PROVOCATIONS
from voicecoach.persona.lines import Lines, Part, Text
from voicecoach.persona.listening import ListenedFact, ListenedRemedy, RemedyKind, weights_of
from voicecoach.persona.matter import Briefing, Fact, Remedy, Slug, Wants
from voicecoach.persona.numbers import KnownNumbers
from voicecoach.persona.repertoire import Repertoire
from voicecoach.persona.temper import Temper, Voice
from voicecoach.persona.templates import fill
from voicecoach.persona.wording import PhraseIndex, tokens
from voicecoach.techniques.ids import IDS
from voicecoach.values import Band

FORMAT = 1


def known_ids() -> frozenset[str]:
    """Every id that lines may react to and tempers may override: the catalogue's and the engine's own findings."""
    return frozenset(IDS) | frozenset(PROVOCATIONS)


class Persona(Part):
    """One caller, everything inherited already in it."""

    format: Literal[1] = Field(description="The format of the file")
    id: Slug = Field(description="Small letters, digits and _, as the file's name")
    name: Text = Field(description="The caller's name; fills {name}")
    title: Text = Field(description="The call in a few words")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = Field(
        default="en-US", description="Shown in lists; what is listened for is English"
    )
    briefing: Briefing = Field(description="What the trainee reads before the call")
    facts: dict[Slug, Fact] = Field(default_factory=dict, description="What the caller can be asked for, by name")
    wants: Wants = Field(description="What would settle it, what would do, what is of no use")
    temper: Temper = Field(default=Temper(), description="How the anger behaves")
    voice: Voice = Field(default=Voice(), description="How the caller sounds")
    lines: Lines = Field(description="This persona's own lines, said before inherited ones")
    inherited_lines: tuple[Lines, ...] = Field(default=(), description="What `extends` brought, nearest first")
    own_fields: dict[str, Any] = Field(
        default_factory=dict, description="The author's own `x-` fields by JSON pointer; read by nothing, and kept"
    )

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
        briefed = (self.briefing.situation, *self.briefing.may_offer)
        mentioned = frozenset(
            word
            for text in (*briefed, *(text for fact in self.facts.values() for text in fact.said))
            for word in tokens(text)
        )
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
                [fill(text, own) for text in fact.said],
                mentioned,
            )
            for number, (name, fact) in enumerate(self.facts.items())
        )

    @functools.cached_property
    def known_numbers(self) -> KnownNumbers:
        """Every number that anybody in this matter has named: in facts, remedies, the briefing and the lines."""
        briefing, wants = self.briefing, self.wants
        facts = [text for fact in self.facts.values() for text in (fact.value, *fact.said, *fact.heard_as)]
        remedies = [
            text for each in (*wants.wanted, *wants.accepted, *wants.refused) for text in (*each.words, *each.says)
        ]
        briefed = (briefing.situation, briefing.you_are, *briefing.may_offer, *briefing.may_not)
        return KnownNumbers.of(tokens(text) for text in (*facts, *remedies, *briefed, *self.repertoire.texts()))

    @functools.cached_property
    def question_weights(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """For each stem the facts (by place) that speak of it, and how much it tells them from the others."""
        return weights_of(self.listened_facts)

    @functools.cached_property
    def asked_by(self) -> PhraseIndex:
        """What the facts are asked by, in their order."""
        return PhraseIndex.of(fact.asked_by for fact in self.listened_facts)

    @functools.cached_property
    def heard_as(self) -> PhraseIndex:
        """What the facts are rightly restated as, in their order."""
        return PhraseIndex.of(fact.heard_as for fact in self.listened_facts)

    @functools.cached_property
    def heard_wrong(self) -> PhraseIndex:
        """What the facts are wrongly restated as, in their order."""
        return PhraseIndex.of(fact.wrong for fact in self.listened_facts)

    @functools.cached_property
    def rival_stems(self) -> frozenset[str]:
        """The days, months and towns that are wrong for some fact."""
        return frozenset(rival for fact in self.listened_facts for rival in fact.rivals)

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
    def named_remedies(self) -> PhraseIndex:
        """What the listened remedies are offered as, in their order."""
        return PhraseIndex.of(remedy.words for remedy in self.listened_remedies)

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
