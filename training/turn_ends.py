"""Learns when a turn is over: ``python -m training.turn_ends`` writes ``voicecoach/stt/turn_end.npz``.

The words first: where the labelled agents' lines end, in a question or not, against the places in them where people
pause (punctuation, before "and" or "because", now and then anywhere, after a filler), and where the turns of ``turns/``
pause and end; each as typed and as a recogniser mishears it. Then the melody, and the points that make seconds of
scores, on the spoken turns of ``turn_places``, in a quiet room and in an office.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.feel.spoken import LEAST_PAUSE_SECONDS, MOST_PAUSE_SECONDS, Script
from models.recipe.words import spoken_words
from training.confusions import read
from training.noise import mistaken
from training.turn_places import FOLDS, SHORT_TURNS, Place, all_places, parted_lines, written_turns
from voicecoach.stt.melody import NO_MELODY
from voicecoach.stt.room import Room
from voicecoach.stt.turn_end import (
    FILE,
    INPUTS,
    LENGTHS,
    WORDS,
    SecondStep,
    TurnEndModel,
    WordWeights,
    inputs,
    is_asked,
    may_be_all,
    silences_of,
)
from voicecoach.stt.turn_words import turn_features

ROOT = Path(__file__).parent.parent

PAUSE_CHANCES = {".": 1.0, "!": 1.0, ",": 0.8, ";": 0.8, ":": 0.8, "-": 0.8}
"""How often a place in a line with this after it is taken for a pause."""

BEFORE_CONJUNCTION, ANYWHERE = 0.4, 0.08
CONJUNCTIONS = frozenset("and but so because or if when that who which".split())
FILLERS = (
    "um|uh|er|well|so|okay so|right so|so um|hmm|well um|okay|right|you know|i mean|let me see|actually|basically"
).split("|")
FILLER_CHANCE = 0.25
SHORT_TURN_COPIES = 6
"""Typed lines are longer than what people answer to a question; so each of these counts as so many lines that end."""

STRENGTH = 0.2
"""Inverse of the regularisation; weaker ones do worse on the tuned half."""

SEEN_AT_LEAST, SMALLEST_WEIGHT = 4, 0.04
WRITTEN_COPIES = 4
"""The turns of ``turns/`` pause where people do; so each counts as so many lines."""

ANSWERED_SOON = {Room.QUIET: 0.53, Room.NOISY: 0.64, Room.LOUD: 0.54}
"""Of the ends of turns that were written with their pauses: more than a half, so that the usual answer comes at once in
every room; where words are misheard agents differ more.

Two of them are what held-back turns had shown to be too many: in a loud room .64 cut off twice as many pauses of the
first 90 as in a quiet one, and in a quiet one .57 left 5.2 % of all their pauses cut off and not mended."""

ANSWERED_IN_TIME = 0.955
"""Of the turns' ends: those after which nobody waits for more."""

TONELESS = {Room.QUIET: 0.1, Room.NOISY: 0.0, Room.LOUD: 0.0}
"""In a quiet room the pitch is not found at one place in eighty: too few to learn what that says, which is nothing."""

ASKED_SCORE = 10.0
"""A whole question needs no score; this stands for one beyond every point."""

SOON_SECONDS = 0.4
"""Who goes on so soon after the caller's first sound is hardly disturbed; the call mends for longer."""

COMPUTE_SECONDS = 0.09
"""What program and devices add to a silence (``bench/feel``)."""

PAUSES, ENDS, ASKS = range(3)
Example = tuple[list[str], int]
Words = tuple[WordWeights, WordWeights]


def main() -> None:
    """Learn, tell how well, and write."""
    parser = argparse.ArgumentParser(description="Learns when a turn is over.")
    parser.add_argument("--out", type=Path, default=ROOT / "voicecoach" / "stt" / FILE)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    words = learn_words()
    folds = {fold: learn_words(fold) for fold in range(FOLDS)}
    steps = {
        room: second_step(room, places, lambda place: folds.get(place.fold, words))
        for room, places in all_places(options.processes).items()
    }
    names = sorted({name for weights in words for name in weights.weights})
    sys.stdout.write(f"{len(names)} features; {steps}\n")
    np.savez_compressed(
        options.out,
        names=np.array(names),
        **{
            f"{name}_words": np.array([weights.weights.get(each, 0.0) for each in names], np.float32)
            for name, weights in zip(WORDS, words, strict=True)
        },
        **{f"{name}_bias": np.float32(weights.bias) for name, weights in zip(WORDS, words, strict=True)},
        **{f"{room.name}_weights": step.weights.astype(np.float32) for room, step in steps.items()},
        **{f"{room.name}_bias": np.float32(step.bias) for room, step in steps.items()},
        **{f"{room.name}_points": np.array(step.points, np.float32) for room, step in steps.items()},
    )


def second_step(room: Room, places: list[Place], words: Callable[[Place], Words]) -> SecondStep:
    """Learn it from these places, whose words are judged by ``words``.

    In a quiet room nothing is made of how much was said: words and melody tell more, and agents differ in it. Each
    place is learnt from once more as if its pitch had not been found there, with the weight TONELESS.
    """
    ends = [place.seconds is None for place in places]
    say = [_words_say(words(place), place.text) for place in places]
    weighed = np.array([inputs(each, place.text, place.ending) for each, place in zip(say, places, strict=True)])
    toneless = np.array([inputs(each, place.text, NO_MELODY) for each, place in zip(say, places, strict=True)])
    counts = np.repeat([1.0, TONELESS[room]], len(places))
    used = np.array([room is not Room.QUIET or number not in LENGTHS for number in range(INPUTS)])
    model = LogisticRegression(max_iter=1000).fit(
        np.concatenate([weighed, toneless])[:, used], [*ends, *ends], sample_weight=counts
    )
    weights = np.zeros(INPUTS)
    weights[used] = model.coef_[0]
    asked = [is_asked(place.text) for place in places]
    scores = np.where(asked, ASKED_SCORE, model.decision_function(weighed[:, used]))
    return SecondStep(weights, float(model.intercept_[0]), best_points(scores, places, room))


def _words_say(words: Words, text: str) -> tuple[float, float]:
    return TurnEndModel(*words, {}).words_say(text)


def learn_words(without_fold: int | None = None) -> Words:
    """The regressions over words: whether the turn ends, and whether in a question."""
    chance, random_chance = random.Random(0), random.Random(1)
    confusions = read()["vosk"]
    typed = [example for text in parted_lines()[0] for example in examples(text, chance)]
    typed += [
        example for script in written_turns(without_fold) for example in written_examples(script)
    ] * WRITTEN_COPIES
    misheard = [(mistaken(words, confusions, random_chance), kind) for words, kind in typed]
    short = [(turn.split(), ENDS) for turn in SHORT_TURNS] * SHORT_TURN_COPIES
    known = [(words, kind) for words, kind in [*typed, *misheard, *short] if words]
    vectors = DictVectorizer()
    x = vectors.fit_transform([turn_features(words) for words, _ in known])
    kept = np.asarray((x != 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    names, kinds = np.array(vectors.get_feature_names_out())[kept], np.array([kind for _, kind in known])

    def learn(wanted: NDArray[np.bool_]) -> WordWeights:
        model = LogisticRegression(C=STRENGTH, max_iter=300).fit(x[:, kept], wanted)
        large = np.abs(model.coef_[0]) >= SMALLEST_WEIGHT
        return WordWeights(
            dict(zip(names[large].tolist(), model.coef_[0][large].tolist(), strict=True)), float(model.intercept_[0])
        )

    return learn(kinds != PAUSES), learn(kinds == ASKS)


def written_examples(script: Script) -> Iterator[Example]:
    """Every pause of a turn and its end."""
    words: list[str] = []
    for segment in script.segments[:-1]:
        words = [*words, *spoken_words(segment)]
        yield words, PAUSES
    last = script.segments[-1]
    yield [*words, *spoken_words(last)], ASKS if last.endswith("?") else ENDS


def examples(text: str, chance: random.Random) -> Iterator[Example]:
    """Beginnings of a typed line: the whole, which ends, and those at which somebody might pause."""
    words, marks = words_and_marks(text)
    for place in range(1, len(words)):
        mark, following = marks[place - 1], words[place]
        if mark == "?":  # who asks and falls silent waits for an answer, whatever a typed line goes on with
            yield words[:place], ASKS
            continue
        usual = BEFORE_CONJUNCTION if following in CONJUNCTIONS else ANYWHERE
        if chance.random() < PAUSE_CHANCES.get(mark, usual):
            yield words[:place], PAUSES
    if words:
        yield words, ASKS if marks[-1] == "?" else ENDS
        if chance.random() < FILLER_CHANCE:
            before = chance.randrange(len(words)) if chance.random() < 0.5 else 0
            yield [*words[:before], *chance.choice(FILLERS).split()], PAUSES


def words_and_marks(text: str) -> tuple[list[str], list[str]]:
    """The words as spoken, and for each the punctuation after it ("" for none)."""
    words: list[str] = []
    marks: list[str] = []
    pieces = re.split(r"([,;:.?!—–-]+(?:\s|$))", text)
    for piece, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        spoken = spoken_words(piece)
        words += spoken
        marks += ["" for _ in spoken]
        if spoken and mark:
            marks[-1] = mark[0].replace("—", "-").replace("–", "-")
    return words, marks


def longer_than(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the pauses that are longer than this: they are drawn evenly, whatever was said before them."""
    return np.clip((MOST_PAUSE_SECONDS - seconds) / (MOST_PAUSE_SECONDS - LEAST_PAUSE_SECONDS), 0.0, 1.0)


def best_points(scores: NDArray[np.float64], places: list[Place], room: Room) -> tuple[float, ...]:
    """The scores at which OPEN, UNSURE (from, to) and SURE seconds are needed.

    SURE for ANSWERED_SOON of the ends of written turns, at most UNSURE for ANSWERED_IN_TIME; of what allows that, the
    slopes between with the fewest cut-offs to be expected of pauses of any length, those that are not mended soon
    counted four times.
    """
    ends = np.array([place.seconds is None for place in places])
    all_said = np.array([may_be_all(place.text) for place in places])
    silences = silences_of(room)
    written = np.array([place.written for place in places])
    sure = float(np.quantile(scores[ends & written], 1.0 - ANSWERED_SOON[room]))
    unsure = float(np.quantile(np.where(all_said, np.inf, scores)[ends], 1.0 - ANSWERED_IN_TIME))

    def cost(points: tuple[float, ...]) -> float:
        needed = np.interp(scores, points, silences)
        needed = np.where(all_said, np.minimum(needed, silences[1]), needed)
        cut, unmended = (longer_than(needed[~ends] + more) for more in (0.0, COMPUTE_SECONDS + SOON_SECONDS))
        return float(cut.mean() + 3.0 * unmended.mean() + 0.5 * needed[ends].mean())

    widths = (0.05, 0.3, 0.6, 1.0)
    candidates = [
        (unsure - open_width, unsure, max(sure - sure_width, unsure + 0.01), sure)
        for open_width, sure_width in itertools.product(widths, widths)
    ]
    return min(candidates, key=cost)


if __name__ == "__main__":
    main()
