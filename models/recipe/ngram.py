"""A pruned trigram language model: interpolated absolute discounting, the unigrams mixed with a uniform part.

States are word histories. A history keeps the continuations that pay for their bytes and backs off to the next
shorter history for the rest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace

SENTENCE_START, SENTENCE_END = "<s>", "</s>"
_GAIN_STEP = 1.1
History = tuple[str, ...]


@dataclass(frozen=True)
class NgramOptions:
    """`discount` is what each seen continuation gives away; `lower_share` goes to the shorter history always.

    A continuation is kept when its count times the log of how much likelier it is than by backing off exceeds the gain.
    """

    discount: float = 0.8
    lower_share: float = 0.2
    uniform_share: float = 0.1
    bigram_gain: float = 1.0
    trigram_gain: float = 2.0


@dataclass
class NgramModel:
    """Continuation probabilities per history and the weight each history leaves to the next shorter one."""

    probability: dict[History, dict[str, float]] = field(default_factory=dict)
    backoff: dict[History, float] = field(default_factory=dict)

    def size(self) -> int:
        """Number of n-grams of all orders."""
        return sum(map(len, self.probability.values()))

    def word_probability(self, history: History, word: str) -> float:
        """P(word | history), backing off as the decoder will."""
        weight = 1.0
        while True:
            known = self.probability.get(history)
            if known is not None:
                if word in known:
                    return weight * known[word]
                weight *= self.backoff[history] if history else 0.0
            if not history:
                return weight
            history = history[1:]

    def perplexity(self, sentences: list[list[str]]) -> float:
        """Per word, sentence ends included; words outside the vocabulary are left out."""
        log_total, count = 0.0, 0
        for sentence in sentences:
            words = [SENTENCE_START, *sentence, SENTENCE_END]
            for position in range(1, len(words)):
                chance = self.word_probability(tuple(words[max(0, position - 2) : position]), words[position])
                if chance > 0:
                    log_total += math.log(chance)
                    count += 1
        return math.exp(-log_total / max(count, 1))


def fitted_ngram(sentences: list[tuple[list[str], float]], vocabulary: list[str], most_ngrams: int) -> NgramModel:
    """The fullest model of at most so many n-grams: asks for more and more gain until it fits."""
    options = NgramOptions()
    while True:
        model = train_ngram(sentences, vocabulary, options)
        if model.size() <= most_ngrams:
            return model
        options = replace(
            options, bigram_gain=options.bigram_gain * _GAIN_STEP, trigram_gain=options.trigram_gain * _GAIN_STEP
        )


def train_ngram(
    sentences: list[tuple[list[str], float]], vocabulary: list[str], options: NgramOptions = NgramOptions()
) -> NgramModel:
    """Model of weighted sentences. Every word must be in the vocabulary."""
    counts = _count(sentences)
    model = NgramModel()
    model.probability[()] = _unigrams(counts[()], vocabulary, options)
    for length in (1, 2):
        gain = options.bigram_gain if length == 1 else options.trigram_gain
        for history in sorted(key for key in counts if len(key) == length):
            if _has_shorter(model, history):
                _add_history(model, history, counts[history], options, gain)
    return model


def _has_shorter(model: NgramModel, history: History) -> bool:
    """Whether a history can be entered and left: OpenFst's compact form wants every shorter history to be there."""
    if len(history) < 2:
        return True
    return history[1:] in model.probability and history[1] in model.probability.get(history[:1], {})


def _count(sentences: list[tuple[list[str], float]]) -> dict[History, dict[str, float]]:
    counts: dict[History, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, weight in sentences:
        words = [SENTENCE_START, *sentence, SENTENCE_END]
        for position in range(1, len(words)):
            for length in range(min(position, 2) + 1):
                counts[tuple(words[position - length : position])][words[position]] += weight
    return counts


def _unigrams(counts: dict[str, float], vocabulary: list[str], options: NgramOptions) -> dict[str, float]:
    total, words = sum(counts.values()), [*vocabulary, SENTENCE_END]
    share = options.uniform_share
    return {word: (1 - share) * counts.get(word, 0.0) / total + share / len(words) for word in words}


def _add_history(
    model: NgramModel, history: History, counts: dict[str, float], options: NgramOptions, least_gain: float
) -> None:
    """Add the continuations of one history whose gain (count x log ratio to backing off) is large enough."""
    total = sum(counts.values())
    given_away = sum(min(options.discount, count) for count in counts.values()) / total
    lower_weight = (1 - options.lower_share) * given_away + options.lower_share
    kept: dict[str, float] = {}
    for word, count in sorted(counts.items()):
        lower = model.word_probability(history[1:], word)
        own = (1 - options.lower_share) * max(count - options.discount, 0.0) / total
        chance = own + lower_weight * lower
        if count * math.log(chance / (lower_weight * lower)) > least_gain:
            kept[word] = chance
    if not kept:
        return
    lower_mass = sum(model.word_probability(history[1:], word) for word in kept)
    model.probability[history] = kept
    model.backoff[history] = (1 - sum(kept.values())) / max(1e-9, 1 - lower_mass)
