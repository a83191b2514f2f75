"""A real loudspeaker stream: what is played comes out of the device, and stops when it must."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from bench.captured import Captured, position_seconds
from bench.rig import Rig
from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import find_output, portaudio
from voicecoach.audio.live import LiveLoudspeaker, LiveSound

pytestmark = pytest.mark.rig

TONE: Pcm = (12_000 * np.sin(2 * np.pi * 500 * np.arange(48_000) / 16_000)).astype(np.int16)


def go_on(sound: LiveSound, seconds: float) -> tuple[Pcm, Pcm]:
    """Run the loop for so long: what the microphone heard, and what the loudspeaker says it played beside it."""
    heard, played = [], []
    for _ in range(round(seconds * 100)):
        block = sound.microphone.read()
        assert block is not None
        heard.append(block)
        played.append(sound.loudspeaker.played())
    return np.concatenate(heard), np.concatenate(played)


def loudness(track: Pcm) -> float:
    return float(np.sqrt(np.mean(np.square(track.astype(float)))))


def milliseconds(track: Pcm, rate_hz: int) -> list[Pcm]:
    """A track in windows of 4 ms: two periods of the tone."""
    return list(track[: len(track) // (rate_hz // 250) * (rate_hz // 250)].reshape(-1, rate_hz // 250))


def finished(loudspeaker: LiveLoudspeaker) -> None:
    while loudspeaker.playing:
        time.sleep(0.005)


def test_what_is_played_comes_out_of_the_device(sound: LiveSound, rig: Rig, speechlike: Pcm) -> None:
    capture = rig.capture()
    sound.loudspeaker.play(speechlike)
    assert sound.loudspeaker.playing
    go_on(sound, 2.3)
    assert not sound.loudspeaker.playing
    captured = capture.stop()
    (stretch,) = captured.caller_stretches()
    assert stretch.end_seconds - stretch.start_seconds == pytest.approx(2.0, abs=0.02)
    at = round(captured.played_at_seconds(speechlike) * rig.rate_hz)
    out = captured.caller[at : at + 2 * rig.rate_hz]
    assert loudness(out) == pytest.approx(loudness(speechlike), rel=0.02)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_a_device_that_lacks_sixteen_kilohertz_gets_the_line_resampled(
    rig: Rig, speechlike: Pcm, monkeypatch: pytest.MonkeyPatch, rate_hz: int
) -> None:
    sounddevice = portaudio()

    def refuse(**settings: object) -> None:  # PulseAudio takes any rate; the device of this test takes one only
        raise sounddevice.PortAudioError("Invalid sample rate")

    monkeypatch.setattr(sounddevice, "check_output_settings", refuse)
    loudspeaker = LiveLoudspeaker(replace(find_output(), rate_hz=rate_hz))
    assert loudspeaker.rate_hz == rate_hz
    capture = rig.capture()
    loudspeaker.play(speechlike)
    finished(loudspeaker)
    loudspeaker.close()
    time.sleep(0.1)
    (stretch,) = capture.stop().caller_stretches()
    assert stretch.end_seconds - stretch.start_seconds == pytest.approx(2.0, abs=0.02)


def test_closing_lets_the_last_word_out(rig: Rig) -> None:
    loudspeaker = LiveLoudspeaker()
    capture = rig.capture()
    loudspeaker.play(TONE[:8000])
    finished(loudspeaker)
    loudspeaker.close()
    loudspeaker.close()
    time.sleep(0.1)
    (stretch,) = capture.stop().caller_stretches()
    assert stretch.end_seconds - stretch.start_seconds == pytest.approx(0.5, abs=0.005)


def test_a_stop_silences_the_device_and_the_record_within_a_block(sound: LiveSound, rig: Rig) -> None:
    capture = rig.capture()
    sound.loudspeaker.play(TONE)
    go_on(sound, 0.5)
    sound.loudspeaker.stop()
    assert not sound.loudspeaker.playing
    _, after = go_on(sound, 0.5)
    (stretch,) = capture.stop().caller_stretches(0.02)
    # What had been handed to the device already (its latency and a block) still sounds; nothing is longer.
    assert stretch.end_seconds - stretch.start_seconds < 0.5 + sound.loudspeaker.latency_seconds + 0.1
    assert not after[15 * 160 :].any(), "both latencies, and the bursts of two devices"


def steps(sound: LiveSound, rig: Rig, act: Callable[[], None]) -> Captured:
    capture = rig.capture()
    sound.loudspeaker.play(TONE)
    go_on(sound, 0.5)
    act()
    go_on(sound, 0.5)
    sound.loudspeaker.stop()
    go_on(sound, 0.1)
    return capture.stop()


def test_a_stop_ends_without_a_click(sound: LiveSound, rig: Rig) -> None:
    captured = steps(sound, rig, sound.loudspeaker.stop)
    steepest = np.abs(np.diff(captured.caller.astype(int))).max()
    assert steepest < 1.5 * 12_000 * 2 * np.pi * 500 / rig.rate_hz, "no steeper than the tone itself"
    levels = [loudness(window) for window in milliseconds(captured.caller, rig.rate_hz)]
    fading = [level for level in levels if 100 < level < 0.9 * 8485]
    assert len(fading) <= 6, "at its start and at its end only"


def test_ducking_lowers_the_device_by_its_factor(sound: LiveSound, rig: Rig) -> None:
    captured = steps(sound, rig, lambda: sound.loudspeaker.set_gain(0.3))
    levels = [loudness(window) for window in milliseconds(captured.caller, rig.rate_hz)]
    full = [level for level in levels if level > 0.9 * 8485]
    ducked = [level for level in levels if 0.27 * 8485 < level < 0.33 * 8485]
    assert len(full) > 80 and len(ducked) > 80, "the better part of half a second each"


def test_what_was_played_lies_beside_what_was_heard(sound: LiveSound, rig: Rig, speechlike: Pcm) -> None:
    capture = rig.capture()
    feeder = rig.feed(speechlike)
    sound.loudspeaker.play(speechlike)
    heard, played = go_on(sound, 3.0)
    feeder.wait()
    captured = capture.stop()
    on_the_board = captured.played_at_seconds(speechlike) - captured.said_at_seconds(speechlike)
    in_the_program = position_seconds(played, 16_000, speechlike) - position_seconds(heard, 16_000, speechlike)
    assert in_the_program == pytest.approx(on_the_board, abs=0.08)


def heard_seconds(captured: Captured) -> float:
    return sum(stretch.end_seconds - stretch.start_seconds for stretch in captured.caller_stretches(0.02))


def stumble_too_often(loudspeaker: LiveLoudspeaker) -> None:
    """As if its sound had broken six times in the second that is just over."""
    for number in range(6):
        loudspeaker.stumbling.underflow(time.monotonic() - 0.6 + 0.1 * number)


def test_a_loudspeaker_that_keeps_stumbling_goes_over_to_more_latency_and_plays_on(sound: LiveSound, rig: Rig) -> None:
    loudspeaker = sound.loudspeaker
    before_seconds = loudspeaker.latency_seconds
    capture = rig.capture()
    loudspeaker.play(TONE)
    for _ in range(3):
        stumble_too_often(loudspeaker)
        go_on(sound, 1.0)
    assert loudspeaker.latency_seconds > before_seconds
    finished(loudspeaker)
    go_on(sound, 0.3)
    assert heard_seconds(capture.stop()) > 2.5, "of three seconds, most came out"


@contextmanager
def held_up(hold_seconds: float) -> Iterator[None]:
    """Ten times a second something in the program stops all of it for so long, as a large computation does."""
    over = threading.Event()
    with_all_held = ctypes.PyDLL(None).usleep  # unlike CDLL it does not let other threads go on

    def hold() -> None:
        while not over.wait(0.1 - hold_seconds):
            with_all_held(round(1e6 * hold_seconds))

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_where_the_program_is_held_up_again_and_again_the_latency_grows_until_the_sound_is_whole(
    sound: LiveSound, rig: Rig
) -> None:
    loudspeaker = sound.loudspeaker
    before_seconds = loudspeaker.latency_seconds
    with held_up(0.03):
        loudspeaker.play(TONE)
        go_on(sound, 3.0)
        assert loudspeaker.latency_seconds > before_seconds
        finished(loudspeaker)
        go_on(sound, 0.3)
        capture = rig.capture()
        loudspeaker.play(TONE)
        go_on(sound, 3.3)
        finished(loudspeaker)
        go_on(sound, 0.3)
    assert heard_seconds(capture.stop()) > 2.5, "of three seconds, most came out"
