"""PocketSphinx behind the ``Recognizer`` protocol: no download needed, less accurate than Vosk (DESIGN section 4)."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from voicecoach.audio.base import Pcm
from voicecoach.errors import RecognizerError
from voicecoach.stt.sphinx_frames import AUDIO, DROP, FINISH
from voicecoach.stt.sphinx_process import SphinxProcess
from voicecoach.values import SAMPLE_RATE_HZ, Word

CHUNK_SAMPLES = 800
"""Sound goes to the child 50 ms at a time."""

START_LIMIT_SECONDS = 30.0
FINISH_LIMIT_SECONDS = 8.0
"""How long the child may take for the words once it has heard everything; usual are .02 s."""

SLOWEST_FACTOR = 2.0
"""And how long for each second of sound it has not heard yet; usual are .15 s."""

REMEDY = "start the call again, or use Vosk: `voicecoach models fetch`"


def domain_language_model() -> Path:
    """The language model of agents' speech made here (package data; see its README)."""
    return Path(str(resources.files("voicecoach.models").joinpath("sphinx-domain", "domain.lm.gz")))


class SphinxRecognizer:
    """Recognises with PocketSphinx in a child process.

    ``language_model`` is a gzipped ARPA file, by default the one of agents' speech made here; ``general`` takes the
    wheel's own, of general American English. When the sound comes ``live`` the partial is whatever the child has
    answered so far; else it waits until the child has heard all that was fed, since a recording is read faster than it
    is heard. A child that dies is started again, once for an utterance, and hears it again from its beginning. Raises
    ``RecognizerError`` when it cannot be started.
    """

    name = "sphinx"

    def __init__(self, language_model: Path | None = None, *, general: bool = False, live: bool = False) -> None:
        self._language_model = None if general else language_model or domain_language_model()
        self._live = live
        self._closed = False
        self._sound = bytearray()
        self._sent_bytes = 0
        self._restarts = 0
        self._process = SphinxProcess(self._language_model)
        if not self._process.wait_until(lambda: self._process.ready, START_LIMIT_SECONDS):
            reason = "it takes too long" if self._process.alive else self._process.last_words()
            self.close()
            raise RecognizerError(f"PocketSphinx cannot be started ({reason})", remedy="install pocketsphinx again")

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    def feed(self, pcm: Pcm) -> None:
        """More sound of the utterance: int16, 16 kHz, mono, any length. Raises ``RecognizerError``."""
        if self._closed:
            raise RecognizerError("the recogniser was closed before the sound ended")
        self._sound += pcm.astype("<i2", copy=False).tobytes()
        self._revive()
        chunk_bytes = 2 * CHUNK_SAMPLES
        self._send((len(self._sound) - self._sent_bytes) // chunk_bytes * chunk_bytes)

    def partial(self) -> str:
        """The words so far; when live, as of the child's latest answer. Raises ``RecognizerError`` when it is stuck."""
        if not self._live:
            self._catch_up()
        return self._process.partial

    def finish(self) -> tuple[Word, ...]:
        """The utterance's words, with posteriors in the search lattice as confidences. Raises ``RecognizerError``."""
        if not self._sound:
            return ()
        while True:
            self._revive()
            self._send(len(self._sound) - self._sent_bytes)
            self._process.send(FINISH)
            if self._process.wait_until(lambda: self._process.words is not None, self._limit_seconds()):
                break
            if self._process.alive:
                self._replace()
                self._forget()
                raise RecognizerError("PocketSphinx does not answer", remedy=REMEDY)
        words = tuple(Word(*word) for word in self._process.words or ())
        self._process.next_utterance()
        self._forget()
        return words

    def drop(self) -> None:
        """Forget the utterance so far."""
        if self._sent_bytes:
            self._process.send(DROP)
            self._process.next_utterance()
        self._forget()

    def close(self) -> None:
        """End the child. Safe to call twice."""
        self._closed = True
        self._process.end()

    def _catch_up(self) -> None:
        while True:
            self._revive()
            if self._process.wait_until(self._all_heard, self._limit_seconds()):
                return
            if self._process.alive:
                self._replace()
                raise RecognizerError("PocketSphinx does not keep up", remedy=REMEDY)

    def _all_heard(self) -> bool:
        return self._process.heard_samples >= self._sent_bytes // 2

    def _limit_seconds(self) -> float:
        unheard = self._sent_bytes // 2 - self._process.heard_samples
        return FINISH_LIMIT_SECONDS + SLOWEST_FACTOR * unheard / SAMPLE_RATE_HZ

    def _send(self, count_bytes: int) -> None:
        if count_bytes:
            self._process.send(AUDIO, bytes(self._sound[self._sent_bytes : self._sent_bytes + count_bytes]))
            self._sent_bytes += count_bytes

    def _revive(self) -> None:
        """Start a dead child again, once, and let it hear the utterance from its beginning."""
        if self._process.alive:
            return
        reason = self._process.last_words()
        self._restarts += 1
        self._replace()
        if self._restarts > 1:
            self._forget()
            raise RecognizerError(f"PocketSphinx died twice ({reason})", remedy=REMEDY)
        sent, self._sent_bytes = self._sent_bytes, 0
        self._send(sent)

    def _replace(self) -> None:
        self._process.end(at_once=True)
        self._process = SphinxProcess(self._language_model)

    def _forget(self) -> None:
        self._sound.clear()
        self._sent_bytes = 0
        self._restarts = 0
