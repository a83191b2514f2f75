"""What to say next time: the moment for it, in the caller's words, and sentences made for this caller."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voicecoach.events import TurnJudged
from voicecoach.persona.loading import load
from voicecoach.review.advice import LONGEST_QUOTE_LETTERS, advise
from voicecoach.review.curve import SpokenTurn, Story
from voicecoach.techniques.catalogue import entries
from voicecoach.techniques.extension import parse_extension
from voicecoach.values import Detection

DANA = load("double_charge")


def heard(id_: str, confidence: float = 1.0) -> Detection:
    return Detection(id_, "words", (0, 1), confidence)


def story(*turns: SpokenTurn, judged: Sequence[TurnJudged] = ()) -> Story:
    return Story((), turns, (), tuple(judged), None)


CALL = story(
    SpokenTurn("caller", "You charged me twice!", 0.0, 2.0),
    SpokenTurn("trainee", "Hello.", 3.0, 4.0),
    SpokenTurn("caller", "My rent bounced!", 5.0, 6.0),
    SpokenTurn("trainee", "Calm down.", 7.0, 8.0, (heard("calm_down"),)),
    SpokenTurn("caller", "So where is my money?", 9.0, 10.0),
    SpokenTurn("trainee", "Relax.", 11.0, 12.0, (heard("calm_down"),)),
    SpokenTurn("caller", "Goodbye.", 13.0, 14.0),
    judged=[TurnJudged(6.5, 1, "", (heard("dead_air"),))],
)


@pytest.mark.parametrize(
    ("id_", "after"),
    [
        ("calm_down", "My rent bounced!"),
        ("dead_air", "My rent bounced!"),
        ("empathize", "You charged me twice!"),
        ("paraphrase", "You charged me twice!"),
        ("offer", "So where is my money?"),
        ("check_satisfaction", "So where is my money?"),
    ],
)
def test_a_mistakes_moment_is_its_first_and_a_missed_technique_has_its_place(id_: str, after: str) -> None:
    (advice,) = advise([id_], CALL, entries(), DANA)
    assert advice.entry.id == id_
    assert advice.heard == after


def test_a_mistake_that_was_not_sure_is_not_the_moment() -> None:
    unsure = SpokenTurn("trainee", "Calm.", 3.0, 4.0, (heard("calm_down", 0.3),))
    (advice,) = advise(["calm_down"], story(CALL.turns[0], unsure, *CALL.turns[2:]), entries(), DANA)
    assert advice.heard == "My rent bounced!"


def test_a_call_without_words_has_no_moment_and_still_advice() -> None:
    (advice,) = advise(["empathize"], story(), entries(), DANA)
    assert advice.heard == ""
    assert len(set(advice.say)) == 2


def test_a_long_speech_is_quoted_by_its_beginning() -> None:
    speech = SpokenTurn("caller", "and then, " * 40, 0.0, 9.0)
    (advice,) = advise(["empathize"], story(speech), entries(), DANA)
    assert advice.heard.endswith("then ...")
    assert len(advice.heard) <= LONGEST_QUOTE_LETTERS + 4


def test_the_sentences_are_for_this_caller() -> None:
    (advice,) = advise(["apologize"], CALL, entries(), DANA)
    assert advice.say[0] == "I'm sorry that you were charged twice."


def test_a_coachs_own_id_is_advised_with_the_coachs_sentences() -> None:
    own = "{kind: mistake, title: T, tip: t, say: [One., Two.], weight: 1, phrases: [policy]}"
    known = parse_extension(f"format: 1\ntechniques: {{say_policy: {own}}}\n", "own.yaml").catalogue()
    (advice,) = advise(["say_policy"], CALL, known, DANA)
    assert advice.say == ("One.", "Two.")
