"""What the training is told a recogniser hears: counted mistakes, drawn as often as they were counted."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from training.confusions import FILE, Confusions, count, differences, read, write
from training.lines_data import Line
from training.noise import misheard, mistaken

FLAWLESS = Confusions(
    lines=1,
    words=1,
    rates={"substituted": 0.0, "lost": 0.0, "put_in": 0.0},
    rest={"substituted": 0.0, "lost": 0.0, "put_in": 0.0},
    pairs={},
    put_in={},
    instead={},
    known=["there", "we", "any", "more", "wait"],
)


@pytest.mark.parametrize(
    ("said", "heard", "pairs"),
    [
        ("i am sorry", "i am sorry", []),
        ("your bill is late", "your bell is late", [("bill", "bell")]),
        ("not any more sir", "not anymore sir", [("any more", "anymore")]),
        ("steer you there", "stay there you there", [("steer", "stay there")]),
        ("i will not", "i not", [("will", "")]),
        ("i not", "i will not", [("", "will")]),
        ("the dad slapped", "the dead slept", [("dad", "dead"), ("slapped", "slept")]),
    ],
)
def test_differences_are_pairs_of_said_and_heard_words(said: str, heard: str, pairs: list[tuple[str, str]]) -> None:
    found = [(" ".join(one), " ".join(other)) for one, other in differences(said.split(), heard.split())]
    assert found == pairs


def test_pairs_seen_twice_are_kept_with_their_share_and_others_only_count_into_the_rates() -> None:
    lines = [("my bill", "my bell")] * 2 + [("my bill", "my bill")] * 2 + [("my dad", "my god")]
    counted = count([(said.split(), heard.split()) for said, heard in lines])
    assert counted.pairs == {"bill": {"bell": 0.5}}
    assert counted.rates["substituted"] == pytest.approx(0.3)
    assert counted.rest["substituted"] == pytest.approx(0.1)
    assert counted.known == ["my"]


def test_nothing_said_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="no words"):
        count([])


def test_confusions_come_back_as_they_were_written(tmp_path: Path) -> None:
    counted = count([(["my", "bill"], ["my", "bell"])] * 2)
    write({"vosk": counted}, tmp_path / "confusions.json")
    assert read(tmp_path / "confusions.json") == {"vosk": counted}


def test_a_flawless_recogniser_changes_no_word_it_was_counted_on() -> None:
    said = "we wait there any more".split()
    assert mistaken(said, FLAWLESS, random.Random(1)) == said


def test_words_that_were_not_counted_have_their_homophones_mixed_up() -> None:
    heard = mistaken(["week"] * 1000, FLAWLESS, random.Random(1))
    assert 50 < heard.count("weak") < 150
    assert set(heard) == {"week", "weak"}


def test_pairs_are_drawn_at_their_share() -> None:
    confusions = replace(FLAWLESS, pairs={"any more": {"anymore": 0.5}, "we": {"": 0.25}})
    heard = mistaken("we any more".split() * 1000, confusions, random.Random(1))
    assert 430 < heard.count("anymore") < 570
    assert 680 < heard.count("we") < 820


def test_what_no_pair_covers_comes_at_the_remaining_rates() -> None:
    rest = {"substituted": 0.1, "lost": 0.2, "put_in": 0.05}
    confusions = replace(FLAWLESS, rest=rest, put_in={"uh": 1.0}, instead={"god": 1.0})
    heard = mistaken(["wait"] * 2000, confusions, random.Random(1))
    assert 150 < heard.count("god") < 250
    assert 1300 < heard.count("wait") < 1500
    assert 60 < heard.count("uh") < 140


def test_a_line_is_misheard_the_same_way_every_time_and_keeps_its_labels() -> None:
    line = Line("hand", "I'm so sorry, Mrs. Jones: that's £30 back by Friday!", "Well?", frozenset({"apologize"}))
    once = misheard(line)
    assert once == misheard(line)
    assert (once.writer, once.context, once.labels) == ("hand", "well", line.labels)
    assert once.text == once.text.lower()
    assert not set(once.text) & set(".,:!£")


def test_both_recognisers_were_counted_on_enough_words() -> None:
    counted = read()
    assert sorted(counted) == ["sphinx", "vosk"]
    assert all(one.words > 3000 and len(one.pairs) > 50 for one in counted.values())
    assert FILE.stat().st_size < 300_000
