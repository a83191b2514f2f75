"""Better sentences: two for every id, made for this call, and always something to say."""

from __future__ import annotations

import functools
import re

import pytest

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import list_personas, load
from voicecoach.techniques.catalogue import IDS, entry
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.ids import TEXT_IDS
from voicecoach.techniques.tips import better_sentences

PERSONAS = [summary.id for summary in list_personas()]
caller = functools.cache(load)
SENTENCE = re.compile(r"[A-Z(].*[.?!)]")
BROKEN = re.compile(
    r"[{}_]|\s\s|\s[,.?!;:]|\.\.|\b(a|an|and|get|i|is|of|the|to|we|you) \1\b|"
    r"\bI (?:is|are|were)\b|\byou (?:was|is|am)\b|\bwe (?:was|is|am)\b"
)


def sentences(entry_: Entry, persona: Persona) -> tuple[str, str]:
    unreasonable = persona.wants.unreasonable
    return better_sentences(
        entry_,
        persona.slot_values,
        persona.briefing.may_offer,
        persona.wants.wanted[0].words,
        unreasonable.demand[0] if unreasonable else "",
    )


@pytest.mark.parametrize("persona_id", PERSONAS)
@pytest.mark.parametrize("id_", IDS)
def test_every_id_has_two_different_whole_sentences_for_every_caller(id_: str, persona_id: str) -> None:
    both = sentences(entry(id_), caller(persona_id))
    assert both[0] != both[1]
    for text in both:
        assert SENTENCE.fullmatch(text), text
        assert not BROKEN.search(text), text


@pytest.mark.parametrize("persona_id", ["double_charge", "cancelled_flight"])
def test_nearly_every_id_in_words_speaks_of_this_very_call(persona_id: str) -> None:
    persona = load(persona_id)
    made = [id_ for id_ in TEXT_IDS if set(sentences(entry(id_), persona)) - set(entry(id_).say)]
    assert made == list(TEXT_IDS)


def test_they_are_filled_with_what_happened_and_what_can_be_done() -> None:
    dana, eleanor = load("double_charge"), load("cancelled_flight")
    assert sentences(entry("apologize"), dana)[0] == "I'm sorry that you were charged twice."
    assert sentences(entry("apologize"), eleanor)[0] == "I'm sorry that we cancelled your flight."
    assert sentences(entry("cannot"), dana)[0] == "What I can do is refund the second payment to your bank."


def test_who_says_nothing_of_the_call_gets_the_catalogues_own_sentences() -> None:
    for id_ in IDS:
        first, second = better_sentences(entry(id_), {})
        assert first and second and first != second
    assert better_sentences(entry("apologize"), {}) == entry("apologize").say


def test_an_id_of_a_coachs_own_says_what_the_coach_wrote() -> None:
    own = Entry("direct_line", "action", "T", ("text",), (), "m", "t", ("My line is this.", "Call me myself."))
    assert better_sentences(own, load("double_charge").slot_values) == own.say
