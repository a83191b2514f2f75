"""The loop: blocks in, blocks out, audio time, and what happens when a device goes away. Ears and voice are fakes."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone
from voicecoach.call.engine import Engine
from voicecoach.errors import DeviceLost
from voicecoach.events import (
    BLOCK_SAMPLES,
    Connected,
    Heard,
    Input,
    LineEnded,
    LineStarted,
    Outcome,
    Output,
    PartialHeard,
    SpeechStarted,
    TimeReached,
    TurnHeard,
)
from voicecoach.persona.loading import load
from voicecoach.rehearsal import Rehearsal
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.tone_voice import ToneVoice


class EarsWithAPlan:
    """Hears what the plan says, when it says so: {audio time in seconds: events}."""

    def __init__(self, plan: dict[float, list[Input]]) -> None:
        self.patience = 1.0
        self._plan = dict(plan)

    def hear(self, block: Pcm, at_seconds: float, caller_speaking: bool) -> list[Input]:
        return self._plan.pop(at_seconds, [])

    def flush(self, at_seconds: float) -> list[Input]:
        return []


class KeptSound:
    def __init__(self) -> None:
        self.trainee: list[Pcm] = []
        self.caller: list[Pcm] = []

    def write(self, trainee: Pcm, caller: Pcm) -> None:
        self.trainee.append(trainee)
        self.caller.append(caller)

    @property
    def caller_pcm(self) -> Pcm:
        return np.concatenate(self.caller)


class Stage:
    """A call with nothing real in it but the loop and the engine."""

    def __init__(self, plan: dict[float, list[Input]] | None = None, seconds: float = 30.0) -> None:
        self.microphone = ScriptedMicrophone()
        self.microphone.silence(seconds)
        self.microphone.end()
        self.loudspeaker = RecordedLoudspeaker()
        self.sound = KeptSound()
        self.steps: list[tuple[Input, tuple[Output, ...]]] = []
        self.persona = load("double_charge")
        self.rehearsal = Rehearsal(
            engine=Engine(self.persona, 1, TextDetector()),
            ears=EarsWithAPlan(plan or {}),
            microphone=self.microphone,
            voice=ToneVoice(),
            voice_spec=self.persona.voice.to_spec(),
            loudspeaker=self.loudspeaker,
            watch=lambda event, outputs: self.steps.append((event, outputs)),
            recorder=self.sound,
        )

    def events(self, kind: type) -> list[Input]:
        return [event for event, _ in self.steps if isinstance(event, kind)]


def test_the_caller_begins_at_once_and_every_line_is_heard_to_its_end() -> None:
    stage = Stage(seconds=60.0)
    stage.rehearsal.run()
    started = [event for event in stage.events(LineStarted) if isinstance(event, LineStarted)]
    ended = [event for event in stage.events(LineEnded) if isinstance(event, LineEnded)]
    assert isinstance(stage.steps[0][0], Connected)
    assert started[0].at_seconds == 0.0
    assert [event.number for event in started[: len(ended)]] == [event.number for event in ended]
    assert all(event.completed for event in ended)
    first = stage.sound.caller_pcm[: 16000 // 2]
    assert np.abs(first[:BLOCK_SAMPLES]).max() > 0, "the first block already sounds"


def test_audio_time_is_the_number_of_blocks() -> None:
    stage = Stage(seconds=5.0)
    end = stage.rehearsal.run()
    blocks = len(stage.sound.trainee)
    assert end.at_seconds <= round(blocks * 0.01, 2)
    times = [event.at_seconds for event, _ in stage.steps]
    assert times == sorted(times)


def test_silence_wakes_the_engine_at_the_moment_it_asked_for() -> None:
    stage = Stage(seconds=60.0)
    stage.rehearsal.run()
    reached = stage.events(TimeReached)
    assert reached
    last_line_before = max(e.at_seconds for e in stage.events(LineEnded) if e.at_seconds < reached[0].at_seconds)
    patience = stage.persona.temper.patience
    assert reached[0].at_seconds - last_line_before == pytest.approx(4.0 * patience, abs=0.011)


def test_words_over_the_caller_silence_the_loudspeaker_within_a_block() -> None:
    plan: dict[float, list[Input]] = {
        1.0: [SpeechStarted(1.0)],
        1.5: [PartialHeard(1.5, "listen to me now for once please")],
        3.0: [TurnHeard(3.0, Heard.from_text("listen to me now for once please", 1.0, 2.7))],
    }
    stage = Stage(plan)
    stage.rehearsal.run()
    caller = stage.sound.caller_pcm
    loud, ducked = caller[int(0.5 * 16000) : 16000], caller[int(1.1 * 16000) : int(1.4 * 16000)]
    assert 0 < np.abs(ducked).max() < 0.5 * np.abs(loud).max()
    after = caller[int(1.52 * 16000) : int(2.9 * 16000)]
    assert np.abs(after).max() == 0
    cut = [event for event in stage.events(LineEnded) if isinstance(event, LineEnded) and not event.completed]
    assert [event.at_seconds for event in cut] == [1.5]


def test_ctrl_c_ends_the_call_with_everything_kept() -> None:
    stage = Stage()
    read = stage.microphone.read
    blocks = 0

    def interrupted() -> Pcm | None:
        nonlocal blocks
        blocks += 1
        if blocks == 200:
            raise KeyboardInterrupt
        return read()

    stage.microphone.read = interrupted  # type: ignore[method-assign]
    end = stage.rehearsal.run()
    assert end.outcome is Outcome.ABANDONED
    assert end.reason == "broken off"
    assert len(stage.sound.trainee) == 199


def test_a_lost_microphone_stops_audio_time_until_it_is_back() -> None:
    stage = Stage(seconds=8.0)
    read = stage.microphone.read
    lost_at: list[float] = []
    blocks = 0

    def failing() -> Pcm | None:
        nonlocal blocks
        blocks += 1
        if blocks == 100:
            raise DeviceLost("the microphone went away", where="headset")
        return read()

    def reconnect(lost: DeviceLost) -> None:
        lost_at.append(stage.rehearsal.at_seconds)

    stage.microphone.read = failing  # type: ignore[method-assign]
    stage.rehearsal.reconnect = reconnect
    stage.rehearsal.run()
    assert lost_at == [0.99]
    assert len(stage.sound.trainee) >= 800, "nothing of the source is lost"


def test_without_anybody_to_reconnect_the_loss_is_told() -> None:
    stage = Stage()

    def gone() -> Pcm | None:
        raise DeviceLost("the microphone went away", where="headset")

    stage.microphone.read = gone  # type: ignore[method-assign]
    with pytest.raises(DeviceLost, match="went away"):
        stage.rehearsal.run()


def test_a_lost_loudspeaker_says_its_line_again() -> None:
    stage = Stage(seconds=8.0)
    played = stage.loudspeaker.played
    calls = 0

    def failing() -> Pcm:
        nonlocal calls
        calls += 1
        if calls == 50:
            stage.loudspeaker.stop()
            raise DeviceLost("the loudspeaker went away", where="headset")
        return played()

    stage.loudspeaker.played = failing  # type: ignore[method-assign]
    stage.rehearsal.reconnect = lambda lost: None
    stage.rehearsal.run()
    first = next(e for e in stage.events(LineEnded) if isinstance(e, LineEnded))
    assert first.completed
    undisturbed = Stage(seconds=8.0)
    undisturbed.rehearsal.run()
    assert first.at_seconds == pytest.approx(undisturbed.events(LineEnded)[0].at_seconds + 0.5, abs=0.03)


def test_the_same_blocks_make_the_same_call() -> None:
    def play() -> list[tuple[Input, tuple[Output, ...]]]:
        plan: dict[float, list[Input]] = {
            20.0: [SpeechStarted(20.0)],
            23.0: [TurnHeard(23.0, Heard.from_text("i can hear how upset you are", 20.0, 22.6))],
        }
        stage = Stage(plan, seconds=40.0)
        stage.rehearsal.run()
        return stage.steps

    assert play() == play()
