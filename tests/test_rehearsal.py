"""The loop: blocks in, blocks out, audio time, and what happens when a device goes away. Ears and voice are fakes."""

from __future__ import annotations

import gc
import weakref
from contextlib import closing

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone
from voicecoach.call.engine import Engine
from voicecoach.errors import DeviceLost
from voicecoach.events import (
    CoachActed,
    Connected,
    Input,
    LineEnded,
    LineStarted,
    Output,
    PartialHeard,
    Say,
    SpeechDropped,
    SpeechStarted,
    SpeechSustained,
    TimeReached,
    TurnHeard,
)
from voicecoach.persona.loading import load
from voicecoach.rehearsal import Rehearsal
from voicecoach.techniques.detector import TextDetector
from voicecoach.tts.ahead import AnswersAhead
from voicecoach.tts.tone_voice import ToneVoice
from voicecoach.values import BLOCK_SAMPLES, Heard, Outcome, VoiceSpec


class EarsWithAPlan:
    """Hears what the plan says, when it says so: {audio time in seconds: events}."""

    def __init__(self, plan: dict[float, list[Input]]) -> None:
        self.patience = 1.0
        self._plan = dict(plan)
        self.supposed: dict[float, TurnHeard] = {}

    def hear(self, block: Pcm, at_seconds: float, caller_speaking: bool) -> list[Input]:
        return self._plan.pop(at_seconds, [])

    def supposed_turn(self, at_seconds: float) -> TurnHeard | None:
        return self.supposed.get(at_seconds)

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


@pytest.mark.parametrize("live", [True, False])
def test_only_a_call_at_a_device_keeps_python_from_looking_through_its_memory(live: bool) -> None:
    stage = Stage(seconds=1.0)
    stage.microphone.live = live
    frozen: list[int] = []
    stage.rehearsal.watch = lambda event, outputs: frozen.append(gc.get_freeze_count())
    stage.rehearsal.run()
    assert frozen
    assert all(count > 0 for count in frozen) is live
    assert gc.get_freeze_count() == 0


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


def held_and_released(then: list[Input]) -> Stage:
    """A calm caller is spoken to at 1 s and holds his breath; what comes at 1.6 s decides."""
    plan: dict[float, list[Input]] = {
        1.0: [CoachActed(1.0, "nudge", -7.0), SpeechStarted(1.0)],
        1.1: [SpeechSustained(1.1)],
        1.6: then,
    }
    stage = Stage(plan)
    stage.rehearsal.run()
    return stage


def test_a_calm_caller_is_silent_at_the_voice_and_goes_on_from_the_same_word_after_a_nod() -> None:
    stage = held_and_released([TurnHeard(1.6, Heard.from_text("okay", 1.0, 1.3))])
    caller = stage.sound.caller_pcm
    assert np.abs(caller[int(1.12 * 16000) : int(1.6 * 16000)]).max() == 0
    assert np.abs(caller[int(1.65 * 16000) : int(1.9 * 16000)]).max() > 0
    first = next(event for event in stage.events(LineEnded) if isinstance(event, LineEnded))
    assert first.completed
    undisturbed = Stage()
    undisturbed.rehearsal.run()
    usual = next(event for event in undisturbed.events(LineEnded) if isinstance(event, LineEnded))
    assert first.at_seconds - usual.at_seconds == pytest.approx(0.5, abs=0.03), "nothing is lost and nothing said twice"


def test_a_word_after_the_held_breath_takes_the_floor() -> None:
    stage = held_and_released([PartialHeard(1.6, "excuse me sir please")])
    ended = [event for event in stage.events(LineEnded) if isinstance(event, LineEnded)]
    assert (ended[0].at_seconds, ended[0].completed) == (1.6, False)
    assert np.abs(stage.sound.caller_pcm[int(1.12 * 16000) : int(3.0 * 16000)]).max() == 0


def test_an_angry_caller_only_lowers_the_voice() -> None:
    plan: dict[float, list[Input]] = {1.0: [SpeechStarted(1.0)], 1.1: [SpeechSustained(1.1)]}
    stage = Stage(plan)
    stage.rehearsal.run()
    assert np.abs(stage.sound.caller_pcm[int(1.2 * 16000) : int(2.0 * 16000)]).max() > 0


def test_answers_ahead_change_nothing_but_the_time_they_are_ready() -> None:
    question = Heard.from_text("could you tell me the date of the charge please", 12.0, 14.0)
    other = Heard.from_text("you need to calm down", 12.0, 13.0)
    plan: dict[float, list[Input]] = {12.0: [SpeechStarted(12.0)], 14.3: [TurnHeard(14.3, question)]}

    def run(*, ahead: bool) -> tuple[Stage, AnswersAhead | None]:
        stage = Stage(plan)
        if not ahead:
            stage.rehearsal.run()
            return stage, None
        with closing(AnswersAhead(ToneVoice(), stage.rehearsal.voice_spec)) as answers:
            ears = stage.rehearsal.ears
            assert isinstance(ears, EarsWithAPlan)
            ears.supposed = {13.1: TurnHeard(13.1, other), 14.1: TurnHeard(14.1, question)}
            stage.rehearsal.ahead = answers
            stage.rehearsal.run()
            return stage, answers

    plain, _ = run(ahead=False)
    early, answers = run(ahead=True)
    assert early.steps == plain.steps, "nothing spoken ahead reaches the journal"
    silent = [np.flatnonzero(stage.sound.caller_pcm == 0) for stage in (early, plain)]
    assert len(silent[0]) == pytest.approx(len(silent[1]), rel=0.01), "it sounds at the same times"
    assert answers is not None
    assert answers.right_guesses == 1


def test_the_sound_of_lines_that_the_trainee_spoke_before_is_not_kept() -> None:
    """Somebody who clears their throat in every breath makes the caller begin each line anew."""
    rendered: list[weakref.ref[Pcm]] = []

    class Watched(ToneVoice):
        def render(self, text: str, spec: VoiceSpec, anger: float) -> Pcm:
            pcm = super().render(text, spec, anger)
            rendered.append(weakref.ref(pcm))
            return pcm

    plan: dict[float, list[Input]] = {}
    for tenths in range(20, 400, 4):
        at = tenths / 10
        plan |= {at: [SpeechStarted(at)], at + 0.1: [SpeechDropped(at + 0.1)]}
    stage = Stage({round(at, 2): events for at, events in plan.items()}, seconds=45.0)
    kept: list[int] = []

    def look(event: Input, outputs: tuple[Output, ...]) -> None:
        stage.steps.append((event, outputs))
        kept.append(sum(pcm() is not None for pcm in rendered))

    stage.rehearsal.watch = look
    with closing(AnswersAhead(Watched(), stage.rehearsal.voice_spec)) as answers:
        stage.rehearsal.ahead = answers
        stage.rehearsal.run()
    assert sum(isinstance(output, Say) for _, outputs in stage.steps for output in outputs) > 50
    assert max(kept) <= 4, "the line that sounds, the one before it, the next one, and a guess"
