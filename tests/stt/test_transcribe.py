"""A recording into turns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.stt.transcribe import transcribe
from voicecoach.stt.vosk_recognizer import VoskRecognizer

Speak = Callable[[str], Pcm]
Silence = Callable[[float], Pcm]


def test_each_utterance_is_a_turn_in_the_time_of_the_recording(
    vosk: VoskRecognizer, speak: Speak, silence: Silence
) -> None:
    first, second = speak("thank you for calling"), speak("is that correct")
    heard = transcribe(np.concatenate([silence(0.5), first, silence(1.5), second, silence(0.5)]), vosk)
    assert [turn.text for turn in heard] == ["thank you for calling", "is that correct"]
    assert abs(heard[1].start_seconds - (2.0 + len(first) / 16_000)) < 0.15
    assert heard[0].level_dbfs is not None


def test_speech_up_to_the_very_end_is_not_lost(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    heard = transcribe(np.concatenate([silence(0.5), speak("thank you for calling"), silence(0.13)]), vosk)
    assert [turn.text for turn in heard] == ["thank you for calling"]


def test_a_recording_in_which_nobody_speaks_has_no_turns(
    vosk: VoskRecognizer, silence: Silence, noise: Callable[[float, float], Pcm]
) -> None:
    assert transcribe(silence(3.0), vosk) == []
    assert transcribe(noise(3.0, -45.0), vosk) == []
    assert transcribe(silence(0.0), vosk) == []
