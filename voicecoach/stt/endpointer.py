"""When has the trainee finished? Pure: judged blocks and the words so far in, verdicts out, all in audio seconds.

Rather than a fixed silence, the pause that ends a turn depends on the words before it (``completeness``) and on the
caller's patience.
"""

from __future__ import annotations

from enum import StrEnum

from voicecoach.events import BLOCK_SECONDS
from voicecoach.stt.completeness import completeness
from voicecoach.stt.vad import ONSET_VOICED_BLOCKS

FINISHED_SILENCE_SECONDS = 0.30
"""After a finished clause or question (DESIGN section 4: .25-.35; start)."""

UNKNOWN_SILENCE_SECONDS = 0.6
"""After words that could go either way (DESIGN section 4; start)."""

OPEN_SILENCE_SECONDS = 1.3
"""After words that want more: "because", "the", half a number (DESIGN section 4: 1.2-1.5; start)."""

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


def silence_needed_seconds(text: str, patience: float = 1.0) -> float:
    """How long a pause after these words ends the turn; ``patience`` is kept within 0.5..1.5."""
    factor = min(MOST_PATIENCE, max(LEAST_PATIENCE, patience))
    if not text:
        return NO_WORDS_SILENCE_SECONDS * factor
    needed = {
        "finished": FINISHED_SILENCE_SECONDS,
        "unknown": UNKNOWN_SILENCE_SECONDS,
        "open": OPEN_SILENCE_SECONDS,
    }
    return needed[completeness(text)] * factor


class Endpointer:
    """Follows one stream of blocks; ``patience`` (0.5..1.5, 1 is usual) may be changed at any time.

    ``voiced_seconds`` is how much voice the utterance held so far, ``last_voiced_seconds`` the end of its last voiced
    block; both keep their values after the verdict that ended the utterance.
    """

    def __init__(self, patience: float = 1.0) -> None:
        self.patience = patience
        self.speaking = False
        self.voiced_seconds = 0.0
        self.last_voiced_seconds = 0.0
        self._began_seconds = 0.0

    def step(self, voiced: bool, at_seconds: float, partial: str = "") -> Verdict | None:
        """The next block: whether it is voiced, the time of its end, and the words of the utterance so far."""
        if not self.speaking:
            return self._begin(at_seconds) if voiced else None
        if voiced:
            self.voiced_seconds += BLOCK_SECONDS
            self.last_voiced_seconds = at_seconds
        verdict = self._judge(at_seconds, partial)
        self.speaking = verdict is None
        return verdict

    def stop(self) -> None:
        """Forget the utterance, as when the source has ended."""
        self.speaking = False

    def _begin(self, at_seconds: float) -> Verdict:
        self.speaking = True
        self.voiced_seconds = ONSET_VOICED_SECONDS
        self.last_voiced_seconds = at_seconds
        self._began_seconds = at_seconds
        return Verdict.ONSET

    def _judge(self, at_seconds: float, partial: str) -> Verdict | None:
        # Times are sums of hundredths: half a block of tolerance keeps a threshold from slipping by one block.
        silence = at_seconds - self.last_voiced_seconds + BLOCK_SECONDS / 2
        if at_seconds - self._began_seconds + BLOCK_SECONDS / 2 >= LONGEST_UTTERANCE_SECONDS:
            return Verdict.ENDPOINT
        if not partial and self.voiced_seconds < LEAST_VOICED_SECONDS - BLOCK_SECONDS / 2:
            return Verdict.DROPPED if silence >= DROP_SILENCE_SECONDS else None
        if silence < LEAST_PATIENCE * FINISHED_SILENCE_SECONDS:
            return None
        return Verdict.ENDPOINT if silence >= silence_needed_seconds(partial, self.patience) else None
