"""The rig measures what it says: the error of the method itself."""

from __future__ import annotations

import numpy as np
import pytest

from bench.captured import Captured, Stretch
from bench.rig import Rig
from voicecoach.audio.base import Pcm

pytestmark = pytest.mark.rig


def test_what_goes_into_both_channels_at_once_is_captured_at_the_same_time(rig: Rig, speechlike: Pcm) -> None:
    capture = rig.capture()
    rig.feed(np.column_stack((speechlike, speechlike)), sink="board").wait()
    captured = capture.stop()
    assert captured.said_at_seconds(speechlike) == pytest.approx(captured.played_at_seconds(speechlike), abs=0.0005)


def test_the_microphone_and_the_loudspeaker_do_not_leak_into_each_other(rig: Rig, speechlike: Pcm) -> None:
    capture = rig.capture()
    rig.feed(speechlike).wait()
    captured = capture.stop()
    assert captured.trainee_stretches() and not captured.caller.any()
    capture = rig.capture()
    rig.feed(speechlike, sink="speaker").wait()
    captured = capture.stop()
    assert captured.caller_stretches() and not captured.trainee.any()


def test_a_feed_arrives_whole(rig: Rig, speechlike: Pcm) -> None:
    capture = rig.capture()
    rig.feed(speechlike).wait()
    (stretch,) = capture.stop().trainee_stretches()
    assert stretch.end_seconds - stretch.start_seconds == pytest.approx(2.0, abs=0.02)


def test_stretches_and_answers_are_read_off_a_recording() -> None:
    loud, silent = np.full(16_000, 10_000, dtype=np.int16), np.zeros(16_000, dtype=np.int16)
    captured = Captured(
        trainee=np.concatenate((silent, loud, silent, silent)),
        caller=np.concatenate((silent, silent, silent[:4800], loud, silent[4800:])),
        rate_hz=16_000,
    )
    assert captured.trainee_stretches() == [Stretch(1.0, 2.0)]
    assert captured.answer_after_seconds(2.0) == pytest.approx(0.3)
    assert captured.answer_after_seconds(3.5) is None
    assert captured.seconds == 4.0
