"""What was played is put beside what was recorded, whatever the bursts of either device."""

from __future__ import annotations

import numpy as np
import pytest
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


def heard_beside(record: PlayedRecord, values: range) -> list[int]:
    """The record's block beside each microphone block, while a block of each value is played."""
    got = []
    for value in values:
        record.add(block(value))
        got.append(int(record.next_block()[0]))
    return got


def test_more_latency_in_mid_call_moves_what_is_played_from_then_on() -> None:
    record = PlayedRecord(lead_blocks=2, most_blocks=100)
    assert heard_beside(record, range(1, 5)) == [0, 0, 1, 2]
    record.sounds_later(2 * 160)
    assert heard_beside(record, range(5, 11)) == [3, 4, 0, 0, 5, 6]
    assert record.realigned_blocks == 0


def test_less_latency_in_mid_call_does_so_too_and_what_the_device_dropped_is_left_out() -> None:
    record = PlayedRecord(lead_blocks=4, most_blocks=100)
    assert heard_beside(record, range(1, 7)) == [0, 0, 0, 0, 1, 2]
    record.sounds_later(-2 * 160)
    assert heard_beside(record, range(7, 12)) == [3, 4, 7, 8, 9]
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


def test_silence_that_is_told_of_too_late_is_not_told_twice() -> None:
    record = PlayedRecord(0, most_blocks=400)
    record.add(block(5))
    assert record.next_block()[0] == 5
    assert not record.next_block().any() and not record.next_block().any()
    record.add_silence(3 * 160)
    record.add(block(6))
    assert not record.next_block().any()
    assert record.next_block()[0] == 6


def test_it_never_grows_without_bound() -> None:
    record = PlayedRecord(0, most_blocks=10)
    for value in range(1000):
        record.add(block(value))
    assert record.next_block(waiting_blocks=1000)[0] == 990


# ------------------------------------------------------------------------------------------------- clocks that differ


def misplaced_seconds(parts_per_million: float, minutes: float, *, silent_share: float = 0.5) -> tuple[float, float]:
    """Let two devices run whose clocks differ, in bursts: how far the two tracks move, and the last blocks' error.

    The loudspeaker calls for 20 ms at a time, up to 15 ms late, the microphone every 10 ms, up to 5 ms late. The
    caller speaks by halves of a second: samples of speech tell when they sounded, by their value.
    """
    random = np.random.default_rng(1)
    record = PlayedRecord(lead_blocks=4, most_blocks=400)
    rate_hz = 16_000 * (1.0 + parts_per_million / 1e6)
    handed, shift_seconds = 0, []
    for number in range(1, round(minutes * 6000) + 1):
        now_seconds = number * 0.01 + random.uniform(0.0, 0.005)
        while handed < (now_seconds - random.uniform(0.0, 0.015)) * rate_hz:
            samples = np.arange(handed, handed + 320)
            speaks = samples % 16_000 >= silent_share * 16_000
            record.add(np.where(speaks, samples % 16_000 + 1, 0).astype(np.int16))
            handed += 320
        got = record.next_block()
        if got[0]:
            sounded_seconds = (int(got[0]) - 1) / 16_000 * 16_000 / rate_hz
            heard_seconds = (number - 1) * 0.01
            period_seconds = 16_000 / rate_hz
            off = (heard_seconds - sounded_seconds) % period_seconds
            shift_seconds.append(off - period_seconds if off > period_seconds / 2 else off)
    shifts = np.array(shift_seconds)
    start = float(np.median(shifts[:500]))
    return float(np.abs(shifts[500:] - start).max()), float(np.median(shifts[-500:]) - start)


@pytest.mark.parametrize("parts_per_million", [0.0, 50.0, -50.0, 300.0, -300.0])
def test_the_tracks_never_move_apart_by_twenty_milliseconds(parts_per_million: float) -> None:
    worst_seconds, _ = misplaced_seconds(parts_per_million, minutes=10.0)
    assert worst_seconds <= 0.02


def test_a_caller_who_never_pauses_is_put_right_too() -> None:
    worst_seconds, last_seconds = misplaced_seconds(200.0, minutes=5.0, silent_share=0.0)
    assert worst_seconds <= 0.02
    assert abs(last_seconds) <= 0.015, "uncorrected it were 60 ms"


def test_clocks_that_agree_are_left_alone() -> None:
    record = PlayedRecord(lead_blocks=0, most_blocks=400)
    for value in range(3000):
        record.add(block(value % 100 + 1))
        assert record.next_block().any()
    assert record.drift_samples == 0


def test_what_is_taken_out_is_counted_by_its_sign() -> None:
    fast, slow = PlayedRecord(0, 400), PlayedRecord(0, 400)
    for _ in range(3000):
        fast.add(block(0, 161))
        slow.add(block(0, 159))
        fast.next_block()
        slow.next_block()
    assert fast.drift_samples > 2000
    assert slow.drift_samples + 160 * -slow.realigned_blocks < -2000


@pytest.mark.parametrize("extra_blocks", [3, 12])
def test_after_a_stumble_the_tracks_are_where_they_were(extra_blocks: int) -> None:
    """A loudspeaker that underran asks for more at once than ever sounds; every block tells when it was handed over."""
    record, late_blocks = PlayedRecord(lead_blocks=4, most_blocks=400), []
    for number in range(12_000):
        if number % 4 == 0:  # in bursts of 40 ms
            for _ in range(4 + (extra_blocks if number in (3_000, 5_000, 7_000) else 0)):
                record.add(block(number + 1))
        late_blocks.append(number - int(record.next_block()[0]))
    before, after = (float(np.mean(late_blocks[at : at + 400])) for at in (2_000, 11_000))
    assert after == pytest.approx(before, abs=1.0), "blocks of 10 ms"


def late_by_blocks(record: PlayedRecord, blocks: range, *, first_lost: int, lost: int) -> list[float]:
    """Devices of 10 ms, the loudspeaker's in bursts of 20: how late the record has what sounds beside each block.

    From ``first_lost`` on the program is held up for so many blocks, which the device makes up for by silence; each
    block tells by its value when it sounds.
    """
    late = []
    for number in blocks:
        if number == first_lost + lost:
            record.stumbled()
        if number % 2 == 0 and not first_lost <= number < first_lost + lost:
            for sounds_at in (number, number + 1):
                record.add(block(sounds_at + 1))
        got = int(record.next_block()[0])
        late.append(number - got if got else np.nan)
    return late


@pytest.mark.parametrize("first_lost", [90, 3_000])
def test_half_a_second_after_a_stumble_the_record_is_right_again(first_lost: int) -> None:
    record = PlayedRecord(lead_blocks=4, most_blocks=400)
    late = late_by_blocks(record, range(4_000), first_lost=first_lost, lost=2)
    before = np.nanmean(late[20:first_lost])
    assert np.nanmean(late[first_lost + 10 : first_lost + 40]) == pytest.approx(before - 2.0, abs=0.1)
    assert np.nanmean(late[first_lost + 70 : first_lost + 170]) == pytest.approx(before, abs=0.5)
    assert np.nanmean(late[-500:]) == pytest.approx(before, abs=0.5)
