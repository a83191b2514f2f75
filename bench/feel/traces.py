"""What the ears know at every block of a turn, heard once: from it any endpointer can be tried in no time.

The voice activity detector and the recogniser are the real ones. The recogniser is never told that the turn is over, so
that a trace shows the words that would be there at each pause.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.feel.spoken import Pause, SpokenTurn
from voicecoach.audio.base import Pcm
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import PRE_ROLL_BLOCKS, blocks_of
from voicecoach.stt.melody import NO_MELODY, Ending, Melody
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.stt.vad import LOWEST_GATE_DBFS, VoiceActivity, level_dbfs


@dataclass(frozen=True, slots=True)
class Trace:
    """One turn, block by block (10 ms): ``voiced``, the words so far and the melody where silence begins."""

    pauses: tuple[Pause, ...]
    end_seconds: float
    voiced: NDArray[np.bool_]
    partials: tuple[str, ...]
    endings: tuple[Ending, ...]


def heard(turn: SpokenTurn, recognizer: Recognizer, pcm: Pcm | None = None) -> Trace:
    """Listen to a turn (or to ``pcm`` in its place: the same with noise)."""
    activity, melody, judge = VoiceActivity(), Melody(), SpeechJudge()
    before: deque[Pcm] = deque(maxlen=PRE_ROLL_BLOCKS)
    voiced: list[bool] = []
    partials: list[str] = []
    endings: list[Ending] = []
    begun = False
    for block in blocks_of(turn.pcm if pcm is None else pcm):
        speech = judge.hear(block) if level_dbfs(block) > LOWEST_GATE_DBFS else False
        voiced.append(activity.hear(block, surely_speech=speech).voiced)
        melody.hear(block, voiced[-1])
        before.append(block)
        if begun:
            recognizer.feed(block)
        elif voiced[-1]:
            begun = True
            recognizer.feed(np.concatenate(before))
        partials.append(recognizer.partial() if begun else "")
        pauses = len(voiced) > 1 and voiced[-2] and not voiced[-1]
        endings.append(melody.ending() if pauses else endings[-1] if endings and not voiced[-1] else NO_MELODY)
    recognizer.drop()
    return Trace(turn.pauses, turn.end_seconds, np.array(voiced), tuple(partials), tuple(endings))


def all_heard(turns: Iterator[SpokenTurn], recognizer: Recognizer) -> list[Trace]:
    """Listen to every turn."""
    return [heard(turn, recognizer) for turn in turns]
