"""The phrase language and the automaton behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.techniques.phrases import Automaton, PhraseError

CLASSES = {"feel": ("angry", "sad", "fed up"), "day": ("monday", "friday")}
LIGHT = frozenset({"so", "really", "very"})


def found(phrase: str, text: str) -> list[str]:
    words = text.split()
    hits = Automaton([[phrase]], CLASSES, LIGHT).find(words)
    return [" ".join(words[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("calm down", "please calm down now", ["calm down"]),
        ("calm down", "calm it down", []),
        ("you|they are", "they are here and you are too", ["they are", "you are"]),
        ("you are @feel", "you are angry", ["you are angry"]),
        ("you are @feel", "you are fed up", ["you are fed up"]),
        ("i [will] call", "i call and i will call", ["i call", "i will call"]),
        ("i can ~2 help", "i can help i can always gladly help", ["i can help", "i can always gladly help"]),
        ("i can ~2 help", "i can a b c help", []),
        ("leave (it|this one) with me", "leave this one with me", ["leave this one with me"]),
        ("< sorry", "sorry i am sorry", ["sorry"]),
        ("right >", "right that is right", ["right"]),
        ("on * morning", "on some morning", ["on some morning"]),
        ("(by|on) (the @day|@day [night])", "by the friday on monday night", ["by the friday", "on monday night"]),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, matches: list[str]) -> None:
    assert found(phrase, text) == matches


def test_light_words_may_stand_inside_but_not_before() -> None:
    assert found("i am sorry", "really i am so very sorry") == ["i am so very sorry"]


def test_every_rule_reports_its_own_number() -> None:
    hits = Automaton([["calm down"], ["calm", "down"]], CLASSES).find(["calm", "down"])
    assert [(hit.rule, hit.start, hit.end) for hit in hits] == [(1, 0, 1), (0, 0, 2), (1, 1, 2)]


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("", "at least one word"),
        ("leave (it", "lacks a '\\)'"),
        ("leave [it", "lacks a '\\]'"),
        ("leave it)", "too many"),
        ("you are @nothing", "there is not"),
        ("what?", "not part of the phrase language"),
    ],
)
def test_a_wrong_phrase_is_refused_with_its_reason(phrase: str, complaint: str) -> None:
    with pytest.raises(PhraseError, match=complaint):
        Automaton([[phrase]], CLASSES)


@given(st.lists(st.sampled_from(["calm", "down", "so", "you", "are", "angry", "fed", "up", "x"]), max_size=12))
def test_a_hit_always_reads_as_its_phrase(words: list[str]) -> None:
    for hit in Automaton([["calm ~2 down"], ["you are @feel"]], CLASSES, LIGHT).find(words):
        said = words[hit.start : hit.end]
        assert (said[0], said[-1]) == ("calm", "down") if hit.rule == 0 else said[:1] == ["you"]
