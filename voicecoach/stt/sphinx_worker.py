"""PocketSphinx in a process of its own: ``python -m voicecoach.stt.sphinx_worker [LANGUAGE_MODEL.lm.gz]``.

It holds Python's lock while it works (up to 0.4 s), which would stop the sound of a call; so it works here, and talks
in frames (``sphinx_frames``) over its standard input and output. It ends when its input does.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from voicecoach.stt.sphinx_frames import AUDIO, DROP, ERROR, FINISH, PARTIAL, READY, WORDS, read_frame, write_frame

FRAMES_PER_SECOND = 100
BYTES_PER_SECOND = 32_000

FIRST_HELD_SECONDS = 1.5
"""How much of the first utterance is waited for to learn the sound of voice, microphone and level (the cepstral mean)
before it is decoded: without it the first utterance has a tenth more errors (measured on human clips). Later ones
follow the mean of those before."""

MOST_MODELS = 8000
"""Hidden Markov models kept a frame: a quarter of the usual 30,000 take a third less time for no more errors; 3,000
make some (measured)."""

EXTRA_WORDS = "extra.dict"
"""Beside the language model: its words that the wheel's dictionary lacks, with their pronunciations."""

FILLERS = ("<", "[", "+")
"""First letters of what is not a word: <s>, <sil>, [NOISE]."""


class Hearing:
    """Decodes one utterance after the other."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder
        self._held = bytearray()
        self._mean_known = False
        self._open = False
        self.heard_bytes = 0

    def audio(self, sound: bytes) -> str:
        """More sound; returns the words so far."""
        self.heard_bytes += len(sound)
        if not self._mean_known:
            self._held += sound
            if len(self._held) < FIRST_HELD_SECONDS * BYTES_PER_SECOND:
                return ""
            self._decode_held()
            self._mean_known = True
        else:
            self._decode(sound)
        hypothesis = self._decoder.hyp()
        return " ".join(_spelt(word) for word in hypothesis.hypstr.split()) if hypothesis else ""

    def finish(self) -> list[tuple[str, float, float, float]]:
        """The words of the utterance: text, start and end in seconds, confidence.

        The confidence is the word's posterior probability in the lattice of the search (the ``bestpath`` pass).
        Measured: of words between .8 and .95 some 86 % were right, of those above .995 98 %, below .2 a third.
        """
        if self._held:
            self._decode_held()
        self.heard_bytes = 0
        if not self._open:
            return []
        self._open = False
        self._decoder.end_utt()
        return [
            (
                _spelt(part.word),
                part.start_frame / FRAMES_PER_SECOND,
                (part.end_frame + 1) / FRAMES_PER_SECOND,
                round(min(1.0, max(0.0, part.prob)), 4),
            )
            for part in (self._decoder.seg() or ())
            if not part.word.startswith(FILLERS)
        ]

    def drop(self) -> None:
        """Forget the utterance."""
        self._held.clear()
        self.heard_bytes = 0
        if self._open:
            self._open = False
            self._decoder.end_utt()

    def _decode_held(self) -> None:
        sound = bytes(self._held)
        self._held.clear()
        self._decoder.start_utt()
        self._decoder.process_raw(sound, True, False)  # features only
        mean = self._decoder.get_cmn(True)
        self._decoder.end_utt()
        self._decoder.set_cmn(mean)
        self._decode(sound)

    def _decode(self, sound: bytes) -> None:
        if not self._open:
            self._decoder.start_utt()
            self._open = True
        self._decoder.process_raw(sound, False, False)


def _spelt(word: str) -> str:
    """The word without the number of its pronunciation: ``read(2)``."""
    return word.partition("(")[0]


def load(language_model: Path | None) -> Any:
    """A decoder with the wheel's acoustic model and dictionary, and this packed language model or the wheel's own."""
    import pocketsphinx

    # The flat second pass would add 0.2 s to the end of every utterance for no fewer errors; the lattice pass, which
    # gives the confidences, takes 0.02 s.
    settings: dict[str, Any] = {"loglevel": "FATAL", "fwdflat": False, "bestpath": True, "maxhmmpf": MOST_MODELS}
    if language_model is None:
        return pocketsphinx.Decoder(**settings)
    dictionary = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    with tempfile.TemporaryDirectory() as folder:
        model, words = Path(folder, "language.lm"), Path(folder, "words.dict")
        with gzip.open(language_model) as packed, model.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        words.write_bytes(dictionary.read_bytes() + language_model.with_name(EXTRA_WORDS).read_bytes())
        return pocketsphinx.Decoder(lm=str(model), dict=str(words), **settings)


def serve(hearing: Hearing, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer frames until there are no more."""
    utterance = 0
    while (frame := read_frame(incoming)) is not None:
        kind, payload = frame
        if kind == AUDIO:
            text = hearing.audio(payload)
            write_frame(outgoing, PARTIAL, json.dumps([utterance, hearing.heard_bytes // 2, text]).encode())
        elif kind == FINISH:
            write_frame(outgoing, WORDS, json.dumps([utterance, hearing.finish()]).encode())
            utterance += 1
        elif kind == DROP:
            hearing.drop()
            utterance += 1


def main() -> None:
    """Load, say so, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then closes our input
    # Whatever a library prints must not get between the frames.
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        hearing = Hearing(load(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
        write_frame(outgoing, READY)
        serve(hearing, sys.stdin.buffer, outgoing)
    except BrokenPipeError:
        return  # the program is gone
    except (RuntimeError, ValueError, OSError, ImportError, EOFError) as error:
        write_frame(outgoing, ERROR, " ".join(str(error).split()).encode())


if __name__ == "__main__":
    main()
