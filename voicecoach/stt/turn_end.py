"""Is the turn over? From the words so far and the melody of the voice to the silence that has to follow.

Two steps, each a sum of weighted features that can be read. ``words_score`` is a logistic regression over the features
of ``turn_words``, learnt from where agents' typed turns end and where they only pause. The second step adds what the
pitch says; there is another one for loud rooms, where words are misheard and the pitch is hard to find.
A line through four points makes seconds of the score: a turn that is surely over needs ``SURE`` seconds, one that could
go either way ``UNSURE``, one that wants more ``OPEN``. A whole question is over whatever the score. Weights and points
are in ``turn_end.npz``, which ``python -m training.turn_ends`` writes.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from voicecoach.stt.completeness import completeness
from voicecoach.stt.melody import NO_MELODY, Ending
from voicecoach.stt.questions import is_question
from voicecoach.stt.room import Room
from voicecoach.stt.sentence_words import FILLERS, word_set
from voicecoach.stt.turn_words import turn_features

SURE_SECONDS = 0.28
"""After what is surely over: as quick as people are who take turns by hearing where a sentence goes."""

UNSURE_SECONDS = 0.86
"""After what may be over: as long as a reply within a second allows."""

OPEN_SECONDS = 1.55
"""After what wants more: just longer than the pauses people make in the middle of a turn (0.2 to 1.5 s)."""

SILENCES = (OPEN_SECONDS, UNSURE_SECONDS, UNSURE_SECONDS, SURE_SECONDS)

NOISY_SILENCES = (1.9, 1.1, 1.1, 0.35)
"""The same in a noisy room, where weak sounds are lost and a pause says less: so much longer that the answer comes some
60 ms later at most ends of turns, with an office 20 and 10 dB below the voice (chosen with a look at all turns of
``bench/feel``)."""

FILE = "turn_end.npz"
STEPS = ("usual", "loud")

USUAL_TURN_WORDS = 12
"""Until so many words were said, each makes the end of a statement likelier; typed lines, which teach, are longer."""

SHORT_TURN_WORDS = 2
"""But "yes" and "of course" are whole turns, as answers are."""

BEGINNINGS = FILLERS | word_set("okay ok right well so now alright all actually honestly")
"""Short as they are, they are no answers: people say them to begin."""

INPUTS = 9


@dataclass(frozen=True)
class SecondStep:
    """Weights of ``inputs`` with their ``bias``; ``points`` are the scores at which OPEN, UNSURE (from, to) and SURE
    seconds are needed, rising."""

    weights: NDArray[np.float64]
    bias: float
    points: tuple[float, ...]


@dataclass(frozen=True)
class TurnEndModel:
    """The learnt weights: ``word_weights`` by feature name with ``word_bias``, and the second steps.

    ``loud`` is for loud rooms, ``usual`` for all others.
    """

    word_weights: Mapping[str, float]
    word_bias: float
    usual: SecondStep
    loud: SecondStep

    def words_score(self, text: str) -> float:
        """Log-odds that the turn ends after these words, as far as words tell; 0 for none."""
        words = text.split()
        if not words:
            return 0.0
        found = turn_features(words)
        return self.word_bias + sum(self.word_weights.get(name, 0.0) * value for name, value in found.items())

    def score(self, text: str, ending: Ending = NO_MELODY, room: Room = Room.QUIET) -> float:
        """Log-odds that the turn is over."""
        step = self._step(room)
        return float(inputs(self.words_score(text), text, ending) @ step.weights) + step.bias

    def silence_needed_seconds(self, text: str, ending: Ending = NO_MELODY, room: Room = Room.QUIET) -> float:
        """How long a pause after these words, said so, ends the turn."""
        silences = silences_of(room)
        if is_asked(text):
            return silences[-1]
        needed = float(np.interp(self.score(text, ending, room), self._step(room).points, silences))
        return min(needed, silences[1]) if may_be_all(text) else needed

    def _step(self, room: Room) -> SecondStep:
        return self.loud if room is Room.LOUD else self.usual


def silences_of(room: Room) -> tuple[float, ...]:
    """The silences after what wants more, may be over (from, to) and is surely over, in seconds."""
    return SILENCES if room is Room.QUIET else NOISY_SILENCES


def inputs(words_score: float, text: str, ending: Ending) -> NDArray[np.float64]:
    """What the second step weighs: the words, whether they ask, the melody of what does not, and how much was said."""
    words = text.split()
    question = float(is_question(words))
    stated = 1.0 - question
    return np.array(
        [
            words_score,
            question,
            question * words_score,
            stated * ending.end_semitones,
            stated * ending.fall,
            stated * ending.known,
            stated * ending.slope_semitones_per_second / 10.0,
            stated * min(len(words), USUAL_TURN_WORDS) / USUAL_TURN_WORDS,
            float(len(words) <= SHORT_TURN_WORDS),
        ]
    )


def is_asked(text: str) -> bool:
    """Whether a whole question hands the floor over."""
    return is_question(text.split()) and completeness(text) == "finished"


def may_be_all(text: str) -> bool:
    """Whether this is a whole clause, or as short as an answer."""
    words, verdict = text.split(), completeness(text)
    short = len(words) <= SHORT_TURN_WORDS and not BEGINNINGS.intersection(words)
    return verdict == "finished" or (short and verdict != "open")


@functools.cache
def turn_end_model() -> TurnEndModel:
    """The model that ships with the program."""
    with resources.files("voicecoach.stt").joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        usual, loud = (
            SecondStep(
                weights=kept[f"{step}_weights"].astype(np.float64),
                bias=float(kept[f"{step}_bias"]),
                points=tuple(float(point) for point in kept[f"{step}_points"]),
            )
            for step in STEPS
        )
        return TurnEndModel(
            word_weights=dict(zip(kept["names"].tolist(), kept["word_weights"].tolist(), strict=True)),
            word_bias=float(kept["word_bias"]),
            usual=usual,
            loud=loud,
        )
