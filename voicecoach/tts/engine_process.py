"""The parent's hold on the child process that speaks: start it, ask it, know when it is lost, end it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

import voicecoach
from voicecoach.errors import StorageError, VoiceError
from voicecoach.tts.frames import Frame, read_frame, write_frame

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows a console would flash up


class EngineLost(VoiceError):
    """The child hung past its time limit, died or failed. Kept inside this package: the voice restarts the child."""


class EngineProcess:
    """One child and the scratch folder that it may write to.

    ``command`` is run with the folder as its last argument and must speak ``frames``. Raises ``StorageError`` when no
    temporary folder can be made, ``VoiceError`` when the command cannot be run.
    """

    def __init__(self, command: Sequence[str]) -> None:
        try:
            scratch = tempfile.mkdtemp(prefix="voicecoach-voice-")
        except OSError as error:
            raise StorageError(
                f"no temporary folder can be made ({error.strerror})",
                where=tempfile.gettempdir(),
                remedy="free some space there, or set TMPDIR to a folder that can be written",
            ) from error
        self._complaints = Path(scratch, "stderr.txt")
        try:
            with self._complaints.open("wb") as complaints:
                self._process = subprocess.Popen(
                    [*command, scratch],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    # Where this package lies, so that the child imports the same one; not the user's own folder.
                    cwd=Path(voicecoach.__file__).parent.parent,
                    start_new_session=True,
                    creationflags=_NO_WINDOW,
                )
        except OSError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            raise VoiceError(
                f"the speech process cannot be started ({error.strerror})",
                where=command[0],
                remedy="install voicecoach again",
            ) from error
        self.pid = self._process.pid
        self._replies: SimpleQueue[Frame | None] = SimpleQueue()
        self._last_id = 0
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests: BinaryIO = self._process.stdin  # type: ignore[assignment]
        listener = threading.Thread(target=_listen, args=(self._process.stdout, self._replies), daemon=True)
        listener.start()
        # Also at the interpreter's end, and when the owner forgot to close.
        self._end = weakref.finalize(self, _end, self._process, listener, scratch)

    def hello(self, time_limit_seconds: float) -> dict[str, Any]:
        """What the child says when its engine is up. Raises ``EngineLost``."""
        return self._receive(time.monotonic() + time_limit_seconds)[0]

    def ask(self, request: dict[str, Any], time_limit_seconds: float) -> Frame:
        """The reply to this request. Raises ``EngineLost`` when it does not come in time, or the child died."""
        deadline = time.monotonic() + time_limit_seconds
        self._last_id += 1
        try:
            write_frame(self._requests, request | {"id": self._last_id})
        except OSError as error:
            raise self._died() from error
        while True:
            head, body = self._receive(deadline)
            if head.get("id") == self._last_id:  # else: the reply to one whose asker was interrupted (Ctrl-C)
                return head, body

    def close(self) -> None:
        """End the child at once and remove its folder. Safe to call twice."""
        self._end()

    def _receive(self, deadline: float) -> Frame:
        try:
            frame = self._replies.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise EngineLost(f"the speech engine did not answer in time{self._complaint()}") from None
        if frame is None:
            raise self._died()
        return frame

    def _died(self) -> EngineLost:
        return EngineLost(f"the speech engine died{self._complaint()}")

    def _complaint(self) -> str:
        with contextlib.suppress(OSError):
            lines = self._complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            if lines:
                return f" ({lines[-1].strip()})"
        return ""


def _listen(stream: BinaryIO, replies: SimpleQueue[Frame | None]) -> None:
    with stream:
        try:
            while (frame := read_frame(stream)) is not None:
                replies.put(frame)
        except (ValueError, OSError):
            pass  # not a frame, so not our worker any more: the same as dead
    replies.put(None)


def _end(process: subprocess.Popen[bytes], listener: threading.Thread, scratch: str) -> None:
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5.0)
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    listener.join(timeout=1.0)
    shutil.rmtree(scratch, ignore_errors=True)
