"""What was played is put beside what was recorded, whatever the bursts of either device."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.base import Pcm
from voicecoach.audio.pairing import BEHIND_BLOCKS, PlayedRecord


def block(value: int, samples: int = 160) -> Pcm:
    return np.full(samples, value, dtype=np.int16)


@given(st.lists(st.integers(1, 700), min_size=1, max_size=30))
def test_pieces_of_any_length_come_out_as_whole_blocks_in_order(lengths: list[int]) -> None:
    record = PlayedRecord(0, most_blocks=1000)
    ramp = np.arange(sum(lengths), dtype=np.int16)
    for piece in np.split(ramp, np.cumsum(lengths)[:-1]):
        record.add(piece)
    blocks = sum(lengths) // 160
    got = [record.next_block(waiting_blocks=blocks - 1 - at) for at in range(blocks)]
    assert all(piece.shape == (160,) for piece in got)
    assert not blocks or np.array_equal(np.concatenate(got), ramp[: blocks * 160])
    assert record.realigned_blocks == 0


def test_a_block_is_heard_back_later_by_both_latencies() -> None:
    record = PlayedRecord(lead_blocks=3, most_blocks=100)
    got = []
    for value in range(1, 11):
        record.add(block(value))
        got.append(int(record.next_block()[0]))
    assert got == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert record.realigned_blocks == 0


def test_the_first_block_finds_the_beginning_however_long_nobody_read() -> None:
    record = PlayedRecord(0, most_blocks=100)
    for value in range(1, 41):
        record.add(block(value))
    assert record.next_block(waiting_blocks=4)[0] == 36, "five microphone blocks are there, the first is read"
    assert record.realigned_blocks == 0


def test_bursts_within_eighty_milliseconds_lose_nothing() -> None:
    record = PlayedRecord(0, most_blocks=100)
    record.add(block(1))
    assert record.next_block()[0] == 1
    for value in range(2, 2 + BEHIND_BLOCKS):
        record.add(block(value))
    assert [int(record.next_block()[0]) for _ in range(BEHIND_BLOCKS)] == list(range(2, 2 + BEHIND_BLOCKS))
    assert record.realigned_blocks == 0


def test_a_loop_that_was_busy_finds_everything_still_in_its_place() -> None:
    record = PlayedRecord(0, most_blocks=400)
    record.add(block(0))
    record.next_block()
    for value in range(1, 101):
        record.add(block(value))
    got = [int(record.next_block(waiting_blocks=99 - at)[0]) for at in range(100)]
    assert got == list(range(1, 101)) and record.realigned_blocks == 0


def test_a_loudspeaker_that_runs_ahead_is_put_right_and_counted() -> None:
    record = PlayedRecord(0, most_blocks=400)
    record.add(block(0))
    record.next_block()
    for value in range(1, 31):
        record.add(block(value))
    assert record.next_block()[0] == 30
    assert record.realigned_blocks == 29


def test_a_loudspeaker_that_lags_leaves_silence_and_is_counted() -> None:
    record = PlayedRecord(0, most_blocks=400)
    record.add(block(5))
    assert record.next_block()[0] == 5
    assert not record.next_block().any()
    assert record.realigned_blocks == 1
    record.add(block(6))
    assert record.next_block()[0] == 6, "what came late is not lost"


def test_it_never_grows_without_bound() -> None:
    record = PlayedRecord(0, most_blocks=10)
    for value in range(1000):
        record.add(block(value))
    assert record.next_block(waiting_blocks=1000)[0] == 990
