"""Is the turn over? From the words so far and the melody of the voice to the silence that has to follow.

Two steps, each a sum of weighted features that can be read. The words are judged by two logistic regressions over the
features of ``turn_words``, learnt from where agents' turns end and where they only pause: whether the turn ends here,
and whether it ends in a question. The second step adds what the pitch says; noisy and loud rooms have their own, as
more words are misheard there and the pitch is harder to find.
A line through four points makes seconds of the score: a turn that is surely over needs ``SURE`` seconds, one that could
go either way ``UNSURE``, one that wants more ``OPEN``. A whole question is over whatever the score. Weights and points
are in ``turn_end.npz``, which ``python -m training.turn_ends`` writes.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from voicecoach.stt.completeness import completeness, is_whole
from voicecoach.stt.melody import NO_MELODY, Ending
from voicecoach.stt.questions import is_question
from voicecoach.stt.room import Room
from voicecoach.stt.sentence_words import FILLERS, word_set
from voicecoach.stt.turn_words import Features, turn_features

SURE_SECONDS = 0.31
"""After what is surely over: as quick as people are who take turns by hearing where a sentence goes."""

UNSURE_SECONDS = 0.86
"""After what may be over: as long as a reply within a second allows."""

OPEN_SECONDS = 1.55
"""After what wants more: just longer than the pauses people make in the middle of a turn (0.2 to 1.5 s)."""

SILENCES = (OPEN_SECONDS, UNSURE_SECONDS, UNSURE_SECONDS, SURE_SECONDS)

NOISY_SILENCES = (1.9, 1.1, 1.1, 0.35)
"""The same in a noisy room, where weak sounds are lost and a pause says less."""

FILE = "turn_end.npz"
WORDS = ("ends", "asks")
LENGTHS = (10, 11)
"""Which of the inputs say how much was said."""

USUAL_TURN_WORDS = 12
"""Until so many words were said, each makes the end of a statement likelier; typed lines, which teach, are longer."""

LONG_TURN_WORDS = 30
"""And so does every word of any turn until so many: few agents speak for longer without a break."""

SHORT_TURN_WORDS = 2
"""But "yes" and "of course" are whole turns, as answers are."""

BEGINNINGS = FILLERS | word_set("okay ok right well so now alright all actually honestly")
"""Short as they are, they are no answers: people say them to begin."""

INPUTS = 13

NO_WORDS_LOG_ODDS = (0.0, -3.0)
"""Before any word: it may end, but hardly asks."""


@dataclass(frozen=True)
class WordWeights:
    """Weights by the name of a feature of ``turn_words``, and what is added to their sum."""

    weights: Mapping[str, float]
    bias: float

    def log_odds(self, found: Features) -> float:
        """What these features say."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in found.items())


@dataclass(frozen=True)
class SecondStep:
    """Weights of ``inputs`` with their ``bias``; ``points`` are the scores at which OPEN, UNSURE (from, to) and SURE
    seconds are needed, rising."""

    weights: NDArray[np.float64]
    bias: float
    points: tuple[float, ...]


@dataclass(frozen=True)
class TurnEndModel:
    """The learnt weights: of the words for an end and for a question, and the second step for each room."""

    ends: WordWeights
    asks: WordWeights
    steps: Mapping[Room, SecondStep]

    def words_say(self, text: str) -> tuple[float, float]:
        """Log-odds that the turn ends after these words, and that it ends in a question, as far as words tell."""
        words = text.split()
        if not words:
            return NO_WORDS_LOG_ODDS
        found = turn_features(words)
        return self.ends.log_odds(found), self.asks.log_odds(found)

    def score(self, text: str, ending: Ending = NO_MELODY, room: Room = Room.QUIET) -> float:
        """Log-odds that the turn is over."""
        step = self.steps[room]
        return float(inputs(self.words_say(text), text, ending) @ step.weights) + step.bias

    def silence_needed_seconds(self, text: str, ending: Ending = NO_MELODY, room: Room = Room.QUIET) -> float:
        """How long a pause after these words, said so, ends the turn."""
        silences = silences_of(room)
        if is_asked(text):
            return silences[-1]
        needed = float(np.interp(self.score(text, ending, room), self.steps[room].points, silences))
        return min(needed, silences[1]) if may_be_all(text) else needed


def silences_of(room: Room) -> tuple[float, ...]:
    """The silences after what wants more, may be over (from, to) and is surely over, in seconds."""
    return SILENCES if room is Room.QUIET else NOISY_SILENCES


def inputs(words_say: tuple[float, float], text: str, ending: Ending) -> NDArray[np.float64]:
    """What the second step weighs: the words, whether they ask, the melody, that of what does not ask once more, and
    how much was said."""
    count = len(text.split())
    ends, asks = words_say
    asked = 1.0 / (1.0 + math.exp(-asks))
    stated = 1.0 - asked
    melody = (ending.end_semitones, ending.fall, ending.known, ending.slope_semitones_per_second / 10.0)
    return np.array(
        [
            ends,
            asked,
            *melody,
            *(stated * value for value in melody),
            stated * min(count, USUAL_TURN_WORDS) / USUAL_TURN_WORDS,
            min(count, LONG_TURN_WORDS) / LONG_TURN_WORDS,
            float(count <= SHORT_TURN_WORDS),
        ]
    )


def is_asked(text: str) -> bool:
    """Whether a whole question hands the floor over."""
    return is_question(text.split()) and completeness(text) == "finished"


def may_be_all(text: str) -> bool:
    """Whether this is a whole clause, or as short as an answer."""
    words = text.split()
    short = len(words) <= SHORT_TURN_WORDS and not BEGINNINGS.intersection(words)
    return is_whole(words) or (short and completeness(text) != "open")


@functools.cache
def turn_end_model() -> TurnEndModel:
    """The model that ships with the program."""
    with resources.files("voicecoach.stt").joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        ends, asks = (
            WordWeights(
                weights=dict(zip(kept["names"].tolist(), kept[f"{name}_words"].tolist(), strict=True)),
                bias=float(kept[f"{name}_bias"]),
            )
            for name in WORDS
        )
        steps = {
            room: SecondStep(
                weights=kept[f"{room.name}_weights"].astype(np.float64),
                bias=float(kept[f"{room.name}_bias"]),
                points=tuple(float(point) for point in kept[f"{room.name}_points"]),
            )
            for room in Room
        }
        return TurnEndModel(ends, asks, steps)
