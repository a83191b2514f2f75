"""Which blocks hold a voice: with numbers for the states, with sound for the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.stt.ears import blocks_of
from voicecoach.stt.vad import SILENCE_DBFS, Debouncer, NoiseFloor, VoiceActivity, level_dbfs

Noise = Callable[[float, float], Pcm]
Clip = Callable[[str], Pcm]
Silence = Callable[[float], Pcm]
CLIPS = ("LJ001-0006.wav", "leopard_quilter.wav", "speechbrain_spk2_snt4.wav", "forever_input_2_16k.wav")


def voiced_share(pcm: Pcm, activity: VoiceActivity | None = None) -> float:
    activity = activity or VoiceActivity()
    judged = [activity.hear(block).voiced for block in blocks_of(pcm)]
    return sum(judged) / len(judged)


def at_level(pcm: Pcm, dbfs: float) -> Pcm:
    gain = 10 ** ((dbfs - level_dbfs(pcm)) / 20)
    louder: Pcm = np.clip(pcm * gain, -32768, 32767).astype(np.int16)
    return louder


def block_of(dbfs: float) -> Pcm:
    """A block that alternates around zero at this level."""
    amplitude = round(32768 * 10 ** (dbfs / 20))
    return np.tile(np.array([amplitude, -amplitude], dtype=np.int16), 80)


def test_level_is_rms_against_full_scale() -> None:
    assert level_dbfs(block_of(-20.0)) == pytest.approx(-20.0, abs=0.1)
    assert level_dbfs(np.zeros(160, dtype=np.int16)) == SILENCE_DBFS
    assert level_dbfs(np.zeros(0, dtype=np.int16)) == SILENCE_DBFS


def test_a_constant_offset_of_the_converter_is_no_sound() -> None:
    assert level_dbfs(np.full(160, 3000, dtype=np.int16)) == SILENCE_DBFS


def test_the_floor_falls_at_once() -> None:
    floor = NoiseFloor()
    for level in [-30.0] * 100 + [-70.0] * 20:
        floor.observe(level)
    assert floor.dbfs == pytest.approx(-69.0, abs=0.1)


def test_speech_does_not_lift_the_floor_and_a_louder_room_does() -> None:
    floor = NoiseFloor()
    syllables = ([-20.0] * 20 + [-60.0] * 6) * 20
    assert [floor.observe(level) for level in syllables][-1] < -50.0
    assert [floor.observe(-40.0) for _ in range(400)][-1] == pytest.approx(-39.0, abs=0.1)


def test_the_debouncer_keeps_clicks_out_and_lets_voices_through() -> None:
    def debounced(pattern: str) -> str:
        debouncer = Debouncer()
        return "".join("x" if debouncer.follow(block == "x") else "." for block in pattern)

    assert debounced("..xxxx........") == ".............."
    assert debounced("..xxxxxxx.....") == "......xxx....."
    assert debounced("..xxxx.xx.....") == ".......xx....."
    assert debounced("xxxxxxxx...x..") == "....xxxx...x..", "a short gap in a word is followed at once"
    assert debounced("xxxxxxxx............x....") == "....xxxx.................", "after a pause it begins anew"


def test_what_is_not_above_the_noise_is_no_voice_however_like_speech() -> None:
    activity = VoiceActivity(speech_like=lambda block: True)
    assert voiced_share(np.concatenate([block_of(-40.0)] * 200), activity) == 0.0
    louder = [activity.hear(block_of(-25.0)).voiced for _ in range(20)]
    assert louder[-1]


def test_the_caller_in_the_headset_is_not_the_trainee() -> None:
    def judged(level: float, caller_speaking: bool) -> bool:
        activity = VoiceActivity(speech_like=lambda block: True, speech_dbfs=-20.0)
        for _ in range(100):
            activity.hear(block_of(-60.0))
        return [activity.hear(block_of(level), caller_speaking).voiced for _ in range(20)][-1]

    assert judged(-48.0, caller_speaking=False), "a soft voice counts while the caller is silent"
    assert not judged(-48.0, caller_speaking=True), "while the caller speaks, what is so soft leaked from the headset"
    assert judged(-28.0, caller_speaking=True), "and the trainee's own voice still counts"


@pytest.mark.parametrize("dbfs", [-70.0, -50.0, -30.0])
def test_steady_noise_is_no_voice(noise: Noise, dbfs: float) -> None:
    assert voiced_share(noise(5.0, dbfs)) == 0.0


def test_digital_silence_is_no_voice(silence: Silence) -> None:
    assert voiced_share(silence(5.0)) == 0.0


def test_mains_hum_is_no_voice(noise: Noise) -> None:
    time = np.arange(5 * 16_000) / 16_000
    hum = 1000 * np.sin(2 * np.pi * 50 * time) + 300 * np.sin(2 * np.pi * 150 * time) + noise(5.0, -60.0)
    assert voiced_share(hum.astype(np.int16)) == 0.0


def test_clicks_are_no_voice(noise: Noise) -> None:
    sound = noise(6.0, -65.0).astype(np.float64)
    click = np.random.default_rng(1).normal(0.0, 8000.0, 320) * np.exp(-np.arange(320) / 100)
    for start in range(16_000, 90_000, 9_000):
        sound[start : start + 320] += click
    assert voiced_share(np.clip(sound, -32768, 32767).astype(np.int16)) == 0.0


def test_a_synthetic_voice_is_heard(speak: Callable[[str], Pcm], silence: Silence) -> None:
    sound = speak("could you tell me your account number please")
    heard = VoiceActivity()
    assert voiced_share(np.concatenate([silence(1.0), sound]), heard) * (len(sound) + 16_000) / len(sound) > 0.7


@pytest.mark.parametrize("dbfs", [-5.0, -15.0, -25.0, -35.0, -45.0])
@pytest.mark.parametrize("name", CLIPS)
def test_a_person_is_heard_at_any_level(clip: Clip, silence: Silence, name: str, dbfs: float) -> None:
    sound = at_level(clip(name), dbfs)
    activity = VoiceActivity()
    before = [activity.hear(block).voiced for block in blocks_of(silence(0.5))]
    during = [activity.hear(block).voiced for block in blocks_of(sound)]
    after = [activity.hear(block).voiced for block in blocks_of(silence(1.0))]
    assert not any(before)
    assert sum(during) / len(during) > 0.5
    assert not any(after[15:]), "the end is noticed within 150 ms"


def test_a_person_is_heard_in_a_noisy_room(clip: Clip, noise: Noise) -> None:
    speech = at_level(clip("LJ001-0006.wav"), -25.0)
    room = noise(1.0 + len(speech) / 16_000, -50.0).astype(np.int32)
    room[16_000 : 16_000 + len(speech)] += speech
    activity = VoiceActivity()
    voiced = [activity.hear(block).voiced for block in blocks_of(np.clip(room, -32768, 32767).astype(np.int16))]
    assert not any(voiced[:100])
    assert sum(voiced[100:]) / len(voiced[100:]) > 0.5


def test_in_a_noisy_room_only_what_is_surely_speech_is_a_voice() -> None:
    def voiced_after(room_dbfs: float, surely_speech: bool) -> bool:
        activity = VoiceActivity(speech_like=lambda block: True)
        for _ in range(100):
            activity.hear(block_of(room_dbfs))
        return [activity.hear(block_of(-20.0), surely_speech=surely_speech).voiced for _ in range(20)][-1]

    assert voiced_after(-45.0, surely_speech=True)
    assert not voiced_after(-45.0, surely_speech=False), "a door, a key, a chair"
    assert voiced_after(-75.0, surely_speech=False), "in a quiet room a whisper is a voice"
