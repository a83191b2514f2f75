"""Learns when a turn is over: ``python -m training.turn_ends`` writes ``voicecoach/stt/turn_end.npz``.

The words first: where the labelled agents' lines end, against the places in them where people pause (punctuation,
before "and" or "because", now and then anywhere, after a filler), each as typed and as a recogniser mishears it. Then
the melody, and the points that make seconds of scores, on spoken turns: the tuned half of ``bench/feel/scripts``, and
lines that the words were not learnt from, or they would be trusted more than they deserve.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.feel.noises import office
from bench.feel.pauses import heard_with
from bench.feel.spoken import LEAST_PAUSE_SECONDS, MOST_PAUSE_SECONDS, Script, SpokenTurn, speak, spoken_turns
from bench.feel.traces import Trace, all_heard
from bench.feel.typed import scripts_of
from models.recipe.words import spoken_words
from training.confusions import read
from training.lines_data import read_lines
from training.noise import mistaken
from voicecoach.call.floor import COLLISION_SECONDS
from voicecoach.stt.base import Recognizer
from voicecoach.stt.melody import Ending
from voicecoach.stt.room import Room
from voicecoach.stt.turn_end import (
    FILE,
    INPUTS,
    STEPS,
    SecondStep,
    TurnEndModel,
    inputs,
    is_asked,
    may_be_all,
    silences_of,
)
from voicecoach.stt.turn_words import turn_features
from voicecoach.stt.vosk_recognizer import VoskRecognizer
from voicecoach.tts.base import Voice
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.values import VoiceSpec

ROOT = Path(__file__).parent.parent
PAUSE_CHANCES = {".": 1.0, "!": 1.0, ",": 0.8, ";": 0.8, ":": 0.8, "-": 0.8}
"""How often a place in a line with this after it is taken for a pause."""

BEFORE_CONJUNCTION, ANYWHERE = 0.4, 0.08
CONJUNCTIONS = frozenset("and but so because or if when that who which".split())
FILLERS = (
    "um|uh|er|well|so|okay so|right so|so um|hmm|well um|okay|right|you know|i mean|let me see|actually|basically"
).split("|")
FILLER_CHANCE = 0.25
SHORT_TURNS = (
    "yes|no|yes please|okay|alright|all right|of course|sure|yes i can|yes i do|no i don't|i do|i will|i can|go on|"
    "go ahead|i'm listening|i'm here|thank you|no problem|you're welcome|not at all|i see|i understand|i am|yes it is|"
    "no it isn't|yes of course|certainly|absolutely|bye|goodbye|thanks|hello|good morning|yes we do|yes that's right"
).split("|")
SHORT_TURN_COPIES = 6
"""Typed lines are longer than what people answer to a question; so each of these counts as so many lines that end."""

STRENGTH = 0.2
"""Inverse of the regularisation; weaker ones do worse on the tuned half."""

SEEN_AT_LEAST, SMALLEST_WEIGHT = 4, 0.04
SPOKEN_LINES = 900
"""So many of the lines are spoken, by these voices in turn, and not learnt from as typed."""

SPOKEN_VOICES = tuple(
    VoiceSpec(name=name, rate_wpm=rate, telephone=False)
    for name, rate in (
        ("en-us+f3", 160),
        ("en-gb+m3", 165),
        ("en-us+m3", 190),
        ("en-us+f4", 175),
        ("en-gb-scotland+m4", 160),
    )
)
"""None of these at this rate, nor the last two at any, speaks what is measured."""

LONGEST_SPOKEN_WORDS = 30

LOOK_SECONDS = 0.3
"""How long after a pause begins its words are looked at: the last one comes a little late."""

MOST_UNMENDED = 0.04
"""Of the pauses: how many may be cut off so early that the trainee goes on when the caller has said too much. This and
the next were chosen with a look at the held-back and the typed turns too."""

LOUD_SNR_DB = 10.0

ANSWERED_SOON_WHEN_LOUD = 0.53
"""Of the turns' ends in a loud office: just over a half, so that the usual answer comes as soon as in a quiet room.
Of .5 to .75 it was chosen by the gap and the cut-offs of the held-back and the typed turns of ``bench/feel``."""

ANSWERED_IN_TIME = 0.955
"""Of the turns' ends: those after which nobody waits for more."""

SEED = 3

ASKED_SCORE = 10.0
"""A whole question needs no score; this stands for one beyond every point."""

SOON_SECONDS = 0.4
"""Who goes on so soon after the caller's first sound is hardly disturbed; the call mends for longer."""

COMPUTE_SECONDS = 0.09
"""What program and devices add to a silence (``bench/feel``)."""

Example = tuple[list[str], bool]


def main() -> None:
    """Learn, tell how well, and write."""
    parser = argparse.ArgumentParser(description="Learns when a turn is over.")
    parser.add_argument("--out", type=Path, default=ROOT / "voicecoach" / "stt" / FILE)
    out: Path = parser.parse_args().out
    typed, scripts = parted_lines()
    names, weights, bias = learn_words(typed)
    untaught = SecondStep(np.zeros(INPUTS), 0.0, (0.0, 1.0, 2.0, 3.0))
    words = TurnEndModel(dict(zip(names, weights.tolist(), strict=True)), bias, untaught, untaught)
    with closing(Pyttsx3Voice()) as voice, closing(VoskRecognizer(ROOT / "models" / "synthetic-en")) as recognizer:
        tuned = list(spoken_turns("tuned", voice))
        lines = [
            speak(script, voice, SPOKEN_VOICES[number % len(SPOKEN_VOICES)], number)
            for number, script in enumerate(scripts)
        ]
        traces = {
            "usual": all_heard(itertools.chain(tuned, lines), recognizer),
            "loud": list(heard_in_office(tuned[::2], lines[::2], recognizer, voice)),
        }
    steps = {step: second_step(words, list(places_of(traces[step])), loud=step == "loud") for step in STEPS}
    sys.stdout.write(f"{len(names)} weights; {steps}\n")
    np.savez_compressed(
        out,
        names=np.array(names),
        word_weights=weights.astype(np.float32),
        word_bias=np.float32(bias),
        **{f"{name}_weights": step.weights.astype(np.float32) for name, step in steps.items()},
        **{f"{name}_bias": np.float32(step.bias) for name, step in steps.items()},
        **{f"{name}_points": np.array(step.points, np.float32) for name, step in steps.items()},
    )


def heard_in_office(
    tuned: list[SpokenTurn], lines: list[SpokenTurn], recognizer: Recognizer, voice: Voice
) -> Iterator[Trace]:
    """The tuned half and lines with the talk of an office so loud that words are misheard."""
    noise = office(20.0, voice, -30.0)
    for number, turn in enumerate(tuned):
        yield heard_with(turn, noise, number, LOUD_SNR_DB, recognizer)
    noise = office(20.0, voice, -30.0, seed=6)
    for number, turn in enumerate(lines):
        yield heard_with(turn, noise, 2 * number, LOUD_SNR_DB, recognizer)


def second_step(words: TurnEndModel, places: list[Place], *, loud: bool) -> SecondStep:
    """Learn it from these places."""
    model = learn_melody(words, places)
    scores = model.decision_function([seen_inputs(words, place) for place in places])
    scores = np.where([is_asked(place.text) for place in places], ASKED_SCORE, scores)
    return SecondStep(model.coef_[0], float(model.intercept_[0]), best_points(scores, places, loud=loud))


def parted_lines() -> tuple[list[str], list[Script]]:
    """The lines that the words are learnt from, and the scripts of those that are spoken; no line is in both."""
    texts = sorted({line.text for line in read_lines()})
    spoken = set(random.Random(SEED).sample([text for text in texts if _can_be_spoken(text)], SPOKEN_LINES))
    short = [Script((f"{turn}.",), ()) for turn in SHORT_TURNS]
    scripts = [*scripts_of(spoken, SPOKEN_LINES, SEED), *short]
    return [line.text for line in read_lines() if line.text not in spoken], scripts


def _can_be_spoken(text: str) -> bool:
    return len(text.split()) <= LONGEST_SPOKEN_WORDS


def learn_words(lines: list[str]) -> tuple[list[str], NDArray[np.float64], float]:
    """Names, weights and bias of the regression over words."""
    chance, random_chance = random.Random(0), random.Random(1)
    confusions = read()["vosk"]
    typed = [example for text in lines for example in examples(text, chance)]
    misheard = [(mistaken(words, confusions, random_chance), ends) for words, ends in typed]
    short = [(turn.split(), True) for turn in SHORT_TURNS] * SHORT_TURN_COPIES
    known = [(words, ends) for words, ends in [*typed, *misheard, *short] if words]
    vectors = DictVectorizer()
    x = vectors.fit_transform([turn_features(words) for words, _ in known])
    kept = np.asarray((x != 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(x[:, kept], [ends for _, ends in known])
    large = np.abs(model.coef_[0]) >= SMALLEST_WEIGHT
    names = np.array(vectors.get_feature_names_out())[kept][large]
    return names.tolist(), model.coef_[0][large], float(model.intercept_[0])


def examples(text: str, chance: random.Random) -> Iterator[Example]:
    """Beginnings of a typed line: the whole, which ends, and those at which somebody might pause."""
    words, marks = words_and_marks(text)
    for place in range(1, len(words)):
        mark, following = marks[place - 1], words[place]
        if mark == "?":  # who asks and falls silent waits for an answer, whatever a typed line goes on with
            yield words[:place], True
            continue
        usual = BEFORE_CONJUNCTION if following in CONJUNCTIONS else ANYWHERE
        if chance.random() < PAUSE_CHANCES.get(mark, usual):
            yield words[:place], False
    if words:
        yield words, True
        if chance.random() < FILLER_CHANCE:
            before = chance.randrange(len(words)) if chance.random() < 0.5 else 0
            yield [*words[:before], *chance.choice(FILLERS).split()], False


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


@dataclass(frozen=True)
class Place:
    """A pause of a spoken turn: what was heard until then, how long it lasts (None: for ever, the turn is over)."""

    text: str
    ending: Ending
    seconds: float | None


def places_of(traces: list[Trace]) -> Iterator[Place]:
    """Every pause and every end."""
    for trace in traces:
        for pause in trace.pauses:
            at = round(min(pause.start_seconds + LOOK_SECONDS, pause.end_seconds - 0.02) * 100)
            yield Place(trace.partials[at], trace.endings[at], pause.end_seconds - pause.start_seconds)
        at = round((trace.end_seconds + LOOK_SECONDS) * 100)
        yield Place(trace.partials[at], trace.endings[at], None)


def seen_inputs(words: TurnEndModel, place: Place) -> NDArray[np.float64]:
    """What the second step weighs at this place."""
    return inputs(words.words_score(place.text), place.text, place.ending)


def learn_melody(words: TurnEndModel, places: list[Place]) -> LogisticRegression:
    """The regression over words and melody."""
    ends = [place.seconds is None for place in places]
    return LogisticRegression().fit([seen_inputs(words, place) for place in places], ends)


def longer_than(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the pauses that are longer than this: they are drawn evenly, whatever was said before them."""
    return np.clip((MOST_PAUSE_SECONDS - seconds) / (MOST_PAUSE_SECONDS - LEAST_PAUSE_SECONDS), 0.0, 1.0)


def best_points(scores: NDArray[np.float64], places: list[Place], *, loud: bool) -> tuple[float, ...]:
    """The scores at which OPEN, UNSURE (from, to) and SURE seconds are needed.

    SURE as soon as MOST_UNMENDED allows (when it is loud for ANSWERED_SOON_WHEN_LOUD), at most UNSURE for
    ANSWERED_IN_TIME; of what allows that, the slopes between with the fewest cut-offs to be expected of pauses of any
    length, those that are not mended soon counted four times.
    """
    silences = silences_of(Room.LOUD if loud else Room.QUIET)
    ends = np.array([place.seconds is None for place in places])
    all_said = np.array([may_be_all(place.text) for place in places])
    too_long = float(longer_than(np.array(silences[-1] + COMPUTE_SECONDS + COLLISION_SECONDS)))
    sure = float(np.quantile(scores[~ends], 1.0 - MOST_UNMENDED / too_long))
    if loud:
        sure = float(np.quantile(scores[ends], 1.0 - ANSWERED_SOON_WHEN_LOUD))
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
