"""How loud the room is, from levels alone."""

from __future__ import annotations

import pytest

from voicecoach.stt.room import Room, RoomJudge

VOICE_DBFS = -25.0


def room(floor_dbfs: float, voiced_blocks: int = 50) -> Room:
    """The room after so much voice, of which every third block is a strong sound."""
    judge, found = RoomJudge(), Room.QUIET
    for block in range(voiced_blocks):
        found = judge.hear(VOICE_DBFS if block % 3 == 0 else VOICE_DBFS - 8.0, floor_dbfs, voiced=True)
    return found


@pytest.mark.parametrize(
    ("floor_dbfs", "expected"),
    [(-75.0, Room.QUIET), (-59.0, Room.QUIET), (-57.0, Room.NOISY), (-48.0, Room.NOISY), (-42.0, Room.LOUD)],
)
def test_it_is_judged_by_how_far_the_voice_stands_out(floor_dbfs: float, expected: Room) -> None:
    assert room(floor_dbfs) is expected


def test_a_soft_voice_finds_a_room_loud_that_is_none_for_a_strong_one() -> None:
    soft, strong = RoomJudge(), RoomJudge()
    for _ in range(50):
        found = soft.hear(-35.0, -50.0, voiced=True), strong.hear(-25.0, -50.0, voiced=True)
    assert found == (Room.LOUD, Room.NOISY)


def test_before_anybody_spoke_a_noisy_room_is_not_called_loud() -> None:
    assert room(-40.0, voiced_blocks=10) is Room.NOISY


def test_what_is_not_voiced_says_nothing_about_the_voice() -> None:
    judge = RoomJudge()
    for _ in range(50):
        judge.hear(-25.0, -50.0, voiced=True)
    for _ in range(200):
        found = judge.hear(-48.0, -50.0, voiced=False)
    assert found is Room.NOISY
