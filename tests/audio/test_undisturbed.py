"""A stretch of the program that is not held up: how memory is looked through, and that all is as before afterwards."""

from __future__ import annotations

import gc
import sys

import pytest

from voicecoach.audio.undisturbed import SWITCH_SECONDS, undisturbed


class Circle:
    """Only the search for circles frees it."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Circle.alive += 1

    def __del__(self) -> None:
        Circle.alive -= 1


def test_what_is_there_already_is_not_looked_through_and_what_is_new_is() -> None:
    with undisturbed():
        assert gc.get_freeze_count() > 10_000, "the modules of this test run alone"
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
        Circle()
        gc.collect()
        assert Circle.alive == 0


def test_afterwards_everything_is_looked_through_again() -> None:
    before_seconds, frozen = sys.getswitchinterval(), gc.get_freeze_count()
    with pytest.raises(KeyboardInterrupt), undisturbed():
        Circle()
        assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
        raise KeyboardInterrupt
    gc.collect()
    assert Circle.alive == 0
    assert gc.get_freeze_count() == frozen == 0
    assert sys.getswitchinterval() == pytest.approx(before_seconds)
