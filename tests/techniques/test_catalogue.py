"""The catalogue: every id explained."""

from __future__ import annotations

import pytest

from voicecoach.techniques.catalogue import IDS, MISTAKES, TECHNIQUES, entries, entry
from voicecoach.techniques.ids import TEXT_IDS, UNSPOKEN


def test_every_id_has_an_entry_in_the_order_of_the_catalogue() -> None:
    assert tuple(entries()) == IDS
    assert len(set(IDS)) == len(TECHNIQUES) + len(MISTAKES) == 49


@pytest.mark.parametrize("id_", IDS)
def test_an_entry_is_complete(id_: str) -> None:
    each = entry(id_)
    assert each.id == id_
    assert each.is_mistake == (id_ in MISTAKES)
    assert each.title and each.meaning and each.evidence
    assert len(each.tip.split()) >= 12
    assert len(set(each.say)) == 2
    assert set(each.sources) <= {"S0", "S1", "S2", "S3", "S4"} and each.sources


def test_what_can_be_heard_in_words_has_text_evidence() -> None:
    by_text = {id_ for id_ in IDS if "text" in entry(id_).evidence}
    assert set(TEXT_IDS) - by_text == {"counteroffer"}  # needs what was demanded, and is heard in the words with it
    assert not by_text & UNSPOKEN


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(KeyError):
        entry("nonsense")
