"""Turns that are heard by several processes at once."""

from __future__ import annotations

from contextlib import closing

from bench.feel.listeners import Listeners
from bench.feel.spoken import VOICES, read_scripts, silence, speak
from bench.feel.traces import heard
from voicecoach.stt.model_folder import synthetic_model_folder
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice


def test_they_hear_what_one_alone_hears_and_in_the_same_order() -> None:
    with closing(Pyttsx3Voice()) as voice:
        turns = [speak(script, voice, VOICES["tuned"][0], 0) for script in read_scripts("tuned")[:3]]
    with Listeners(2) as listeners:
        *spoken, nothing = listeners.hear([*((turn, None) for turn in turns), (turns[0], silence(1.0))])
    with closing(VoskRecognizer(synthetic_model_folder())) as recognizer:
        alone = [heard(turn, recognizer) for turn in turns]
    assert [trace.partials[-1] for trace in spoken] == [trace.partials[-1] for trace in alone]
    assert len({trace.partials[-1] for trace in spoken}) == len(turns)
    assert not nothing.voiced.any() and nothing.pauses == turns[0].pauses
