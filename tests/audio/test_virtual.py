"""The microphone and the loudspeaker without devices."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.base import Pcm
from voicecoach.audio.playback import Playback
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone

LOUD: Pcm = np.full(1600, 10_000, dtype=np.int16)


def heard(loudspeaker: RecordedLoudspeaker, blocks: int) -> Pcm:
    return np.concatenate([loudspeaker.played() for _ in range(blocks)])


def read_to_the_end(microphone: ScriptedMicrophone) -> list[Pcm]:
    blocks = []
    while (block := microphone.read()) is not None:
        blocks.append(block)
    return blocks


def read(microphone: ScriptedMicrophone, blocks: int) -> Pcm:
    got = [microphone.read() for _ in range(blocks)]
    return np.concatenate([block for block in got if block is not None])


# ------------------------------------------------------------------------------------------------- the microphone


@given(st.lists(st.integers(0, 700), max_size=6))
def test_what_is_said_is_heard_whole_and_in_order(lengths: list[int]) -> None:
    microphone = ScriptedMicrophone()
    said = [np.arange(1, length + 1, dtype=np.int16) for length in lengths]
    for pcm in said:
        microphone.say(pcm)
    microphone.end()
    blocks = read_to_the_end(microphone)
    assert all(block.shape == (160,) for block in blocks)
    everything = np.concatenate([*said, np.zeros(0, dtype=np.int16)])
    got = np.concatenate([*blocks, np.zeros(0, dtype=np.int16)])
    assert len(got) - len(everything) < 160
    assert np.array_equal(got[: len(everything)], everything) and not got[len(everything) :].any()


def test_nobody_speaks_until_the_driver_does() -> None:
    microphone = ScriptedMicrophone()
    assert not read(microphone, 50).any()
    microphone.say(LOUD)
    assert microphone.waiting_seconds == 0.1
    assert read(microphone, 1).all()


def test_a_pause_lies_between_what_is_said() -> None:
    microphone = ScriptedMicrophone()
    microphone.say(LOUD)
    microphone.silence(0.05)
    microphone.say(LOUD)
    microphone.end()
    got = np.concatenate(read_to_the_end(microphone))
    assert len(got) == 1600 + 800 + 1600
    assert not got[1600:2400].any() and got[:1600].all() and got[2400:].all()


def test_breaking_off() -> None:
    microphone = ScriptedMicrophone()
    microphone.say(LOUD)
    microphone.read()
    microphone.hush()
    assert not read(microphone, 1).any()


def test_the_noise_has_its_level_and_is_the_same_each_time() -> None:
    def second(seed: int) -> Pcm:
        microphone = ScriptedMicrophone(noise_dbfs=-50.0, seed=seed)
        return read(microphone, 100)

    level_dbfs = 20 * np.log10(np.sqrt(np.mean((second(1) / 32768.0) ** 2)))
    assert abs(level_dbfs + 50.0) < 0.5
    assert np.array_equal(second(1), second(1)) and not np.array_equal(second(1), second(2))


def test_loud_speech_over_noise_is_clipped_not_wrapped() -> None:
    microphone = ScriptedMicrophone(noise_dbfs=-30.0)
    microphone.say(np.full(1600, 32767, dtype=np.int16))
    assert read(microphone, 10).min() > 20_000


# ------------------------------------------------------------------------------------------------ the loudspeaker


def test_what_is_played_comes_out_to_the_sample_and_then_zeros() -> None:
    loudspeaker = RecordedLoudspeaker()
    assert not loudspeaker.playing and not loudspeaker.played().any()
    line = np.random.default_rng(1).integers(-20_000, 20_000, 1000).astype(np.int16)
    loudspeaker.play(line)
    assert loudspeaker.playing
    got = heard(loudspeaker, 6)
    assert loudspeaker.playing, "40 samples are left"
    got = np.concatenate([got, loudspeaker.played()])
    assert not loudspeaker.playing
    assert np.array_equal(got[:1000], line) and not got[1000:].any()


def test_a_stop_is_silence_within_the_next_block_without_a_click() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.play(LOUD)
    heard(loudspeaker, 3)
    loudspeaker.stop()
    assert not loudspeaker.playing
    block = loudspeaker.played()
    assert 48 <= np.count_nonzero(block) <= 80, "a fade of 3 to 5 ms"
    assert np.abs(np.diff(np.concatenate(([10_000], block)))).max() < 500, "no jump"
    assert not heard(loudspeaker, 5).any()


def test_stopping_twice_and_before_anything_was_played_is_harmless() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.stop()
    loudspeaker.stop()
    assert not heard(loudspeaker, 2).any()


def test_the_gain_ramps_within_one_block_and_stays() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.play(LOUD)
    heard(loudspeaker, 1)
    loudspeaker.set_gain(0.25)
    ramp = loudspeaker.played()
    assert np.abs(np.diff(np.concatenate(([10_000], ramp)))).max() < 200
    assert np.all(loudspeaker.played() == 2500)
    loudspeaker.set_gain(1.0)
    loudspeaker.played()
    assert np.all(loudspeaker.played() == 10_000)


def test_the_gain_of_a_ducked_line_holds_for_the_next_one() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.set_gain(0.5)
    heard(loudspeaker, 1)
    loudspeaker.play(LOUD)
    assert np.all(loudspeaker.played() == 5000)


def test_a_new_line_takes_the_place_of_the_old_one_without_a_click() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.play(LOUD)
    heard(loudspeaker, 2)
    loudspeaker.play(np.full(160, -100, dtype=np.int16))
    block = loudspeaker.played()
    assert np.abs(np.diff(np.concatenate(([10_000], block)))).max() < 500
    assert np.all(block[80:] == -100)
    assert not heard(loudspeaker, 3).any()


def test_two_full_scale_sounds_over_each_other_do_not_wrap() -> None:
    loudspeaker = RecordedLoudspeaker()
    loudspeaker.play(np.full(1600, 32767, dtype=np.int16))
    loudspeaker.played()
    loudspeaker.play(np.full(1600, 32767, dtype=np.int16))
    assert loudspeaker.played().min() > 0


# ------------------------------------------------------------------------ the same for a device at its own rate


@given(rate_hz=st.sampled_from([8_000, 22_050, 44_100, 48_000]), pieces=st.lists(st.integers(1, 1000), max_size=20))
def test_the_twin_at_sixteen_kilohertz_never_drifts(rate_hz: int, pieces: list[int]) -> None:
    playback = Playback(rate_hz)
    device = [playback.take(samples) for samples in pieces]
    assert [len(piece) for piece, _ in device] == pieces
    assert abs(sum(len(twin) for _, twin in device) - sum(pieces) * 16_000 / rate_hz) <= 1


def test_the_twin_says_what_the_device_got() -> None:
    playback = Playback(48_000)
    playback.play(LOUD, np.full(4800, 10_000, dtype=np.int16))
    assert [len(piece) for piece in playback.take(480)] == [480, 160]
    playback.set_gain(0.5)
    playback.take(480)
    device, twin = playback.take(480)
    assert np.all(device == 5000) and np.all(twin == 5000)
    playback.stop()
    device, twin = playback.take(480)
    assert np.count_nonzero(device) / 48_000 < 0.005 and np.count_nonzero(twin) / 16_000 < 0.005
    assert not playback.playing
