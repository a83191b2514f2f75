"""The real PocketSphinx in its child process: what it hears, and what happens when it dies or hangs."""

from __future__ import annotations

import gzip
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pocketsphinx
import pytest

from voicecoach.audio.base import Pcm
from voicecoach.errors import RecognizerError
from voicecoach.stt import sphinx_recognizer
from voicecoach.stt.ears import blocks_of
from voicecoach.stt.sphinx_recognizer import SphinxRecognizer, domain_language_model
from voicecoach.stt.transcribe import transcribe
from voicecoach.stt.wer import word_error_rate
from voicecoach.values import Word

Clip = Callable[[str], Pcm]
PERSON = "whatstheweatherlike.wav"
WORDS = "what's the weather like"
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="module")
def shared() -> Iterator[SphinxRecognizer]:
    recognizer = SphinxRecognizer()
    yield recognizer
    recognizer.close()


@pytest.fixture
def own() -> Iterator[SphinxRecognizer]:
    """One that a test may harm."""
    recognizer = SphinxRecognizer()
    yield recognizer
    recognizer.close()


def text(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] not in "ZX"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (PERSON, WORDS),
        ("dhd.2934z.wav", "two nine three four zero"),
        ("goforward.wav", "go forward ten meters"),
        ("forever_input_2_16k.wav", "feels like these days go on forever"),
    ],
)
def test_it_hears_people(shared: SphinxRecognizer, clip: Clip, name: str, said: str) -> None:
    heard = " ".join(turn.text for turn in transcribe(clip(name), shared))
    assert word_error_rate([(said, heard)]) <= 0.35


def test_words_have_times_and_confidences(shared: SphinxRecognizer, clip: Clip) -> None:
    sound = clip(PERSON)
    for block in blocks_of(sound):
        shared.feed(block)
    words = shared.finish()
    assert words
    assert all(0.0 <= word.confidence <= 1.0 for word in words)
    assert all(word.start_seconds < word.end_seconds <= len(sound) / 16_000 for word in words)
    assert [word.start_seconds for word in words] == sorted(word.start_seconds for word in words)
    assert not any(mark in word.text for word in words for mark in "<[(+")


def test_right_words_are_more_confident_than_wrong_ones(shared: SphinxRecognizer, clip: Clip) -> None:
    right: list[float] = []
    wrong: list[float] = []
    for name, said in (
        (PERSON, WORDS),
        ("dhd.2934z.wav", "two nine three four zero"),
        ("speechbrain_spk2_snt3.wav", "tear thin sheep from the other pat"),
        ("speechbrain_spk2_snt5.wav", "ken pairs lack full flavor"),
        ("forever_input_2_16k.wav", "feels like these days go on forever"),
    ):
        for turn in transcribe(clip(name), shared):
            for word in turn.words:
                (right if word.text in said.split() else wrong).append(word.confidence)
    assert right
    assert wrong
    assert np.mean(right) > np.mean(wrong) + 0.15


def test_the_partial_is_there_before_the_end(shared: SphinxRecognizer, clip: Clip) -> None:
    sound = np.concatenate([clip(PERSON), np.zeros(16_000, dtype=np.int16)])
    partials = []
    for block in blocks_of(sound):
        shared.feed(block)
        partials.append(shared.partial())
    final = text(shared.finish())
    assert partials[0] == ""
    assert set(partials[-1].split()) & set(final.split())


def test_utterances_do_not_leak_into_each_other(shared: SphinxRecognizer, clip: Clip) -> None:
    shared.feed(clip("dhd.2934z.wav"))
    shared.drop()
    assert shared.partial() == ""
    shared.feed(clip(PERSON))
    words = shared.finish()
    assert "four" not in text(words)
    assert words[0].start_seconds < 1.0
    assert shared.finish() == ()


def test_live_it_answers_without_waiting(clip: Clip) -> None:
    recognizer = SphinxRecognizer(live=True)
    try:
        for block in blocks_of(clip(PERSON)):
            recognizer.feed(block)
            recognizer.partial()
        assert word_error_rate([(WORDS, text(recognizer.finish()))]) <= 0.5, "all that was fed is heard at the end"
    finally:
        recognizer.close()


def test_a_child_that_dies_in_mid_utterance_costs_no_word(own: SphinxRecognizer, clip: Clip) -> None:
    sound = clip(PERSON)
    half = len(sound) // 2
    own.feed(sound)
    unharmed = text(own.finish())
    own.feed(sound[:half])
    first_child = own.pid
    kill(first_child)
    own.feed(sound[half:])
    again = text(own.finish())
    assert own.pid != first_child
    assert word_error_rate([(unharmed, again)]) <= 0.5, "the new child heard the utterance from its beginning"


def test_a_child_that_dies_between_utterances_is_replaced(own: SphinxRecognizer, clip: Clip) -> None:
    kill(own.pid)
    own.feed(clip(PERSON))
    assert text(own.finish())


def test_a_child_that_dies_twice_is_an_error_and_not_an_empty_transcript(own: SphinxRecognizer, clip: Clip) -> None:
    sound = clip(PERSON)
    own.feed(sound[:16_000])
    kill(own.pid)
    own.feed(sound[16_000:])
    kill(own.pid)
    with pytest.raises(RecognizerError, match="died twice") as caught:
        own.finish()
    assert caught.value.remedy
    own.feed(sound)
    assert text(own.finish()), "and the next utterance is heard"


@posix
def test_a_child_that_hangs_is_an_error_within_the_time_limit(
    own: SphinxRecognizer, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sphinx_recognizer, "FINISH_LIMIT_SECONDS", 0.3)
    stopped = own.pid
    os.kill(stopped, signal.SIGSTOP)
    own.feed(clip(PERSON)[:8000])
    with pytest.raises(RecognizerError, match="does not answer"):
        own.finish()
    assert own.pid != stopped
    monkeypatch.undo()
    own.feed(clip(PERSON))
    assert text(own.finish()), "and the next utterance is heard"


@posix
def test_ctrl_c_does_not_reach_the_child(own: SphinxRecognizer, clip: Clip) -> None:
    child = own.pid
    os.kill(child, signal.SIGINT)
    own.feed(clip(PERSON))
    assert text(own.finish())
    assert own.pid == child


def test_closing_ends_the_child_and_is_safe_twice() -> None:
    recognizer = SphinxRecognizer()
    child = recognizer.pid
    recognizer.close()
    recognizer.close()
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    with pytest.raises(RecognizerError, match="closed"):
        recognizer.feed(np.zeros(160, dtype=np.int16))


def test_a_language_model_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(RecognizerError, match="cannot be started") as caught:
        SphinxRecognizer(tmp_path / "nowhere.lm.gz")
    assert "nowhere.lm.gz" in str(caught.value)


def test_a_language_model_that_is_none_is_said_at_the_start(tmp_path: Path) -> None:
    broken = tmp_path / "domain.lm.gz"
    broken.write_bytes(gzip.compress(b"not a language model\n"))
    (tmp_path / "extra.dict").write_text("", encoding="utf-8")
    with pytest.raises(RecognizerError, match="cannot be started"):
        SphinxRecognizer(broken)


@pytest.fixture(scope="module")
def unigrams() -> dict[str, float]:
    """Single words of our language model with log10 of their chances."""
    lines = gzip.decompress(domain_language_model().read_bytes()).decode("utf-8").split("\n")
    first, last = lines.index("\\1-grams:") + 1, lines.index("\\2-grams:")
    rows = (line.split("\t") for line in lines[first:last] if line)
    return {row[1]: float(row[0]) for row in rows}


def test_every_word_of_the_dictionary_can_be_heard(unigrams: dict[str, float]) -> None:
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    words = {line.split()[0] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()}
    spelt = {word for word in words if not word.endswith(")")}
    assert len(spelt) > 120_000
    assert spelt <= unigrams.keys()
    assert min(unigrams[word] for word in spelt) > -9.0


def test_chances_of_single_words_sum_to_one(unigrams: dict[str, float]) -> None:
    assert sum(10**log for word, log in unigrams.items() if word != "<s>") == pytest.approx(1.0, abs=0.01)


def test_our_language_model_is_small() -> None:
    assert domain_language_model().stat().st_size < 2_000_000
