"""What the echo test found is kept for each pair of devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.audio.echo_finding import NO_ECHO, Echo
from voicecoach.audio.echo_memory import FILE_NAME, MOST_PAIRS, recall, remember
from voicecoach.errors import StorageError


def test_each_pair_has_its_own(tmp_path: Path) -> None:
    remember(tmp_path, "desk", "boxes", Echo(0.08, -12.0))
    remember(tmp_path, "headset", "headset", NO_ECHO)
    assert recall(tmp_path, "desk", "boxes") == Echo(0.08, -12.0)
    headset = recall(tmp_path, "headset", "headset")
    assert headset is not None and not headset.audible
    assert recall(tmp_path, "desk", "headset") is None


def test_the_latest_counts(tmp_path: Path) -> None:
    remember(tmp_path, "desk", "boxes", Echo(0.08, -12.0))
    remember(tmp_path, "desk", "boxes", Echo(0.02, -50.0))
    assert recall(tmp_path, "desk", "boxes") == Echo(0.02, -50.0)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"desk | boxes": 3}', '{"desk | boxes": {"delay_ms": "x"}}'])
def test_a_file_that_is_not_ours_is_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    assert recall(tmp_path, "desk", "boxes") is None
    remember(tmp_path, "desk", "boxes", Echo(0.08, -12.0))
    assert recall(tmp_path, "desk", "boxes") == Echo(0.08, -12.0)


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    for number in range(MOST_PAIRS + 5):
        remember(tmp_path, f"mic {number}", "boxes", Echo(0.08, -12.0))
    assert recall(tmp_path, "mic 0", "boxes") is None
    assert recall(tmp_path, f"mic {MOST_PAIRS + 4}", "boxes") is not None


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StorageError, match="cannot be kept"):
        remember(tmp_path, "desk", "boxes", NO_ECHO)
