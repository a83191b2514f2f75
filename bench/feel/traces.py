"""What the ears know at every block of a turn, heard once: from it any endpointer can be tried in no time.

The voice activity detector and the recogniser are the real ones. The recogniser is never told that the turn is over, so
that a trace shows the words that would be there at each pause.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.feel.spoken import Pause, SpokenTurn
from voicecoach.audio.base import Pcm
from voicecoach.stt.base import Recognizer
from voicecoach.stt.ears import PRE_ROLL_BLOCKS, ROOMS_OWN_WORDS_SECONDS, blocks_of
from voicecoach.stt.melody import NO_MELODY, Ending, Melody
from voicecoach.stt.room import Room
from voicecoach.stt.speech_judge import SpeechJudge
from voicecoach.stt.vad import LOWEST_GATE_DBFS, VoiceActivity, level_dbfs
from voicecoach.values import BLOCK_SECONDS

LATE_BLOCKS = round(ROOMS_OWN_WORDS_SECONDS / BLOCK_SECONDS)


@dataclass(frozen=True, slots=True)
class Trace:
    """One turn, block by block (10 ms): ``voiced``, the room so far, the words so far, and the melody where
    silence begins."""

    pauses: tuple[Pause, ...]
    end_seconds: float
    voiced: NDArray[np.bool_]
    rooms: tuple[Room, ...]
    partials: tuple[str, ...]
    endings: tuple[Ending, ...]


def heard(turn: SpokenTurn, recognizer: Recognizer, pcm: Pcm | None = None) -> Trace:
    """Listen to a turn (or to ``pcm`` in its place: the same with noise)."""
    activity, melody, judge = VoiceActivity(), Melody(), SpeechJudge()
    before: deque[Pcm] = deque(maxlen=PRE_ROLL_BLOCKS)
    voiced: list[bool] = []
    rooms: list[Room] = []
    last_voiced = 0
    partials: list[str] = []
    endings: list[Ending] = []
    begun = False
    for block in blocks_of(turn.pcm if pcm is None else pcm):
        speech = judge.hear(block) if level_dbfs(block) > LOWEST_GATE_DBFS else False
        found = activity.hear(block, surely_speech=speech)
        voiced.append(found.voiced)
        rooms.append(found.room)
        last_voiced = len(voiced) if found.voiced else last_voiced
        melody.hear(block, voiced[-1])
        before.append(block)
        if begun:
            recognizer.feed(block)
        elif voiced[-1]:
            begun = True
            recognizer.feed(np.concatenate(before))
        late = rooms[-1] is not Room.QUIET and len(voiced) - last_voiced > LATE_BLOCKS
        partials.append(partials[-1] if late else recognizer.partial() if begun else "")
        pauses = len(voiced) > 1 and voiced[-2] and not voiced[-1]
        endings.append(melody.ending() if pauses else endings[-1] if endings and not voiced[-1] else NO_MELODY)
    recognizer.drop()
    return Trace(turn.pauses, turn.end_seconds, np.array(voiced), tuple(rooms), tuple(partials), tuple(endings))
