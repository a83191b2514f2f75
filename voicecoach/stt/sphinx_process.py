"""The child process that PocketSphinx works in: started, written to and listened to without ever waiting for it."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicecoach.stt.sphinx_frames import AUDIO, ERROR, PARTIAL, READY, WORDS, read_frame, write_frame

_END = (b"", b"")
_GOODBYE_SECONDS = 1.0


class SphinxProcess:
    """One child. Its answers are fields that a listening thread renews; a writing thread carries what is sent.

    ``heard_samples`` and ``partial`` are of the utterance numbered ``utterance`` (from 0); ``words`` is the answer to
    the latest finish, None until it is there.
    """

    def __init__(self, language_model: Path | None) -> None:
        command = [sys.executable, "-m", "voicecoach.stt.sphinx_worker"]
        if language_model is not None:
            command.append(str(language_model))
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the child
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, bufsize=-1
        )
        self._changed = threading.Condition()
        self._outbox: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
        self._error = ""
        self._over = False
        self.ready = False
        self.utterance = 0
        self.heard_samples = 0
        self.partial = ""
        self.words: list[list[Any]] | None = None
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._write)]
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """False once the child has ended, for whatever reason."""
        return not self._over

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        """Put a frame on its way; never waits."""
        self._outbox.put((kind, payload))

    def next_utterance(self) -> None:
        """What is sent from now on belongs to the next utterance; answers for the one before are let go."""
        with self._changed:
            self.utterance += 1
            self.heard_samples = 0
            self.partial = ""
            self.words = None

    def wait_until(self, condition: Callable[[], bool], limit_seconds: float) -> bool:
        """Wait until the condition holds or the child ends; False when it does not hold in the end."""
        with self._changed:
            self._changed.wait_for(lambda: condition() or self._over, limit_seconds)
            return condition()

    def last_words(self) -> str:
        """Why the child ended, as far as it said."""
        if self._error:
            return self._error
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else f"it ended with code {self._child.poll()}"

    def end(self, at_once: bool = False) -> None:
        """End the child: politely, or at once. Safe to call twice."""
        if self._complaints.closed:
            return
        if at_once:
            self._child.kill()
        self._outbox.put(_END)
        try:
            self._child.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._child.stdin, self._child.stdout, self._complaints):
            with contextlib.suppress(BrokenPipeError):  # what a dead child has not read is not missed
                if stream is not None:
                    stream.close()

    def _write(self) -> None:
        """Carry frames to the child, sound that has piled up in one go."""
        stream = self._child.stdin
        assert stream is not None
        held: tuple[bytes, bytes] | None = None
        try:
            while (frame := held or self._outbox.get()) != _END:
                kind, payload = frame
                held = None
                while kind == AUDIO and held is None and not self._outbox.empty():
                    following = self._outbox.get()
                    if following[0] == AUDIO:
                        payload += following[1]
                    else:
                        held = following
                write_frame(stream, kind, payload)
            stream.close()
        except OSError:
            return  # the child is gone; the listening thread notices and says so

    def _listen(self) -> None:
        stream = self._child.stdout
        assert stream is not None
        while True:
            try:
                frame = read_frame(stream)
            except ValueError:
                frame = (ERROR, b"it wrote what is not a frame")
            with self._changed:
                if frame is None:
                    self._over = True
                else:
                    self._take(*frame)
                self._changed.notify_all()
            if frame is None or frame[0] == ERROR:
                break
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == READY:
            self.ready = True
        elif kind == ERROR:
            self._error = payload.decode("utf-8", errors="replace")
        elif kind == PARTIAL:
            utterance, samples, text = json.loads(payload)
            if utterance == self.utterance:
                self.heard_samples, self.partial = samples, text
        elif kind == WORDS:
            utterance, words = json.loads(payload)
            if utterance == self.utterance:
                self.words = words
