"""What the loudspeaker of a call does when it stumbles, on a device and a clock that are moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from voicecoach.audio import live_loudspeaker
from voicecoach.audio.base import Pcm
from voicecoach.audio.devices import Device
from voicecoach.audio.live_loudspeaker import LiveLoudspeaker
from voicecoach.audio.stumbling import CALM_SECONDS

DEVICE = Device(0, "speaker", "ALSA", 0, 1, 16_000, frozenset({"output"}))
LINE: Pcm = np.arange(1, 16_001, dtype=np.int16)


class Hardware:
    """A device that asks for 10 ms every 10 ms, behind whatever latency its stream was opened with, and its clock.

    ``sounded`` is what came out of it, so far; what a stream still held when it was closed is lost.
    """

    def __init__(self) -> None:
        self.now_seconds = 100.0
        self.opened: list[float] = []
        self.sounded: Pcm = np.zeros(0, dtype=np.int16)
        self._held: Pcm = np.zeros(0, dtype=np.int16)
        self._full = 0
        self._callback: Callable[..., None] | None = None

    def open(
        self, _device: Device, _direction: str, _rate_hz: int, callback: Callable[..., None], **settings: float
    ) -> SimpleNamespace:
        self._callback = callback
        latency_seconds = settings["latency_seconds"]
        self.opened.append(latency_seconds)
        self._full = round(latency_seconds * 16_000)
        self._held = np.zeros(self._full, dtype=np.int16)
        return SimpleNamespace(latency=latency_seconds, active=True, closed=False, abort=lambda: None, close=self.close)

    def close(self) -> None:
        self._callback = None

    def monotonic(self) -> float:
        return self.now_seconds

    def sleep(self, seconds: float) -> None:
        for _ in range(round(seconds * 100)):
            self.block()

    def block(self, flags: bool = False) -> None:
        """Ten milliseconds pass."""
        self.now_seconds += 0.01
        self._held = np.concatenate((self._held, self._asked(160, flags)))
        self.sounded = np.concatenate((self.sounded, self._held[:160]))
        self._held = self._held[160:]

    def not_asked(self, blocks: int) -> None:
        """So long it lives on what it holds."""
        self.now_seconds += 0.01 * blocks
        self.sounded = np.concatenate((self.sounded, self._held[: 160 * blocks]))
        self.sounded = np.concatenate((self.sounded, np.zeros(max(0, 160 * blocks - len(self._held)), dtype=np.int16)))
        self._held = self._held[160 * blocks :]

    def late(self, blocks: int) -> None:
        """Nobody is asked for so long, and then for all of it at once; a system's own buffer lasted."""
        self.now_seconds += 0.01 * blocks
        asked = [self._asked(160, False) for _ in range(blocks)]
        self._held = np.concatenate((self._held, *asked))
        self.sounded = np.concatenate((self.sounded, self._held[: 160 * blocks]))
        self._held = self._held[160 * blocks :]

    def hold_up(self, blocks: int, storm: int = 10) -> None:
        """The program stops for so long, and the device runs dry.

        It then asks for a ``storm`` of pieces at once, which it drops, and for what fills it again; so does ALSA. The
        first of them does not tell yet.
        """
        self.not_asked(blocks)
        for number in range(storm):
            self._asked(80, flags=number % 2 == 1)
        self._held = np.concatenate([self._asked(80, False) for _ in range(self._full // 80)])

    def _asked(self, frames: int, flags: bool) -> Pcm:
        wanted = bytearray(2 * frames)
        if self._callback is not None:
            self._callback(memoryview(wanted), frames, None, flags)
        return np.frombuffer(bytes(wanted), dtype=np.int16)


class Call:
    """The loudspeaker beside a microphone without latency, in a loop that reads every block."""

    def __init__(self, hardware: Hardware) -> None:
        self.hardware = hardware
        self._microphone = SimpleNamespace(latency_seconds=0.0, waiting_blocks=0)
        self.loudspeaker = LiveLoudspeaker(DEVICE, self._microphone)  # type: ignore[arg-type]
        self.record: list[Pcm] = []
        self._began_samples = len(hardware.sounded)

    def go_on(self, seconds: float, stumbles_every_seconds: float | None = None) -> None:
        for number in range(round(seconds * 100)):
            stumbles = stumbles_every_seconds is not None and number % round(100 * stumbles_every_seconds) == 0
            self.hardware.block(flags=stumbles)
            self._read()

    def hold_up(self, blocks: int) -> None:
        """The microphone goes on meanwhile, and is read to the end afterwards."""
        self.hardware.hold_up(blocks)
        self.catch_up(blocks)

    def catch_up(self, blocks: int) -> None:
        """Read so many blocks at once."""
        for waiting in reversed(range(blocks)):
            self._microphone.waiting_blocks = waiting
            self._read()

    def _read(self) -> None:
        self.loudspeaker.check()
        self.record.append(self.loudspeaker.played())

    def tracks(self) -> tuple[Pcm, Pcm]:
        """What the record says, and what came out."""
        return np.concatenate(self.record), self.hardware.sounded[self._began_samples :]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    hardware = Hardware()
    monkeypatch.setattr(live_loudspeaker, "open_stream", hardware.open)
    monkeypatch.setattr(live_loudspeaker, "rate_hz_for", lambda device, direction: 16_000)
    monkeypatch.setattr(live_loudspeaker, "is_active", lambda stream: stream.active)
    monkeypatch.setattr(live_loudspeaker, "close_stream", lambda stream: stream.close())
    monkeypatch.setattr(live_loudspeaker, "time", hardware)
    return Call(hardware)


def begins_at(track: Pcm) -> int:
    return int(np.flatnonzero(track)[0])


def ends_at(track: Pcm) -> int:
    return int(np.flatnonzero(track)[-1])


def test_a_device_that_does_not_stumble_keeps_the_shortest_latency(call: Call) -> None:
    call.loudspeaker.play(LINE)
    call.go_on(30.0, stumbles_every_seconds=2.0)
    assert call.hardware.opened == [0.02]


def test_a_stream_is_given_silence_until_it_has_settled_and_loses_nothing_of_the_line(call: Call) -> None:
    call.loudspeaker.play(LINE)
    call.go_on(0.2)
    before = call.hardware.sounded[-1]
    call.go_on(0.6, stumbles_every_seconds=0.1)
    call.go_on(2.0)
    _, sounded = call.tracks()
    assert len(call.hardware.opened) == 2
    assert np.count_nonzero(sounded) >= len(LINE) - 0.03 * 16_000, "but for what the old stream still held"
    assert 0 < before < sounded.max() == LINE[-1]


def test_the_record_stays_beside_the_microphone_when_the_latency_changes(call: Call) -> None:
    for _ in range(4):
        call.go_on(0.8, stumbles_every_seconds=0.1)
    assert call.loudspeaker.latency_seconds == 0.08
    call.go_on(8.0)
    call.loudspeaker.play(LINE)
    call.go_on(1.5)
    record, sounded = call.tracks()
    assert begins_at(record) == pytest.approx(begins_at(sounded), abs=80)


def test_after_a_calm_while_it_is_less_again_but_never_in_the_midst_of_a_line(call: Call) -> None:
    call.go_on(0.8, stumbles_every_seconds=0.1)
    call.go_on(0.8, stumbles_every_seconds=0.1)
    assert call.hardware.opened == [0.02, 0.02, 0.03]
    call.loudspeaker.play(np.tile(LINE, 15))
    call.go_on(CALM_SECONDS + 2.0)
    assert call.loudspeaker.playing and len(call.hardware.opened) == 3
    call.go_on(5.0)
    assert call.hardware.opened == [0.02, 0.02, 0.03, 0.02]
    call.loudspeaker.play(LINE)
    call.go_on(1.5)
    record, sounded = (track[-24_000:] for track in call.tracks())
    assert begins_at(record) == pytest.approx(begins_at(sounded), abs=80)


def test_there_is_an_end_to_it(call: Call) -> None:
    call.go_on(10.0, stumbles_every_seconds=0.1)
    assert call.hardware.opened[-1] == max(call.hardware.opened) == 0.08
    assert len(call.hardware.opened) == 5


def with_a_line_disturbed(call: Call, disturb: Callable[[], None]) -> tuple[Pcm, Pcm]:
    """The tracks of a call in which something happens 0.4 s into the line."""
    call.go_on(3.0)
    call.loudspeaker.play(LINE)
    call.go_on(0.4)
    disturb()
    call.go_on(1.5)
    return call.tracks()


def test_a_program_that_was_held_up_loses_five_milliseconds_and_the_record_is_where_it_was(call: Call) -> None:
    record, sounded = with_a_line_disturbed(call, lambda: call.hold_up(6))
    heard = sounded[sounded > 0]
    assert len(heard) == len(LINE) - 80, "what was handed over before the device told that it had run dry"
    assert np.array_equal(heard, np.unique(heard)), "the rest came in order"
    assert begins_at(record) == pytest.approx(begins_at(sounded), abs=80)
    assert ends_at(record) == pytest.approx(ends_at(sounded), abs=80)


def test_delays_that_only_together_are_too_long_leave_the_record_where_it_was(call: Call) -> None:
    def delays() -> None:
        call.hardware.not_asked(1)
        call.catch_up(1)
        call.go_on(0.05)
        call.hold_up(4)

    record, sounded = with_a_line_disturbed(call, delays)
    assert begins_at(record) == pytest.approx(begins_at(sounded), abs=80)
    assert ends_at(record) == pytest.approx(ends_at(sounded), abs=80)


def test_a_callback_that_comes_late_to_a_device_that_has_enough_changes_nothing(call: Call) -> None:
    def late() -> None:
        call.hardware.late(3)
        call.catch_up(3)

    record, sounded = with_a_line_disturbed(call, late)
    assert np.array_equal(sounded[sounded > 0], LINE)
    assert ends_at(record) == pytest.approx(ends_at(sounded), abs=80)


def test_a_storm_of_underflows_that_lasts_does_not_keep_the_line_from_its_end(call: Call) -> None:
    call.loudspeaker.play(LINE)
    call.go_on(3.0, stumbles_every_seconds=0.01)
    assert not call.loudspeaker.playing
