"""The child process that owns pyttsx3: ``python -m voicecoach.tts.worker [--piper MODEL.onnx] SCRATCH_FOLDER``.

It is apart so that it can be killed: pyttsx3 is known to hang (its issues 35, 126, 193, 402, 419 and 440). Frames
(see ``frames``) come in on stdin and go out on stdout:

- out, once: ``{"driver", "has_pitch"}``, when the engine is up;
- in: ``{"id", "ask": "speak", "text", "voice", "rate_wpm", "pitch", "pitch_range"}``, out: ``{"id"}`` and a sound file,
  or ``{"id", "unknown_voice", "near": [...]}``, or ``{"id", "failed": reason}``;
- in: ``{"id", "ask": "voices"}``, out: ``{"id", "voices": [...]}``.

When stdin ends, so does the process, even if the engine hangs.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, Protocol

from voicecoach.tts.frames import Frame, read_frame, write_frame


class Speech(Protocol):
    """What the child asks of pyttsx3 on one kind of driver."""

    driver: str
    has_pitch: bool

    def voices(self) -> list[str]:
        """Names that can be asked for."""

    def voice_id(self, name: str) -> str | None:
        """The engine's id for a voice name."""

    def nearest(self, name: str) -> list[str]:
        """Names that exist and look like this one."""

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, pitch_range: int) -> bytes:
        """A sound file of the text."""


def open_speech(scratch: Path, piper_model: Path | None = None) -> Speech:
    """The neural voice that was named, else pyttsx3 with the driver it would choose on this platform."""
    if piper_model is not None:
        from voicecoach.tts.piper_speech import PiperSpeech

        return PiperSpeech(scratch, piper_model)
    if sys.platform in ("win32", "darwin"):
        from voicecoach.tts.platform_speech import PlatformSpeech

        return PlatformSpeech(scratch)
    from voicecoach.tts.espeak_speech import EspeakSpeech

    return EspeakSpeech(scratch)


def answer(speech: Speech, request: dict[str, Any]) -> Frame:
    """The reply to one request."""
    reply = {"id": request["id"]}
    if request["ask"] == "voices":
        return reply | {"voices": speech.voices()}, b""
    name = str(request["voice"])
    voice = speech.voice_id(name)
    if voice is None:
        return reply | {"unknown_voice": name, "near": speech.nearest(name)}, b""
    try:
        sound_file = speech.speak(request["text"], voice, request["rate_wpm"], request["pitch"], request["pitch_range"])
    except (RuntimeError, OSError) as error:
        return reply | {"failed": f"{type(error).__name__}: {error}"}, b""
    return reply, sound_file


def main() -> None:
    """Serve until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    scratch = Path(sys.argv[-1])
    piper_model = Path(sys.argv[2]) if sys.argv[1] == "--piper" else None
    incoming, outgoing = _take_over_pipes()
    sys.unraisablehook = _end_on_unraisable
    requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_read_requests, args=(incoming, requests, scratch), daemon=True).start()
    speech = open_speech(scratch, piper_model)
    write_frame(outgoing, {"driver": speech.driver, "has_pitch": speech.has_pitch})
    while True:
        write_frame(outgoing, *answer(speech, requests.get()))


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    # pyttsx3 and its drivers print to stdout; on the pipe that would be taken for a frame.
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return incoming, outgoing


def _read_requests(incoming: BinaryIO, requests: SimpleQueue[dict[str, Any]], scratch: Path) -> None:
    while (frame := read_frame(incoming)) is not None:
        requests.put(frame[0])
    # The parent is gone. The main thread may be stuck inside the engine, so nothing gentler would do.
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


def _end_on_unraisable(unraisable: Any) -> None:
    # An exception in the engine's callback (disk full) leaves pyttsx3's loop running for ever: end at once instead.
    print(f"{type(unraisable.exc_value).__name__}: {unraisable.exc_value}", file=sys.stderr, flush=True)  # noqa: T201
    os._exit(3)


if __name__ == "__main__":
    main()
