"""The ears: blocks of the trainee's sound in, what the call must know of it out.

Per block: voice activity, then the endpointer; while an utterance lasts, its sound goes to the recogniser, with the
300 ms before the onset, so that a soft first sound is not lost. Nothing here looks at a clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.base import Pcm
from voicecoach.events import Input, PartialHeard, SpeechDropped, SpeechStarted, SpeechSustained, TurnHeard
from voicecoach.stt.base import Recognizer
from voicecoach.stt.endpointer import LEAST_VOICED_SECONDS, Endpointer, Verdict
from voicecoach.stt.level import voiced_level_dbfs
from voicecoach.stt.melody import NO_MELODY, Ending, Melody
from voicecoach.stt.room import Room
from voicecoach.stt.speech_judge import LEAST_SPEECH_SECONDS, LEAST_SPEECH_TO_HOLD_SECONDS, SpeechJudge
from voicecoach.stt.vad import LOWEST_GATE_DBFS, ONSET_VOICED_BLOCKS, ONSET_WINDOW_BLOCKS, VoiceActivity, level_dbfs
from voicecoach.values import BLOCK_SAMPLES, BLOCK_SECONDS, Heard, Word

PRE_ROLL_BLOCKS = 30
"""300 ms before the onset go to the recogniser too: an "f" or an "h" is too soft for the onset."""

SUSTAINED_SECONDS = 0.1
"""So much voice is no key, no click and no lip any more; with the devices' delays a caller who stops for it is silent
within 250 ms of the onset."""

GOES_ON_SECONDS = 0.6
"""Who begins within this of the end of a turn does not answer what the caller has just begun to say, but goes on."""

SUPPOSE_SECONDS = 0.1
"""From so much silence on the turn may be over; the closure of a consonant is shorter."""

ROOMS_OWN_WORDS_SECONDS = 0.25
"""In a noisy room words that come so long after the last voice are the room's. In a quiet one most changes of the words
come before that, and the late ones mend what was misheard (``bench/feel``)."""

GHOST_TOLERANCE_SECONDS = 0.1
"""A word with no voiced block within this of it was never said. Recognisers' word times are off by up to so much."""


@dataclass
class _Utterance:
    """The utterance being heard. ``origin_seconds`` is when the first sample given to the recogniser was recorded."""

    origin_seconds: float
    onset_seconds: float
    voiced_blocks: list[Pcm]
    voiced_ends_seconds: list[float]
    melody: Melody = field(default_factory=Melody)
    partial: str = ""
    ending: Ending = NO_MELODY
    sustained: bool = False
    supposed: str = ""
    speech_seconds: float = 0.0

    def hear(self, block: Pcm, voiced: bool, at_seconds: float) -> None:
        """The next block."""
        self.melody.hear(block, voiced)
        if voiced:
            self.voiced_blocks.append(block)
            self.voiced_ends_seconds.append(at_seconds)
            self.ending = NO_MELODY
            self.supposed = ""
        elif self.ending is NO_MELODY:  # the pause begins: nothing moves the melody until somebody speaks again
            self.ending = self.melody.ending()


class Ears:
    """Hears one stream of 10 ms blocks.

    ``patience`` (0.5..1.5) scales the pauses the trainee may make and may be set at any time; ``speech_dbfs`` is the
    trainee's usual level, where a calibration found it. ``activity`` is the judge of voice (tests give their own);
    without a ``judge`` of speech every voice is taken for it.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        patience: float = 1.0,
        speech_dbfs: float | None = None,
        activity: VoiceActivity | None = None,
        judge: SpeechJudge | None = None,
    ) -> None:
        self._judge = judge
        self._recognizer = recognizer
        self._activity = activity or VoiceActivity(speech_dbfs=speech_dbfs)
        self._endpointer = Endpointer(patience)
        self._pre_roll: deque[Pcm] = deque(maxlen=PRE_ROLL_BLOCKS)
        self._utterance: _Utterance | None = None
        self._ended: tuple[float, float] | None = None

    @property
    def speaking(self) -> bool:
        """True from the onset of an utterance to its endpoint."""
        return self._utterance is not None

    @property
    def patience(self) -> float:
        """How long the caller lets the trainee pause: 1 is usual, less is shorter."""
        return self._endpointer.patience

    @patience.setter
    def patience(self, patience: float) -> None:
        self._endpointer.patience = patience

    def hear(self, block: Pcm, at_seconds: float, caller_speaking: bool = False) -> list[Input]:
        """The next block (int16, shape (160,)), which ended at ``at_seconds``; what it brought about, in order.

        Raises ``RecognizerError`` when the recogniser stopped working.
        """
        utterance = self._utterance
        speech = self._is_speech(block, worth_judging=utterance is not None or level_dbfs(block) > LOWEST_GATE_DBFS)
        activity = self._activity.hear(block, caller_speaking, speech)
        voiced = activity.voiced
        self._endpointer.room = activity.room
        if utterance is None:
            self._pre_roll.append(block)
            if self._endpointer.step(voiced, at_seconds) is not Verdict.ONSET:
                return []
            return self._begin(at_seconds)
        self._recognizer.feed(block)
        utterance.hear(block, voiced, at_seconds)
        utterance.speech_seconds += BLOCK_SECONDS if speech else 0.0
        inputs: list[Input] = []
        lasts = self._endpointer.voiced_seconds >= SUSTAINED_SECONDS - BLOCK_SECONDS / 2
        if lasts and not utterance.sustained and self._was_speech(utterance, LEAST_SPEECH_TO_HOLD_SECONDS):
            utterance.sustained = True
            inputs.append(SpeechSustained(at_seconds))
        inputs += self._renew_partial(utterance, at_seconds)
        verdict = self._endpointer.step(voiced, at_seconds, utterance.partial, utterance.ending)
        if verdict is Verdict.ENDPOINT:
            inputs.append(self._finish(utterance, at_seconds))
        elif verdict is Verdict.DROPPED:
            self._recognizer.drop()
            self._forget()
            inputs.append(SpeechDropped(at_seconds))
        return inputs

    def supposed_turn(self, at_seconds: float) -> TurnHeard | None:
        """The turn as it would be if it were over now, once for each pause and whenever its words changed since.

        None while the trainee speaks. The recogniser is not asked to finish, so it can go on listening.
        """
        utterance = self._utterance
        if utterance is None or not utterance.partial or utterance.partial == utterance.supposed:
            return None
        end_seconds = self._endpointer.last_voiced_seconds
        if at_seconds - end_seconds < SUPPOSE_SECONDS - BLOCK_SECONDS / 2:
            return None
        utterance.supposed = utterance.partial
        heard = Heard.from_text(
            utterance.partial,
            utterance.onset_seconds,
            end_seconds,
            level_dbfs=voiced_level_dbfs(np.concatenate(utterance.voiced_blocks)),
            pitch_hz=utterance.melody.pitch_hz,
        )
        return TurnHeard(at_seconds, heard)

    def flush(self, at_seconds: float) -> list[Input]:
        """The source has ended: what was being said is a turn now."""
        if self._utterance is None:
            return []
        return [self._finish(self._utterance, at_seconds)]

    def _begin(self, at_seconds: float) -> list[Input]:
        self._learn_pause(at_seconds)
        blocks = list(self._pre_roll)
        last = blocks[-ONSET_VOICED_BLOCKS:]
        self._utterance = _Utterance(
            origin_seconds=at_seconds - len(blocks) * BLOCK_SECONDS,
            onset_seconds=round(at_seconds - min(ONSET_WINDOW_BLOCKS, len(blocks)) * BLOCK_SECONDS, 3),
            voiced_blocks=last,
            voiced_ends_seconds=[at_seconds - back * BLOCK_SECONDS for back in reversed(range(len(last)))],
        )
        for block in blocks:
            self._utterance.melody.hear(block, voiced=True)  # what has no pitch leaves no trace in it
        self._recognizer.feed(np.concatenate(blocks))
        return [SpeechStarted(at_seconds)]

    def _is_speech(self, block: Pcm, *, worth_judging: bool) -> bool:
        if self._judge is None:
            return True
        if worth_judging:
            return self._judge.hear(block)
        self._judge.rest()
        return False

    def _was_speech(self, utterance: _Utterance, least_seconds: float = LEAST_SPEECH_SECONDS) -> bool:
        return self._judge is None or utterance.speech_seconds >= least_seconds - BLOCK_SECONDS / 2

    def _learn_pause(self, at_seconds: float) -> None:
        """Who speaks again as soon as the turn was taken for over had only paused."""
        if self._ended is not None:
            decided_seconds, end_seconds = self._ended
            onset_seconds = at_seconds - ONSET_WINDOW_BLOCKS * BLOCK_SECONDS
            if onset_seconds - decided_seconds < GOES_ON_SECONDS:
                self._endpointer.went_on(onset_seconds - end_seconds)
        self._ended = None

    def _renew_partial(self, utterance: _Utterance, at_seconds: float) -> list[Input]:
        """The words so far, once there was voice enough for a word: recognisers hear "the" and "huh" in noise."""
        if self._endpointer.voiced_seconds < LEAST_VOICED_SECONDS or not self._was_speech(utterance):
            return []
        late = at_seconds - self._endpointer.last_voiced_seconds > ROOMS_OWN_WORDS_SECONDS
        if late and self._endpointer.room is not Room.QUIET:
            return []
        partial = self._recognizer.partial()
        if not partial or partial == utterance.partial:
            return []
        utterance.partial = partial
        return [PartialHeard(at_seconds, partial)]

    def _finish(self, utterance: _Utterance, at_seconds: float) -> Input:
        words = self._recognizer.finish()
        said = self._said(utterance, words) if self._was_speech(utterance) else ()
        end_seconds = self._endpointer.last_voiced_seconds
        self._forget()
        if not said:
            return SpeechDropped(at_seconds)
        self._ended = (at_seconds, end_seconds)
        voiced = np.concatenate(utterance.voiced_blocks)
        heard = Heard(
            words=said,
            start_seconds=utterance.onset_seconds,
            end_seconds=end_seconds,
            level_dbfs=voiced_level_dbfs(voiced),
            pitch_hz=utterance.melody.pitch_hz,
        )
        return TurnHeard(at_seconds, heard)

    def _said(self, utterance: _Utterance, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words in the time of the call, without those heard where nobody spoke."""
        ends = np.asarray(utterance.voiced_ends_seconds)
        said = []
        for word in words:
            start, end = word.start_seconds + utterance.origin_seconds, word.end_seconds + utterance.origin_seconds
            near = (ends > start - GHOST_TOLERANCE_SECONDS) & (ends - BLOCK_SECONDS < end + GHOST_TOLERANCE_SECONDS)
            if near.any():
                said.append(Word(word.text, round(start, 3), round(end, 3), word.confidence))
        return tuple(said)

    def _forget(self) -> None:
        self._utterance = None
        self._endpointer.stop()
        self._pre_roll.clear()


def blocks_of(pcm: Pcm) -> list[Pcm]:
    """Sound of any length as blocks; the last one is filled up with zeros."""
    padded = np.zeros(-(-len(pcm) // BLOCK_SAMPLES) * BLOCK_SAMPLES, dtype=np.int16)
    padded[: len(pcm)] = pcm
    return list(padded.reshape(-1, BLOCK_SAMPLES))
