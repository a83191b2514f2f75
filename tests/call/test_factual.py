"""A retelling that the words alone did not show, told by the persona's facts."""

from __future__ import annotations

import pytest

from voicecoach.call.factual import with_facts
from voicecoach.persona.loading import load
from voicecoach.persona.remedy import NO_REMEDY
from voicecoach.values import Detection


def paraphrased(text: str, *ids: str) -> bool:
    found = tuple(Detection(cause, text, (0, 1), 0.9) for cause in ids)
    return any(d.id == "paraphrase" for d in with_facts(load("double_charge"), text, found, NO_REMEDY))


@pytest.mark.parametrize(
    "text",
    [
        "So you were charged twice for one bill.",
        "You're saying we billed you double.",
        "we took your payment twice",
        "okay so let me see if i have got this you were charged twice",
    ],
)
def test_the_story_told_back_is_a_paraphrase(text: str) -> None:
    assert paraphrased(text)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Were you charged twice?", ()),
        ("I see two charges here.", ()),
        ("I'm sorry you were charged twice.", ("apologize",)),
        ("You were charged twice because you clicked twice.", ("blame_customer",)),
        ("So you had a lovely day.", ()),
    ],
)
def test_a_detail_in_something_else_is_none(text: str, ids: tuple[str, ...]) -> None:
    assert not paraphrased(text, *ids)
