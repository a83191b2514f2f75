"""Words that mean something alike fall into one group, so that a word never trained on is not a stranger."""

from __future__ import annotations

import pytest

from voicecoach.techniques.features import features
from voicecoach.techniques.kin import GRAINS, groups_of
from voicecoach.techniques.normalise import tokenise


@pytest.mark.parametrize(
    ("one", "other"), [("train", "bus"), ("monday", "tuesday"), ("moron", "idiot"), ("lunch", "dinner")]
)
def test_kindred_words_share_a_group_and_strangers_none(one: str, other: str) -> None:
    mine, theirs, strange = groups_of(one), groups_of(other), groups_of("refund")
    assert mine and theirs and strange
    assert len(mine) == GRAINS
    assert any(a == b for a, b in zip(mine, theirs, strict=True))
    assert not any(a == b for a, b in zip(mine, strange, strict=True))


def test_a_word_that_is_none_has_no_groups() -> None:
    assert groups_of("xqzzy") is None


def test_turns_that_differ_in_a_kindred_word_have_features_in_common() -> None:
    def kindred(text: str) -> set[str]:
        return {name for name, _, _ in features(text, "", tokenise(text), []) if name[0] == "g" and " " in name}

    assert kindred("your train") & kindred("your bus")
    assert not kindred("of the")
