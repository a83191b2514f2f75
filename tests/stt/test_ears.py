"""The ears: with a scripted recogniser for the order of events, with the real Vosk for the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import RecognizerError
from voicecoach.events import Input, PartialHeard, SpeechDropped, SpeechStarted, TurnHeard
from voicecoach.stt.ears import PRE_ROLL_BLOCKS, Ears, blocks_of
from voicecoach.stt.turn_end import SURE_SECONDS
from voicecoach.stt.vad import VoiceActivity
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.values import Word

Speak = Callable[[str], Pcm]
Silence = Callable[[float], Pcm]
Noise = Callable[[float, float], Pcm]
SENTENCE = "could you tell me your account number please"


class ScriptedRecognizer:
    """Answers what it was told to; counts what it is given."""

    name = "scripted"

    def __init__(self, words: tuple[Word, ...] = (), partials: dict[float, str] | None = None) -> None:
        self.words = words
        self.partials = partials or {}
        self.fed: list[float] = []
        self.finished = self.dropped = 0
        self._seconds = 0.0

    def feed(self, pcm: Pcm) -> None:
        self.fed.append(len(pcm) / 16_000)
        self._seconds += len(pcm) / 16_000

    def partial(self) -> str:
        return [text for since, text in {0.0: "", **self.partials}.items() if self._seconds >= since][-1]

    def finish(self) -> tuple[Word, ...]:
        self.finished += 1
        self._seconds = 0.0
        return self.words

    def drop(self) -> None:
        self.dropped += 1
        self._seconds = 0.0

    def close(self) -> None:
        pass


def loud(seconds: float) -> Pcm:
    return np.tile(np.array([3000, -3000], dtype=np.int16), round(seconds * 8000))


def listening(recognizer: ScriptedRecognizer, patience: float = 1.0) -> Ears:
    """Ears for which any loud block is a voice."""
    return Ears(recognizer, patience, activity=VoiceActivity(speech_like=lambda block: True))


def hear(ears: Ears, pcm: Pcm, start_seconds: float = 0.0) -> list[Input]:
    inputs: list[Input] = []
    for number, block in enumerate(blocks_of(pcm), start=1):
        inputs += ears.hear(block, round(start_seconds + number * 0.01, 2))
    return inputs


def kinds(inputs: list[Input]) -> list[str]:
    return [type(happened).__name__ for happened in inputs]


def test_an_utterance_starts_grows_and_becomes_a_turn(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(
        words=(Word("is", 0.4, 0.5, 0.9), Word("that", 0.5, 0.7, 0.8), Word("right", 0.7, 1.1, 0.2)),
        partials={0.6: "is", 0.8: "is that", 1.2: "is that right"},
    )
    ears = listening(recognizer)
    inputs = hear(ears, np.concatenate([silence(1.0), loud(1.0), silence(1.0)]))
    assert kinds(inputs) == [
        "SpeechStarted",
        "SpeechSustained",
        "PartialHeard",
        "PartialHeard",
        "PartialHeard",
        "TurnHeard",
    ]
    started, _, *partials, turn = inputs
    assert isinstance(started, SpeechStarted)
    assert started.at_seconds == pytest.approx(1.05), "the fifth voiced block is the onset"
    assert [partial.text for partial in partials if isinstance(partial, PartialHeard)] == [
        "is",
        "is that",
        "is that right",
    ]
    assert isinstance(turn, TurnHeard)
    assert turn.at_seconds == pytest.approx(2.0 + SURE_SECONDS), "a finished question"
    assert turn.heard.end_seconds == pytest.approx(2.0)
    assert turn.heard.start_seconds == pytest.approx(1.0, abs=0.03)
    assert turn.heard.text == "is that right"
    assert [word.confidence for word in turn.heard.words] == [0.9, 0.8, 0.2], "low confidence is kept, not dropped"


@pytest.mark.parametrize(("room_amplitude", "words"), [(0, ["yes", "yes oh dear"]), (300, ["yes"])])
def test_words_that_come_long_after_the_voice_are_those_of_a_noisy_room(room_amplitude: int, words: list[str]) -> None:
    recognizer = ScriptedRecognizer(words=(Word("yes", 0.35, 0.6),), partials={0.6: "yes", 1.3: "yes oh dear"})
    ears = Ears(
        recognizer, activity=VoiceActivity(speech_like=lambda block: bool(np.frombuffer(block, np.int16).max() > 1000))
    )
    room = np.tile(np.array([room_amplitude, -room_amplitude], dtype=np.int16), 5 * 8000)
    room[16_000:24_000] += loud(0.5)
    inputs = hear(ears, room)
    assert [happened.text for happened in inputs if isinstance(happened, PartialHeard)] == words


def test_word_times_are_those_of_the_call(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(words=(Word("yes", 0.35, 0.6),), partials={0.6: "yes"})
    inputs = hear(listening(recognizer), np.concatenate([silence(0.5), loud(0.5), silence(1.5)]), start_seconds=100.0)
    turn = inputs[-1]
    assert isinstance(turn, TurnHeard)
    onset_seconds = 100.0 + 0.5 + 0.05
    assert turn.heard.words[0].start_seconds == pytest.approx(onset_seconds - PRE_ROLL_BLOCKS * 0.01 + 0.35)


def test_the_sound_before_the_onset_is_recognised_too(silence: Silence) -> None:
    recognizer = ScriptedRecognizer()
    hear(listening(recognizer), np.concatenate([silence(1.0), loud(0.1)]))
    assert recognizer.fed[0] == pytest.approx(0.3)
    assert set(recognizer.fed[1:]) == {0.01}


def test_the_end_of_one_utterance_is_not_heard_again_in_the_next(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(words=(Word("yes", 0.3, 0.6),), partials={0.5: "is that correct"})
    ears = listening(recognizer)
    hear(ears, np.concatenate([silence(1.0), loud(0.5), silence(SURE_SECONDS)]))
    assert recognizer.finished == 1
    recognizer.fed.clear()
    hear(ears, loud(0.06))
    assert recognizer.fed[0] <= 0.08


def test_silence_costs_the_recogniser_nothing(silence: Silence) -> None:
    recognizer = ScriptedRecognizer()
    assert hear(listening(recognizer), silence(5.0)) == []
    assert recognizer.fed == []


def test_a_cough_is_dropped(silence: Silence) -> None:
    recognizer = ScriptedRecognizer()
    ears = listening(recognizer)
    inputs = hear(ears, np.concatenate([silence(0.5), loud(0.07), silence(1.0)]))
    assert kinds(inputs) == ["SpeechStarted", "SpeechDropped"]
    assert (recognizer.dropped, recognizer.finished) == (1, 0)
    assert not ears.speaking


def test_a_long_sound_without_words_is_dropped_too(silence: Silence) -> None:
    recognizer = ScriptedRecognizer()
    assert kinds(hear(listening(recognizer), np.concatenate([silence(0.5), loud(2.0), silence(1.5)]))) == [
        "SpeechStarted",
        "SpeechSustained",
        "SpeechDropped",
    ]
    assert recognizer.finished == 1


def test_words_heard_where_nobody_spoke_are_ghosts(silence: Silence) -> None:
    ghost, said = Word("the", 0.0, 0.1), Word("no", 0.4, 0.7)
    recognizer = ScriptedRecognizer(words=(ghost, said, Word("huh", 1.2, 1.3)), partials={0.5: "no"})
    turn = hear(listening(recognizer), np.concatenate([silence(1.0), loud(0.4), silence(1.0)]))[-1]
    assert isinstance(turn, TurnHeard)
    assert turn.heard.text == "no"


def test_only_ghosts_are_no_turn(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(words=(Word("the", 0.0, 0.1),), partials={0.5: "the"})
    inputs = hear(listening(recognizer), np.concatenate([silence(1.0), loud(0.4), silence(2.0)]))
    assert isinstance(inputs[-1], SpeechDropped)


def test_a_word_in_the_first_moment_of_noise_is_not_believed(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(partials={0.3: "the"})
    inputs = hear(listening(recognizer), np.concatenate([silence(0.5), loud(0.07), silence(1.0)]))
    assert kinds(inputs) == ["SpeechStarted", "SpeechDropped"]


def test_patience_reaches_the_endpointer(silence: Silence) -> None:
    def endpoint(patience: float) -> float:
        recognizer = ScriptedRecognizer(words=(Word("because", 0.3, 0.6),), partials={0.5: "because"})
        ears = listening(recognizer)
        ears.patience = patience
        assert ears.patience == patience
        return hear(ears, np.concatenate([silence(0.5), loud(0.5), silence(3.0)]))[-1].at_seconds

    assert endpoint(0.5) < endpoint(1.0) < endpoint(1.5)


def test_the_end_of_the_source_ends_the_turn(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(words=(Word("and", 0.3, 0.6),), partials={0.5: "and"})
    ears = listening(recognizer)
    hear(ears, np.concatenate([silence(0.5), loud(0.5)]))
    assert ears.speaking
    ended = ears.flush(1.0)
    assert kinds(ended) == ["TurnHeard"]
    assert not ears.speaking
    assert ears.flush(1.0) == []


def test_a_failing_recogniser_is_an_error_and_not_silence(silence: Silence) -> None:
    class Broken(ScriptedRecognizer):
        def finish(self) -> tuple[Word, ...]:
            raise RecognizerError("it stopped working")

    ears = listening(Broken(partials={0.5: "is that correct"}))
    with pytest.raises(RecognizerError):
        hear(ears, np.concatenate([silence(0.5), loud(0.5), silence(1.0)]))


def test_level_and_pitch_are_of_the_voice_alone(silence: Silence) -> None:
    time = np.arange(16_000) / 16_000
    voice = sum((np.sin(2 * np.pi * 150 * k * time) / k for k in range(1, 20)), start=np.zeros(16_000))
    recognizer = ScriptedRecognizer(words=(Word("ah", 0.4, 1.0),), partials={0.5: "thank you"})
    sound = np.concatenate([silence(0.5), (voice * 5000).astype(np.int16), silence(1.0)])
    turn = hear(listening(recognizer), sound)[-1]
    assert isinstance(turn, TurnHeard)
    assert turn.heard.pitch_hz == pytest.approx(150.0, rel=0.03)
    assert turn.heard.level_dbfs == pytest.approx(20 * np.log10(np.std(voice * 5000) / 32768), abs=0.5)


def test_blocks_fill_up_the_last_one() -> None:
    blocks = blocks_of(np.ones(170, dtype=np.int16))
    assert [len(block) for block in blocks] == [160, 160]
    assert blocks[1].sum() == 10


def test_two_turns_by_voice(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    sound = np.concatenate([silence(0.7), speak(SENTENCE), silence(1.5), speak("thank you for calling"), silence(2.0)])
    inputs = hear(Ears(vosk), sound)
    turns = [happened for happened in inputs if isinstance(happened, TurnHeard)]
    assert [turn.heard.text for turn in turns] == [SENTENCE, "thank you for calling"]
    first_end_seconds = 0.7 + len(speak(SENTENCE)) / 16_000
    assert turns[0].heard.start_seconds == pytest.approx(0.7, abs=0.15)
    assert turns[0].heard.end_seconds == pytest.approx(first_end_seconds, abs=0.15)
    assert turns[0].at_seconds - turns[0].heard.end_seconds == pytest.approx(SURE_SECONDS, abs=0.05)
    assert "PartialHeard" in kinds(inputs)
    times = [happened.at_seconds for happened in inputs]
    assert times == sorted(times)


def test_the_same_blocks_give_the_same_events(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    sound = np.concatenate([silence(0.5), speak("i am so sorry about that"), silence(2.0)])
    assert hear(Ears(vosk), sound) == hear(Ears(vosk), sound) != []


def test_noise_alone_is_never_a_turn(vosk: VoskRecognizer, noise: Noise) -> None:
    for dbfs in (-60.0, -40.0, -25.0):
        assert not [happened for happened in hear(Ears(vosk), noise(5.0, dbfs)) if isinstance(happened, TurnHeard)]


def test_the_turn_is_supposed_once_in_a_pause_and_again_when_its_words_change(silence: Silence) -> None:
    recognizer = ScriptedRecognizer(partials={0.6: "is that", 1.5: "is that right"})
    ears = listening(recognizer)
    supposed = []
    for number, block in enumerate(blocks_of(np.concatenate([silence(1.0), loud(1.0), silence(0.25)])), start=1):
        at_seconds = round(number * 0.01, 2)
        ears.hear(block, at_seconds)
        if (turn := ears.supposed_turn(at_seconds)) is not None:
            supposed.append((at_seconds, turn.heard.text, turn.heard.end_seconds))
    assert supposed == [(2.1, "is that", 2.0), (2.25, "is that right", 2.0)]
    assert recognizer.finished == 0, "it goes on listening"


def test_a_key_is_not_sustained(silence: Silence) -> None:
    ears = listening(ScriptedRecognizer())
    assert "SpeechSustained" not in kinds(hear(ears, np.concatenate([silence(0.5), loud(0.09), silence(1.0)])))
    assert "SpeechSustained" in kinds(hear(ears, np.concatenate([silence(0.5), loud(0.2), silence(1.0)])))
