"""Vosk behind the ``Recognizer`` protocol: any Vosk model folder, in this process."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from voicecoach.audio.base import Pcm
from voicecoach.errors import ModelError, RecognizerError
from voicecoach.stt.model_folder import FETCH, check_model_folder
from voicecoach.stt.vosk_library import vosk_library
from voicecoach.values import SAMPLE_RATE_HZ, Word

CHUNK_SAMPLES = 640
"""Blocks are handed on 40 ms at a time: larger chunks are no cheaper, and more than 100 ms delays the partials."""

NOT_WORDS = frozenset({"[unk]", "<unk>", "[noise]", "[laughter]", "<eps>", ""})
"""What models write where they heard no word of theirs."""


class VoskRecognizer:
    """Recognises with a Vosk model.

    Loading is slow for a big model (seconds) and done once, here. Raises ``ModelError`` when the folder is no whole
    model, or Vosk cannot load it.
    """

    name = "vosk"

    def __init__(self, model_dir: Path) -> None:
        check_model_folder(model_dir)
        self._where = str(model_dir)
        self._model: Any = _load(model_dir)
        self._decoder: Any = None
        self._waiting = bytearray()
        self._words: list[Word] = []
        self._partial = ""

    def feed(self, pcm: Pcm) -> None:
        """More sound of the utterance: int16, 16 kHz, mono, any length. Raises ``RecognizerError``."""
        self._waiting += pcm.tobytes()
        chunk_bytes = 2 * CHUNK_SAMPLES
        while len(self._waiting) >= chunk_bytes:
            self._accept(bytes(self._waiting[:chunk_bytes]))
            del self._waiting[:chunk_bytes]

    def partial(self) -> str:
        """The words so far; they are renewed every 40 ms of sound."""
        return " ".join([*(word.text for word in self._words), *self._partial.split()])

    def finish(self) -> tuple[Word, ...]:
        """The utterance's words, with Vosk's own confidences. Raises ``RecognizerError``."""
        if self._waiting:
            self._accept(bytes(self._waiting))
        if self._decoder is not None:
            self._words += _words(self._decoder.FinalResult())
        words = tuple(self._words)
        self.drop()
        return words

    def drop(self) -> None:
        """Forget the utterance so far. The decoder goes with it: its Reset would keep sound not yet decoded."""
        self._decoder = None
        self._waiting.clear()
        self._words = []
        self._partial = ""

    def close(self) -> None:
        """Let go of the model. Safe to call twice."""
        self.drop()
        self._model = None

    def _accept(self, chunk: bytes) -> None:
        if self._decoder is None:
            self._decoder = self._new_decoder()
        try:
            ended = self._decoder.AcceptWaveform(chunk)
        except Exception as error:  # the wheel raises nothing narrower
            raise RecognizerError(
                f"Vosk stopped working ({error})", where=self._where, remedy="start the call again"
            ) from error
        if ended:  # Vosk's own endpoint: ours decides, so the words are kept and the utterance goes on
            self._words += _words(self._decoder.Result())
            self._partial = ""
        else:
            text = json.loads(self._decoder.PartialResult()).get("partial", "")
            self._partial = " ".join(word for word in text.split() if word not in NOT_WORDS)

    def _new_decoder(self) -> Any:
        if self._model is None:
            raise RecognizerError("the recogniser was closed before the sound ended", where=self._where)
        return _decoder(self._model, self._where)


def _words(result: str) -> list[Word]:
    """Words of one of Vosk's JSON results; unknown words are left out, unlikely ones are kept with their confidence."""
    return [
        Word(
            entry["word"].lower(), float(entry["start"]), float(entry["end"]), min(1.0, max(0.0, float(entry["conf"])))
        )
        for entry in json.loads(result).get("result", ())
        if entry["word"].lower() not in NOT_WORDS
    ]


def _load(model_dir: Path) -> Any:
    """The model, proved to be usable by making a decoder of it."""
    vosk = vosk_library()
    vosk.SetLogLevel(-1)
    with _library_complaints() as complaints:
        try:
            model = vosk.Model(model_path=str(model_dir.absolute()))
        except Exception as error:  # the wheel raises nothing narrower
            raise ModelError(
                f"Vosk cannot load the model: {_reason(complaints)}",
                where=str(model_dir),
                remedy=f"unpack it again or {FETCH}",
            ) from error
        try:
            _decoder(model, str(model_dir))
        except RecognizerError as error:
            raise ModelError(
                f"Vosk cannot use the model's search graph: {_reason(complaints)}",
                where=str(model_dir),
                remedy=f"unpack it again or {FETCH}",
            ) from error
    return model


def _decoder(model: Any, where: str) -> Any:
    try:
        decoder = vosk_library().KaldiRecognizer(model, SAMPLE_RATE_HZ)
    except Exception as error:  # the wheel raises nothing narrower
        raise RecognizerError(f"Vosk cannot begin an utterance ({error})", where=where) from error
    decoder.SetWords(True)
    return decoder


@contextmanager
def _library_complaints() -> Iterator[IO[bytes]]:
    """Catch what the library writes to the standard error stream by itself, whatever its log level."""
    with tempfile.TemporaryFile() as caught:
        sys.stderr.flush()
        saved = os.dup(2)
        os.dup2(caught.fileno(), 2)
        try:
            yield caught
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def _reason(complaints: IO[bytes]) -> str:
    """The last error the library wrote, without its place in the library's source."""
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", errors="replace").splitlines()
    errors = [re.sub(r"^ERROR(?: \(.*?\(\).*?\))?:? *", "", line) for line in lines if line.startswith("ERROR")]
    return errors[0] if errors else "it gives no reason"
