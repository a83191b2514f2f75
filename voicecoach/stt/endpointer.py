"""When has the trainee finished? Pure: judged blocks and the words so far in, verdicts out, all in audio seconds.

Rather than a fixed silence, the pause that ends a turn depends on the words before it and the melody of the voice
(``turn_end``), on the caller's patience, and on how long this trainee is used to pause (``pace``).
"""

from __future__ import annotations

from enum import StrEnum

from voicecoach.stt.melody import NO_MELODY, Ending
from voicecoach.stt.pace import Pace
from voicecoach.stt.room import Room
from voicecoach.stt.turn_end import SURE_SECONDS, silences_of, turn_end_model
from voicecoach.stt.vad import ONSET_VOICED_BLOCKS
from voicecoach.values import BLOCK_SECONDS

NO_WORDS_SILENCE_SECONDS = 0.8
"""After a voice of which no word is known yet: it may be a hesitation, or the recogniser is behind (start)."""

DROP_SILENCE_SECONDS = 0.3
"""After a sound too short for a word, before it is dropped."""

LEAST_VOICED_SECONDS = 0.09
"""The shortest voiced sound taken for a word; a cough's attack, a key or a lip is shorter (start)."""

LONGEST_UTTERANCE_SECONDS = 60.0
"""A turn is cut here whatever happens: something else must be making the sound."""

ONSET_VOICED_SECONDS = ONSET_VOICED_BLOCKS * BLOCK_SECONDS
"""What the first voiced block stands for: the debounced judgement comes after so much voice."""

LEAST_PATIENCE, MOST_PATIENCE = 0.5, 1.5


class Verdict(StrEnum):
    """What a block brought about."""

    ONSET = "onset"
    ENDPOINT = "endpoint"
    DROPPED = "dropped"


def silence_needed_seconds(text: str, ending: Ending = NO_MELODY, room: Room = Room.QUIET) -> float:
    """How long a pause after these words, said so, ends the turn, for a caller of the usual patience."""
    return turn_end_model().silence_needed_seconds(text, ending, room) if text else NO_WORDS_SILENCE_SECONDS


def patient(needed_seconds: float, patience: float, room: Room = Room.QUIET) -> float:
    """The silence that a caller with this patience (0.5..1.5) waits, no longer than usual after what may be over."""
    factor = min(MOST_PATIENCE, max(LEAST_PATIENCE, patience))
    unsure_seconds = silences_of(room)[1]
    return needed_seconds * (min(1.0, factor) if needed_seconds <= unsure_seconds else factor)


class Endpointer:
    """Follows one stream of blocks; ``patience`` (0.5..1.5, 1 is usual) and ``room`` may be changed at any time.

    ``voiced_seconds`` is how much voice the utterance held so far, ``last_voiced_seconds`` the end of its last voiced
    block; both keep their values after the verdict that ended the utterance.
    """

    def __init__(self, patience: float = 1.0) -> None:
        turn_end_model()  # read now: the first pause of a call does not wait for it
        self.patience = patience
        self.room = Room.QUIET
        self.speaking = False
        self.voiced_seconds = 0.0
        self.last_voiced_seconds = 0.0
        self._began_seconds = 0.0
        self._pace = Pace()
        self._needed: tuple[tuple[str, Ending, Room], float] = (("", NO_MELODY, Room.QUIET), NO_WORDS_SILENCE_SECONDS)

    def step(self, voiced: bool, at_seconds: float, partial: str = "", ending: Ending = NO_MELODY) -> Verdict | None:
        """The next block: whether it is voiced, the time of its end, the words so far, and where the melody stands."""
        if not self.speaking:
            return self._begin(at_seconds) if voiced else None
        if voiced:
            self._pace.paused(at_seconds - self.last_voiced_seconds)
            self.voiced_seconds += BLOCK_SECONDS
            self.last_voiced_seconds = at_seconds
        verdict = self._judge(at_seconds, partial, ending)
        self.speaking = verdict is None
        return verdict

    def stop(self) -> None:
        """Forget the utterance, as when the source has ended."""
        self.speaking = False

    def went_on(self, pause_seconds: float) -> None:
        """The turn was not over after all: the trainee went on after this pause."""
        self._pace.paused(pause_seconds)

    def _begin(self, at_seconds: float) -> Verdict:
        self.speaking = True
        self.voiced_seconds = ONSET_VOICED_SECONDS
        self.last_voiced_seconds = at_seconds
        self._began_seconds = at_seconds
        return Verdict.ONSET

    def _judge(self, at_seconds: float, partial: str, ending: Ending) -> Verdict | None:
        # Times are sums of hundredths: half a block of tolerance keeps a threshold from slipping by one block.
        silence = at_seconds - self.last_voiced_seconds + BLOCK_SECONDS / 2
        if at_seconds - self._began_seconds + BLOCK_SECONDS / 2 >= LONGEST_UTTERANCE_SECONDS:
            return Verdict.ENDPOINT
        if not partial and self.voiced_seconds < LEAST_VOICED_SECONDS - BLOCK_SECONDS / 2:
            return Verdict.DROPPED if silence >= DROP_SILENCE_SECONDS else None
        if silence < LEAST_PATIENCE * SURE_SECONDS:
            return None
        return Verdict.ENDPOINT if silence >= self._silence_needed_seconds(partial, ending) else None

    def _silence_needed_seconds(self, partial: str, ending: Ending) -> float:
        """Worked out once for the same words said the same way, not for every block of a pause."""
        said = (partial, ending, self.room)
        if self._needed[0] != said:
            self._needed = (said, silence_needed_seconds(*said))
        return patient(self._needed[1], self.patience, self.room) * self._pace.factor
