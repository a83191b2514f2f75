"""What was said in a call, word for word, as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.review.naming import Names
from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.values import Detection, Heard

UNSURE_BELOW = 0.5
"""Words below this confidence are marked; the detector scores none of them."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word and where in the call (seconds) it is heard."""

    text: str
    at: float
    unsure: bool = False
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Tag:
    """Something that was found in a turn."""

    title: str
    css: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class PageTurn:
    """``who``: you or caller."""

    who: str
    start: float
    words: tuple[PageWord, ...]
    tags: tuple[Tag, ...]
    cut_off: bool


def talk_of(story: Story, names: Names) -> tuple[PageTurn, ...]:
    """Every turn of both sides, in order."""
    heard = {each.start_seconds: each for each in story.heard}
    return tuple(_turn(turn, heard.get(turn.start), names) for turn in story.turns)


def _turn(turn: SpokenTurn, heard: Heard | None, names: Names) -> PageTurn:
    own = turn.who == "trainee"
    words = _heard_words(heard) if own and heard is not None else _even(turn)
    tags = tuple(_tag(detection, names) for detection in turn.detections) if own else ()
    return PageTurn("you" if own else "caller", turn.start, words, tags, turn.cut_off)


def _heard_words(heard: Heard) -> tuple[PageWord, ...]:
    return tuple(
        PageWord(
            word.text,
            round(word.start_seconds, 2),
            word.confidence < UNSURE_BELOW,
            round(100 * word.confidence),
        )
        for word in heard.words
    )


def _even(turn: SpokenTurn) -> tuple[PageWord, ...]:
    """A caller's line has no times for its words: spread them over it by their letters."""
    texts: Sequence[str] = turn.text.split()
    letters = sum(len(text) + 1 for text in texts)
    placed, so_far = [], 0
    for text in texts:
        placed.append(PageWord(text, round(turn.start + (turn.end - turn.start) * so_far / letters, 2)))
        so_far += len(text) + 1
    return tuple(placed)


def _tag(detection: Detection, names: Names) -> Tag:
    entry: Entry | None = names.known.get(detection.id)
    if detection.confidence < MINIMUM_CONFIDENCE:
        return Tag(names.title(detection.id), "weak", "?", "not sure enough to count")
    mistake = entry is not None and entry.is_mistake
    return Tag(names.title(detection.id), "up" if mistake else "down", "−" if mistake else "+", "")
