"""On loudspeakers: the caller's own voice comes back into the microphone and is never taken for the trainee's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from bench.echo_path import EchoingRoom, impulse_response
from bench.self_trigger import caller_speaks
from tests.needs import need
from voicecoach.audio.base import Pcm
from voicecoach.audio.canceller import EchoCanceller, can_cancel
from voicecoach.audio.echo import HalfDuplexGate
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, VoiceSpec

BARE = impulse_response(0.08, -12.0)
LIVING_ROOM = impulse_response(0.08, -12.0, reverberation_seconds=0.4)
SILENCE: Pcm = np.zeros(BLOCK_SAMPLES, dtype=np.int16)
LOUD: Pcm = np.tile(np.array([9000, -9000], dtype=np.int16), BLOCK_SAMPLES // 2)


@pytest.fixture(scope="module")
def voice() -> Iterator[Pyttsx3Voice]:
    with closing(Pyttsx3Voice()) as spoken:
        yield spoken


@pytest.fixture
def canceller() -> EchoCanceller:
    need(can_cancel(), "no echo cancellation without the extra [echo]")
    return EchoCanceller()


def interruption(voice: Pyttsx3Voice) -> Pcm:
    return voice.render("Please, let me look at that for you.", VoiceSpec(name="en-gb+m3", telephone=False), 0.0)


# ------------------------------------------------------------------------------------------------------------ the gate


def test_the_gate_is_closed_from_the_beginning_of_a_line_until_its_echo_has_died_away() -> None:
    gate = HalfDuplexGate(delay_seconds=0.08)
    for _ in range(50):
        gate.clean(SILENCE, SILENCE, False)
    assert not gate.clean(LOUD, SILENCE, True).any(), "the line has begun, though nothing of it sounded yet"
    assert not gate.clean(LOUD, LOUD, True).any()
    closed = 0
    while not gate.clean(LOUD, SILENCE, False).any():
        closed += 1
    assert closed * BLOCK_SECONDS == pytest.approx(0.08 + 0.08 + 0.1, abs=0.02)
    assert np.array_equal(gate.clean(LOUD, SILENCE, False), LOUD)


def test_a_closed_gate_sounds_like_the_quiet_room() -> None:
    random = np.random.default_rng(5)
    gate = HalfDuplexGate()
    for _ in range(200):
        gate.clean(random.normal(0, 40, BLOCK_SAMPLES).astype(np.int16), SILENCE, False)
    closed = np.concatenate([gate.clean(LOUD, LOUD, True) for _ in range(50)])
    assert np.std(closed) == pytest.approx(40, rel=0.15)


def test_the_line_itself_may_pause_without_opening_the_gate() -> None:
    gate = HalfDuplexGate()
    assert all(not gate.clean(LOUD, SILENCE, True).any() for _ in range(200))


# --------------------------------------------------------------------------------------------------- ten minutes of it


def test_without_a_guard_the_ears_hear_the_caller(voice: Pyttsx3Voice) -> None:
    counted = caller_speaks(voice, EchoingRoom(BARE), None, minutes=1.0)
    assert counted.triggers > 5, "or the two tests below prove nothing"


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_half_duplex_never_triggers_itself_in_ten_minutes(voice: Pyttsx3Voice) -> None:
    counted = caller_speaks(voice, EchoingRoom(BARE), HalfDuplexGate(0.08), minutes=10.0)
    assert counted.caller_seconds > 400
    assert counted.triggers == 0


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_with_cancellation_it_never_triggers_itself_in_ten_minutes(
    voice: Pyttsx3Voice, canceller: EchoCanceller
) -> None:
    counted = caller_speaks(voice, EchoingRoom(BARE), canceller, minutes=10.0)
    assert counted.caller_seconds > 400
    assert counted.triggers == 0
    assert counted.echo_reduction_db > 30


def test_a_room_that_reverberates_triggers_neither(voice: Pyttsx3Voice, canceller: EchoCanceller) -> None:
    for guard in (HalfDuplexGate(0.08), canceller):
        assert caller_speaks(voice, EchoingRoom(LIVING_ROOM), guard, minutes=1.5).triggers == 0


# --------------------------------------------------------------------------------------------------------- double talk


def test_half_duplex_hears_no_interruption_but_the_turn_after_the_line(voice: Pyttsx3Voice) -> None:
    counted = caller_speaks(voice, EchoingRoom(BARE), HalfDuplexGate(0.08), 1.0, interruption(voice))
    assert counted.interruptions > 5
    assert counted.interruptions_heard == 0


def test_half_duplex_hears_the_answer_after_the_line(voice: Pyttsx3Voice) -> None:
    room, gate, heard = EchoingRoom(BARE), HalfDuplexGate(0.08), 0.0
    room.loudspeaker.play(np.tile(LOUD, 50))
    for number in range(200):
        if number == 80:
            room.trainee.say(interruption(voice))
        block = room.microphone.read()
        assert block is not None
        cleaned = gate.clean(block, room.loudspeaker.played(), room.loudspeaker.playing)
        heard = max(heard, float(np.abs(cleaned).max()))
    assert heard > 2000


@pytest.mark.parametrize(("response", "least_share"), [(BARE, 0.95), (LIVING_ROOM, 0.85)], ids=["bare", "living room"])
def test_with_cancellation_the_trainee_can_interrupt(
    voice: Pyttsx3Voice, canceller: EchoCanceller, response: np.ndarray, least_share: float
) -> None:
    counted = caller_speaks(voice, EchoingRoom(response), canceller, 1.2, interruption(voice))
    assert counted.interruptions >= 10
    assert counted.interruptions_heard / counted.interruptions >= least_share
    assert counted.triggers == 0


def test_until_the_canceller_has_learnt_it_is_half_duplex(canceller: EchoCanceller) -> None:
    blocks = 0
    random = np.random.default_rng(2)
    while not canceller.has_learnt:
        played = (3000 * random.standard_normal(BLOCK_SAMPLES)).clip(-30000, 30000).astype(np.int16)
        assert not canceller.clean(LOUD, played, True).any() or canceller.has_learnt
        blocks += 1
    assert blocks * BLOCK_SECONDS == pytest.approx(4.0, abs=0.02)


def test_an_echo_whose_delay_jumps_is_not_taken_for_the_trainee(voice: Pyttsx3Voice, canceller: EchoCanceller) -> None:
    caller_speaks(voice, EchoingRoom(BARE), canceller, minutes=0.5)
    assert canceller.has_learnt
    for delay_seconds in (0.2, 0.05, 0.15):
        room = EchoingRoom(impulse_response(delay_seconds, -12.0))
        assert caller_speaks(voice, room, canceller, minutes=0.25).triggers == 0


def test_an_echo_whose_delay_jumps_in_mid_line_is_none_either(voice: Pyttsx3Voice, canceller: EchoCanceller) -> None:
    caller_speaks(voice, EchoingRoom(BARE), canceller, minutes=0.5)
    jumps = [impulse_response(delay_seconds, -12.0) for delay_seconds in (0.085, 0.08, 0.09, 0.21, 0.09, 0.086)]
    assert caller_speaks(voice, EchoingRoom(BARE, then=jumps), canceller, minutes=2.0).triggers == 0


def test_the_trainee_alone_comes_through_the_canceller_whole(voice: Pyttsx3Voice, canceller: EchoCanceller) -> None:
    said = interruption(voice)
    said = said[: len(said) // BLOCK_SAMPLES * BLOCK_SAMPLES]
    heard = np.concatenate([canceller.clean(block, SILENCE, False) for block in said.reshape(-1, BLOCK_SAMPLES)])
    level = [float(np.sqrt(np.mean(np.square(pcm.astype(float))))) for pcm in (said, heard)]
    assert level[1] == pytest.approx(level[0], rel=0.15)
