"""The real Vosk on the small model made here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import ModelError, RecognizerError
from voicecoach.stt.ears import blocks_of
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.stt.wer import word_error_rate
from voicecoach.values import Word

Speak = Callable[[str], Pcm]
Silence = Callable[[float], Pcm]
SENTENCE = "i understand how frustrating this is and i want to help you"


def feed(recognizer: VoskRecognizer, pcm: Pcm) -> list[str]:
    """Block by block; every partial that differs from the one before."""
    partials: list[str] = []
    for block in blocks_of(pcm):
        recognizer.feed(block)
        if recognizer.partial() not in partials[-1:]:
            partials.append(recognizer.partial())
    return partials


def text(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def test_it_hears_what_was_said(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    feed(vosk, np.concatenate([silence(0.3), speak(SENTENCE), silence(0.3)]))
    assert word_error_rate([(SENTENCE, text(vosk.finish()))]) <= 0.1


def test_words_have_times_in_order_within_the_sound(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    sound = np.concatenate([silence(0.5), speak(SENTENCE), silence(0.3)])
    feed(vosk, sound)
    words = vosk.finish()
    assert words[0].start_seconds == pytest.approx(0.5, abs=0.15)
    assert words[-1].end_seconds == pytest.approx(len(sound) / 16_000 - 0.3, abs=0.2)
    starts = [word.start_seconds for word in words]
    assert starts == sorted(starts)
    assert all(word.start_seconds < word.end_seconds for word in words)
    assert all(0.0 < word.confidence <= 1.0 for word in words)


def test_the_partial_grows_while_it_is_spoken(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    partials = feed(vosk, np.concatenate([silence(0.3), speak(SENTENCE), silence(0.5)]))
    final = text(vosk.finish())
    assert partials[0] == ""
    assert len(partials) > 4
    assert final.startswith(partials[len(partials) // 2].rsplit(" ", 2)[0])
    assert partials[-1].split()[:6] == final.split()[:6]


def test_utterances_do_not_leak_into_each_other(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    vosk.feed(np.concatenate([speak("i am so sorry about that"), silence(0.2)]))
    first = text(vosk.finish())
    vosk.feed(np.concatenate([silence(0.3), speak("thank you for calling"), silence(0.3)]))
    assert vosk.finish()[0].start_seconds < 0.6, "times begin anew"
    assert "sorry" in first


def test_a_dropped_utterance_leaves_nothing(vosk: VoskRecognizer, speak: Speak) -> None:
    vosk.feed(speak("i am so sorry about that"))
    assert vosk.partial()
    vosk.drop()
    assert vosk.partial() == ""
    assert vosk.finish() == ()


def test_nothing_fed_is_nothing_heard(vosk: VoskRecognizer) -> None:
    assert vosk.finish() == ()
    assert vosk.partial() == ""


def test_pauses_longer_than_vosks_own_endpoint_lose_no_words(
    vosk: VoskRecognizer, speak: Speak, silence: Silence
) -> None:
    sound = np.concatenate([speak("thank you for calling"), silence(2.5), speak("thank you for calling"), silence(0.3)])
    feed(vosk, sound)
    words = vosk.finish()
    assert text(words).count("calling") == 2
    assert words[-1].start_seconds > 3.0


def test_the_same_sound_gives_the_same_words(vosk: VoskRecognizer, speak: Speak, silence: Silence) -> None:
    sound = np.concatenate([silence(0.3), speak(SENTENCE), silence(0.3)])

    def heard(pieces: list[Pcm]) -> tuple[Word, ...]:
        for piece in pieces:
            vosk.feed(piece)
        return vosk.finish()

    by_blocks = heard(blocks_of(sound))
    assert by_blocks == heard(blocks_of(sound))
    assert by_blocks == heard([np.concatenate(blocks_of(sound))]), "however it is cut"


def test_after_close_it_says_so(model_dir: Path) -> None:
    recognizer = VoskRecognizer(model_dir)
    recognizer.close()
    recognizer.close()
    with pytest.raises(RecognizerError, match="closed"):
        recognizer.feed(np.zeros(1600, dtype=np.int16))


NOT_FOUND_PAGE = b"<html>not found</html>\n"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("am/final.mdl", None),
        ("am/final.mdl", NOT_FOUND_PAGE),
        ("graph/HCLr.fst", None),
        ("graph/HCLr.fst", NOT_FOUND_PAGE),
        ("graph/Gr.fst", None),
        ("graph/Gr.fst", NOT_FOUND_PAGE),
        ("conf/mfcc.conf", NOT_FOUND_PAGE),
        ("graph/phones/word_boundary.int", b"1 nonword\n2 be"),
    ],
)
def test_a_damaged_model_is_one_clear_line_and_nothing_else(
    model_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], file: str, content: bytes | None
) -> None:
    """``content`` None: the first third of what should be there."""
    folder = tmp_path / "model"
    shutil.copytree(model_dir, folder)
    whole = (folder / file).read_bytes()
    (folder / file).chmod(0o644)
    (folder / file).write_bytes(whole[: len(whole) // 3] if content is None else content)
    with pytest.raises(ModelError) as caught:
        VoskRecognizer(folder)
    line = str(caught.value)
    assert line.startswith(str(folder))
    assert "Vosk cannot" in line
    assert "gives no reason" not in line
    assert "\n" not in line
    assert capfd.readouterr().err == "", "the library's own complaints are caught"


def test_a_missing_model_never_reaches_the_library(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model folder"):
        VoskRecognizer(tmp_path / "nowhere")
