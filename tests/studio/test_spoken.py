"""An expert's call in whole sentences: said to this very caller, and it ends as an expert's call does."""

from __future__ import annotations

import pytest

from voicecoach.events import Input, Output, TurnHeard
from voicecoach.persona.loading import list_personas, load
from voicecoach.studio.spoken import spoken_call

GOOD = {"resolved", "ended_by_protocol"}
SEEDS = range(1, 9)


@pytest.mark.parametrize("caller", [summary.id for summary in list_personas()])
def test_it_ends_well_with_nearly_every_seed(caller: str) -> None:
    persona = load(caller)
    ended = [spoken_call(persona, "expert", seed, lambda *step: None).outcome.value for seed in SEEDS]
    assert sum(outcome in GOOD for outcome in ended) >= len(SEEDS) - 2, ended


def test_its_words_are_sentences_for_this_caller_and_none_comes_twice() -> None:
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    spoken_call(load("double_charge"), "expert", 1, lambda *step: steps.append(step))
    said = [event.heard.text for event, _ in steps if isinstance(event, TurnHeard)]
    assert len(said) >= 4
    assert len(set(said)) == len(said)
    assert any("charged twice" in text for text in said)
    assert all(len(text.split()) >= 5 for text in said)
