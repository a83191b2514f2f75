"""Several processes that hear turns at once: there are hours of sound to listen to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType

from bench.feel.spoken import SpokenTurn
from bench.feel.traces import Trace, heard
from voicecoach.audio.base import Pcm
from voicecoach.stt.model_folder import synthetic_model_folder
from voicecoach.stt.vosk_recognizer import VoskRecognizer

Sound = tuple[SpokenTurn, Pcm | None]
"""A turn, and what is heard in its place (None: itself)."""

TURNS_AT_ONCE = 4


class Listeners:
    """A process for each processor, each with a recogniser of its own; ends with its ``with``."""

    def __init__(self, processes: int | None = None) -> None:
        # Fresh ones: a recogniser has threads, which a fork would lose.
        self._pool = ProcessPoolExecutor(
            processes or os.cpu_count(), mp_context=get_context("spawn"), initializer=_Listener.start
        )

    def hear(self, sounds: Iterable[Sound]) -> Iterator[Trace]:
        """What was heard of each, in the same order."""
        return self._pool.map(_Listener.listen, sounds, chunksize=TURNS_AT_ONCE)

    def __enter__(self) -> Listeners:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)


class _Listener:
    """One process's recogniser."""

    the: _Listener

    def __init__(self) -> None:
        self._recognizer = VoskRecognizer(synthetic_model_folder())

    @classmethod
    def start(cls) -> None:
        cls.the = cls()

    @classmethod
    def listen(cls, sound: Sound) -> Trace:
        turn, pcm = sound
        return heard(turn, cls.the._recognizer, pcm)
