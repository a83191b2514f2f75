"""What to say next time: for each id worth trying, the moment for it in this call and two sentences made for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.persona.file import Persona
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.review.standing import Standing
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.tips import better_sentences
from voicecoach.values import Detection

EARLY_STEPS = frozenset({"hear", "empathize", "apologize"})
"""The moment for these is the first word of the trainee's, for the others the last."""

LONGEST_QUOTE_LETTERS = 110


@dataclass(frozen=True, slots=True)
class Advice:
    """``heard`` is what the caller had just said at the moment for it ("" for nothing), ``say`` two ways to answer.

    ``at_seconds`` is that moment in the call, where there is one: when the caller said it.
    """

    entry: Entry
    heard: str
    say: tuple[str, str]
    at_seconds: float | None = None


def advise(
    ids: Sequence[str],
    story: Story,
    known: Mapping[str, Entry],
    persona: Persona,
    found: Mapping[str, Standing] | None = None,
) -> tuple[Advice, ...]:
    """Advice for these ids, in their order, for a call with this persona; ``found`` knows when missed ones were due."""
    return tuple(_advice(known[id_], story, persona, (found or {}).get(id_)) for id_ in ids)


def _advice(entry: Entry, story: Story, persona: Persona, standing: Standing | None) -> Advice:
    sentences = example_sentences(entry, persona)
    if standing is not None and standing.at_seconds is not None:
        before = turn_before(story, standing.at_seconds, standing.after)
    else:
        before = turn_before(story, _moment_seconds(entry, story))
    return Advice(entry, _shortened(before.text), sentences, before.start) if before else Advice(entry, "", sentences)


def example_sentences(entry: Entry, persona: Persona) -> tuple[str, str]:
    """Two sentences that would be this technique (or better than this mistake) with this caller."""
    wants = persona.wants
    wanted = [words for remedy in wants.wanted for words in remedy.words]
    demand = wants.unreasonable.demand[0] if wants.unreasonable is not None else ""
    return better_sentences(entry, persona.slot_values, persona.briefing.may_offer, wanted, demand)


def turn_before(story: Story, at_seconds: float, words: str = "") -> SpokenTurn | None:
    """What the caller had just said: these words, or the last ones."""
    before = [turn for turn in story.turns if turn.who == "caller" and turn.start < at_seconds]
    return next((turn for turn in reversed(before) if turn.text == words), before[-1] if before else None)


def _moment_seconds(entry: Entry, story: Story) -> float:
    """When a mistake was made first, or when a technique that was missed would have been in place."""
    if entry.is_mistake:
        return next((turn.start for turn in story.turns if _has(turn.detections, entry.id)), _judged(entry, story))
    starts = [turn.start for turn in story.turns if turn.who == "trainee"]
    if not starts:
        return float("inf")
    return starts[0] if entry.step in EARLY_STEPS else starts[-1]


def _judged(entry: Entry, story: Story) -> float:
    """A mistake without words: a silence, a hold."""
    return next((turn.at_seconds for turn in story.judged if _has(turn.detections, entry.id)), float("inf"))


def _has(detections: Sequence[Detection], id_: str) -> bool:
    return any(each.id == id_ and each.confidence >= MINIMUM_CONFIDENCE for each in detections)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_QUOTE_LETTERS:
        return text
    return text[:LONGEST_QUOTE_LETTERS].rsplit(" ", 1)[0].rstrip(",;") + " ..."
