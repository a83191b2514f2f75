"""A call with everything needed to judge it: its persona, its ids and its rubric, as they were when it was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.call.journal import Header, Journal
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import loads
from voicecoach.review.curve import Story, read_story
from voicecoach.review.findings import known_entries
from voicecoach.review.moves import with_moves_named
from voicecoach.review.rubric import Rubric, parse_rubric, shipped_rubric
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension import parse_extension


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``known`` is every id that counts: the catalogue's, a coach's own, and the call's own findings.

    Make one with ``review_of`` or ``read_reviewed``.
    """

    header: Header
    persona: Persona
    known: Mapping[str, Entry]
    rubric: Rubric
    story: Story


def read_reviewed(journal: Journal) -> Reviewed:
    """The call of this journal. Raises ``PersonaError``, ``TechniquesError`` or ``RubricError`` for a foreign one."""
    persona = loads(journal.header.persona)
    known = known_entries(parse_extension(journal.header.techniques, "the journal's techniques"))
    return review_of(journal.header, persona, known, read_story(journal.steps, persona.temper.start))


def review_of(header: Header, persona: Persona, known: Mapping[str, Entry], story: Story) -> Reviewed:
    """A story of this call; it may be another one than the journal's, such as with another persona."""
    return Reviewed(header, persona, known, rubric_of(header, known), with_moves_named(story, persona))


def rubric_of(header: Header, known: Mapping[str, Entry]) -> Rubric:
    """The rubric that was kept with the call; the shipped one for a call from before there were any."""
    return parse_rubric(header.rubric, "the journal's rubric", known) if header.rubric else shipped_rubric()
