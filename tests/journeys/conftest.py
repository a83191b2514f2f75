"""Scripted calls as a person would play them, by words and by voice, with what the caller's side made of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.audio.virtual import RecordedLoudspeaker, ScriptedMicrophone
from voicecoach.call.hearing import new_engine
from voicecoach.call.replay import replay
from voicecoach.call.script import parse_script
from voicecoach.call.textplay import UNVOICED_CALM, play_text
from voicecoach.commands.voiced_call import calibrated, trainee_voice_for
from voicecoach.events import EndCall, Input, LineEnded, MoodMoved, Output, TurnJudged
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, loads
from voicecoach.rehearsal import Rehearsal
from voicecoach.stt.ears import Ears
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.techniques.extension import NO_EXTENSION
from voicecoach.techniques.voice import CalmVoice
from voicecoach.trainee import SyntheticTrainee
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import Detection, LedgerEntry, Mood

SEED = 3
SURE = 0.5


class PlayedCall:
    """A call that was played; turns count from 0, verbal nods among them."""

    def __init__(self, steps: list[tuple[Input, tuple[Output, ...]]]) -> None:
        outputs = [output for _, said in steps for output in said]
        self.judged = [each for each in outputs if isinstance(each, TurnJudged)]
        self.turns = [each for each in self.judged if each.text]
        self.moods = [each for each in outputs if isinstance(each, MoodMoved)]
        self.end = next(each for each in outputs if isinstance(each, EndCall))
        self.cut_off = [each for each, _ in steps if isinstance(each, LineEnded) and not each.completed]

    def ids(self, turn: int) -> set[str]:
        """What counted in this turn."""
        return {each.id for each in self.turns[turn].detections if each.confidence >= SURE}

    def detection(self, turn: int, id_: str) -> Detection:
        """The one of this turn, whether it counted or not."""
        return next(each for each in self.turns[turn].detections if each.id == id_)

    def mood(self, turn: int) -> Mood:
        """The caller's mood right after this turn."""
        at_seconds = self.turns[turn].at_seconds
        return [each.after for each in self.moods if each.at_seconds == at_seconds][-1]

    def unspoken(self) -> list[str]:
        """What the trainee did without words, in order."""
        return [each.id for judged in self.judged if not judged.text for each in judged.detections]

    def why(self, id_: str) -> list[str]:
        """What is said for every detection of this id."""
        return [each.why for judged in self.judged for each in judged.detections if each.id == id_]

    def ledger(self, id_: str) -> list[LedgerEntry]:
        """Every reason of this name why the anger moved."""
        return [entry for mood in self.moods for entry in mood.ledger if entry.cause == id_]


def played(
    steps: list[tuple[Input, tuple[Output, ...]]], persona: Persona, seed: int, calm: CalmVoice | None
) -> PlayedCall:
    """The call, after it was seen to replay to the bit."""
    again = replay([event for event, _ in steps], new_engine(persona, seed, calm, NO_EXTENSION))
    assert list(again.steps) == steps, "the call does not replay to the bit"
    return PlayedCall(steps)


@pytest.fixture
def play() -> Callable[..., PlayedCall]:
    """Plays turns (the YAML list under ``turns:``) by words, against a persona or changes to one."""

    def run(turns: str, persona: str = "double_charge", changed: str = "", seed: int = SEED) -> PlayedCall:
        caller = _caller(persona, changed)
        steps: list[tuple[Input, tuple[Output, ...]]] = []
        engine = new_engine(caller, seed, UNVOICED_CALM, NO_EXTENSION)
        play_text(engine, parse_script(f"turns:\n{turns}", "test"), lambda *step: steps.append(step))
        return played(steps, caller, seed, UNVOICED_CALM)

    return run


class GainMicrophone(ScriptedMicrophone):
    """The same voice at a microphone that is turned up or down."""

    def __init__(self, gain_db: float, **options: Any) -> None:
        super().__init__(**options)
        self._factor = 10.0 ** (gain_db / 20.0)

    def say(self, pcm: Pcm) -> None:
        super().say(np.clip(np.rint(pcm * self._factor), -32768, 32767).astype(np.int16))


@pytest.fixture(scope="session")
def vosk() -> Iterator[VoskRecognizer]:
    model = Path(str(resources.files("voicecoach.models").joinpath("synthetic-en")))
    with closing(VoskRecognizer(model)) as recognizer:
        yield recognizer


@pytest.fixture(scope="session")
def voice() -> Iterator[Pyttsx3Voice]:
    with closing(Pyttsx3Voice()) as voice:
        yield voice


@pytest.fixture
def speak(vosk: VoskRecognizer, voice: Pyttsx3Voice) -> Callable[..., PlayedCall]:
    """Plays turns by voice: rendered, heard by the ears of a call, with the trainee's calm voice calibrated first.

    ``calibration_gain_db`` and ``gain_db`` turn the microphone up or down, before the call and in it.
    """

    def run(
        turns: str,
        persona: str = "double_charge",
        changed: str = "",
        gain_db: float = 0.0,
        calibration_gain_db: float | None = None,
    ) -> PlayedCall:
        caller = _caller(persona, changed)
        spec = trainee_voice_for(caller)
        before = gain_db if calibration_gain_db is None else calibration_gain_db
        calm = calibrated(GainMicrophone(before, noise_dbfs=-70.0, seed=SEED), vosk, voice, spec)
        assert calm is not None
        microphone = GainMicrophone(gain_db, noise_dbfs=-70.0, seed=SEED)
        steps: list[tuple[Input, tuple[Output, ...]]] = []
        Rehearsal(
            engine=new_engine(caller, SEED, calm, NO_EXTENSION),
            ears=Ears(vosk, speech_dbfs=calm.level_dbfs),
            microphone=microphone,
            voice=voice,
            voice_spec=caller.voice.to_spec(),
            loudspeaker=RecordedLoudspeaker(),
            watch=lambda *step: steps.append(step),
            trainee=SyntheticTrainee(parse_script(f"turns:\n{turns}", "test"), voice, spec, microphone),
        ).run()
        return played(steps, caller, SEED, calm)

    return run


def _caller(persona: str, changed: str) -> Persona:
    return loads(f"format: 1\nid: changed\nextends: {persona}\n{changed}\n") if changed else load(persona)
