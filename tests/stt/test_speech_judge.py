"""Speech against what only looks voiced: real Silero, a synthetic voice, noises made by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bench.feel.noises import cough, keyboard, to_pcm
from voicecoach.audio.base import Pcm
from voicecoach.events import SpeechDropped, SpeechStarted, SpeechSustained
from voicecoach.stt.ears import Ears, blocks_of
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.stt.vosk_recognizer import VoskRecognizer

Speak = Callable[[str], Pcm]
Silence = Callable[[float], Pcm]


def speech_seconds(pcm: Pcm) -> float:
    judge = SpeechJudge()
    return sum(judge.hear(block) for block in blocks_of(pcm)) * 0.01


def test_a_voice_is_speech_from_its_first_word_on(speak: Speak, silence: Silence) -> None:
    judge = SpeechJudge()
    sound = np.concatenate([silence(0.5), speak("excuse me, can i say something")])
    first = next(number for number, block in enumerate(blocks_of(sound)) if judge.hear(block))
    assert 0.5 <= first * 0.01 <= 0.65


def test_typing_is_no_speech() -> None:
    assert speech_seconds(to_pcm(keyboard(3.0, np.random.default_rng(1), -12.0))) == 0.0


def test_what_was_not_looked_at_is_no_speech() -> None:
    judge = SpeechJudge()
    judge.rest()
    assert not judge.hear(np.zeros(160, dtype=np.int16))


@pytest.mark.parametrize("seed", range(4))
def test_of_a_cough_nothing_comes(vosk: VoskRecognizer, silence: Silence, seed: int) -> None:
    noise = to_pcm(cough(np.random.default_rng(seed), -22.0))
    ears = Ears(vosk, judge=SpeechJudge())
    found = [
        event
        for number, block in enumerate(blocks_of(np.concatenate([silence(1.0), noise, silence(2.0)])), start=1)
        for event in ears.hear(block, round(number * 0.01, 2))
    ]
    assert {type(event) for event in found} <= {SpeechStarted, SpeechSustained, SpeechDropped}


def test_a_soft_voice_in_a_quiet_room_is_heard(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    soft = (speak("could you tell me your account number please") * 0.1).astype(np.int16)
    ears = Ears(vosk, judge=SpeechJudge())
    kinds = [
        type(event).__name__
        for number, block in enumerate(blocks_of(np.concatenate([silence(1.0), soft, silence(2.0)])), start=1)
        for event in ears.hear(block, round(number * 0.01, 2))
    ]
    assert kinds[-1] == "TurnHeard"
