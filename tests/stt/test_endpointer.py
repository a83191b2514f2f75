"""When a turn is over, in numbers: no sound, no clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.stt.endpointer import (
    LONGEST_UTTERANCE_SECONDS,
    NO_WORDS_SILENCE_SECONDS,
    Endpointer,
    Verdict,
    patient,
    silence_needed_seconds,
)
from voicecoach.stt.room import Room
from voicecoach.stt.turn_end import OPEN_SECONDS, SURE_SECONDS, UNSURE_SECONDS

BLOCK = 0.01
FINISHED, OPEN, UNCLEAR = (
    "could you tell me your account number",
    "could you tell me your",
    "i can refund the second charge today",
)


def run(endpointer: Endpointer, voiced: list[bool], partial: str = "", start_block: int = 0) -> list[tuple[float, str]]:
    """Every verdict with the time of the block that brought it."""
    found = []
    for number, value in enumerate(voiced, start=start_block + 1):
        at_seconds = round(number * BLOCK, 2)
        verdict = endpointer.step(value, at_seconds, partial)
        if verdict is not None:
            found.append((at_seconds, verdict.value))
    return found


def blocks(seconds: float, voiced: bool) -> list[bool]:
    return [voiced] * round(seconds / BLOCK)


def spoken(voice_seconds: float, silence_seconds: float) -> list[bool]:
    return blocks(voice_seconds, True) + blocks(silence_seconds, False)


def test_silence_alone_brings_nothing() -> None:
    assert run(Endpointer(), blocks(10, False)) == []


def test_the_first_voiced_block_is_the_onset() -> None:
    endpointer = Endpointer()
    assert run(endpointer, [False, False, True]) == [(0.03, "onset")]
    assert endpointer.speaking


@pytest.mark.parametrize(
    ("partial", "silence_seconds"),
    [(FINISHED, SURE_SECONDS), (UNCLEAR, UNSURE_SECONDS), (OPEN, OPEN_SECONDS), ("", NO_WORDS_SILENCE_SECONDS)],
    ids=["finished", "unclear", "open", "no words yet"],
)
def test_the_pause_that_ends_a_turn_depends_on_its_words(partial: str, silence_seconds: float) -> None:
    ended_seconds = round(1.0 + silence_seconds, 2)
    assert run(Endpointer(), spoken(1.0, 3.0), partial) == [(0.01, "onset"), (ended_seconds, "endpoint")]


@pytest.mark.parametrize(("patience", "factor"), [(0.5, 0.5), (1.0, 1.0), (1.5, 1.0)])
def test_an_impatient_caller_waits_less(patience: float, factor: float) -> None:
    ended_seconds = round(1.0 + factor * SURE_SECONDS, 2)
    assert run(Endpointer(patience), spoken(1.0, 3.0), FINISHED)[-1] == (ended_seconds, "endpoint")


def test_patience_stays_within_its_bounds() -> None:
    wants_more, over = silence_needed_seconds(OPEN), silence_needed_seconds(FINISHED)
    assert patient(wants_more, 100.0) == patient(wants_more, 1.5) > wants_more
    assert patient(over, 0.0) == patient(over, 0.5) < over


@pytest.mark.parametrize("room", [Room.NOISY, Room.LOUD])
@pytest.mark.parametrize("partial", [FINISHED, UNCLEAR, OPEN])
def test_in_a_noisy_room_a_pause_says_less(partial: str, room: Room) -> None:
    endpointer = Endpointer()
    endpointer.room = room
    quiet, noisy = (run(each, spoken(1.0, 3.0), partial)[-1][0] for each in (Endpointer(), endpointer))
    assert quiet < noisy < quiet + 0.4


def test_in_a_noisy_room_too_a_patient_caller_is_no_slower_to_answer_what_may_be_over() -> None:
    may_be_over = silence_needed_seconds(UNCLEAR, room=Room.NOISY)
    assert patient(may_be_over, 1.5, room=Room.NOISY) == may_be_over


def test_patience_may_change_in_mid_utterance() -> None:
    endpointer = Endpointer()
    run(endpointer, spoken(1.0, 0.2), FINISHED)
    endpointer.patience = 0.5
    assert run(endpointer, [False], FINISHED, start_block=120) == [(1.21, "endpoint")]


def test_a_pause_shorter_than_needed_does_not_end_the_turn() -> None:
    voiced = spoken(1.0, 1.2) + spoken(1.0, 3.0)
    (onset, _), (end_seconds, _) = run(Endpointer(), voiced, OPEN)
    assert onset == 0.01
    assert end_seconds == pytest.approx(3.2 + OPEN_SECONDS, abs=0.15)


def test_words_that_come_late_shorten_the_wait() -> None:
    endpointer = Endpointer()
    run(endpointer, spoken(1.0, 0.4), "")
    assert run(endpointer, [False], FINISHED, start_block=140) == [(1.41, "endpoint")]


def test_a_sound_too_short_for_a_word_is_dropped() -> None:
    assert run(Endpointer(), spoken(0.04, 2.0)) == [(0.01, "onset"), (0.34, "dropped")]


def test_a_short_sound_with_a_word_is_a_turn() -> None:
    ended_seconds = round(0.04 + UNSURE_SECONDS, 2)
    assert run(Endpointer(), spoken(0.04, 2.0), "no") == [(0.01, "onset"), (ended_seconds, "endpoint")]


def test_the_next_voice_is_a_new_utterance() -> None:
    endpointer = Endpointer()
    run(endpointer, spoken(1.0, 2.0), FINISHED)
    assert not endpointer.speaking
    assert run(endpointer, [True], start_block=300) == [(3.01, "onset")]
    assert endpointer.voiced_seconds < 0.1, "what was said before counts no more"


def test_it_knows_the_last_voiced_moment() -> None:
    endpointer = Endpointer()
    run(endpointer, spoken(1.0, 2.0), FINISHED)
    assert endpointer.last_voiced_seconds == pytest.approx(1.0)


def test_a_voice_that_never_stops_is_cut() -> None:
    verdicts = run(Endpointer(), blocks(LONGEST_UTTERANCE_SECONDS + 0.5, True), OPEN)
    assert verdicts[1] == (LONGEST_UTTERANCE_SECONDS + 0.01, "endpoint")


def test_the_cut_holds_for_a_hum_that_is_no_word_too() -> None:
    assert run(Endpointer(), blocks(61, True))[1][1] == "endpoint"


@given(st.lists(st.booleans(), max_size=600), st.sampled_from(["", FINISHED, OPEN, UNCLEAR]), st.floats(0.5, 1.5))
def test_every_onset_has_one_end_and_nothing_ends_that_did_not_begin(
    voiced: list[bool], partial: str, patience: float
) -> None:
    verdicts = [verdict for _, verdict in run(Endpointer(patience), voiced, partial)]
    assert verdicts[::2] == [Verdict.ONSET] * len(verdicts[::2])
    assert Verdict.ONSET not in verdicts[1::2]


@given(st.sampled_from(["", FINISHED, OPEN, UNCLEAR]), st.floats(0.5, 1.4))
def test_more_patience_never_shortens_the_wait(partial: str, patience: float) -> None:
    needed = silence_needed_seconds(partial)
    assert patient(needed, patience + 0.1) >= patient(needed, patience)
