"""The words of one trainee turn in, techniques and mistakes out, each with the words that did it and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicecoach.techniques.features import features
from voicecoach.techniques.model import LinearModel, shipped_model
from voicecoach.techniques.normalise import Tokens, tokenise
from voicecoach.techniques.rules import Hit, RuleBook, shipped_book
from voicecoach.techniques.swearing import CERTAINTY, swearing
from voicecoach.techniques.whole_turn import one_reading, says_nothing, settle
from voicecoach.values import Detection

SURE_WORD = 0.5
"""A word that the recogniser was less sure of carries no evidence against the trainee."""

UNSURE_CONFIDENCE = 0.49
"""The most that evidence on unsure words is worth: shown, and not scored."""


class TextDetector:
    """Hears techniques and mistakes in words alone; keeps no state between turns, and is deterministic."""

    def __init__(self, book: RuleBook | None = None, model: LinearModel | None = None) -> None:
        self._book = book or shipped_book()
        self._model = model or shipped_model()

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """What the trainee did in this turn, in spoken order; one detection an id.

        ``context`` is what the caller said just before; ``word_confidences`` 0..1, one for each word of
        ``text.split()`` (words without one count as sure). Any text is taken: what is no English speech gives nothing.
        """
        tokens = tokenise(text)
        if not tokens.texts or says_nothing(tokens.texts):
            return ()
        hits = self._book.find(tokens)
        scores = self._model.score(features(text, context, tokens, hits))
        likely = dict(self._model.likely(scores))
        sworn = swearing(tokens.texts)
        if sworn:
            likely["hostile"] = max(likely.get("hostile", 0.0), CERTAINTY)
        found: list[Detection] = []
        for id_, probability in settle(likely).items():
            on_token = scores.on_token(self._model.weights.ids.index(id_), len(tokens.texts))
            if sworn and id_ == "hostile":
                start, end, why = (*sworn, "swears")
            else:
                start, end, why = _evidence([hit for hit in hits if hit.list.id == id_], on_token)
            span = tokens.span(start, end)
            confidence = _doubted(probability, tokens, on_token, (start, end), word_confidences)
            words = " ".join(tokens.words[span[0] : span[1]])
            found.append(Detection(id_, words, span, round(confidence, 3), "text", why))
        return tuple(sorted(one_reading(found), key=lambda d: (d.span, d.id)))


def _evidence(hits: Sequence[Hit], on_token: NDArray[np.float64]) -> tuple[int, int, str]:
    """The tokens that speak most for the id and what they say: its strongest phrase, else the heaviest words."""
    if hits:
        best = max(hits, key=lambda hit: (float(on_token[hit.start : hit.end].sum()), hit.start - hit.end))
        if on_token[best.start : best.end].sum() > 0:
            return best.start, best.end, best.list.why
    start, end = _heaviest_run(on_token)
    return start, end, "words typical of it"


def _heaviest_run(on_token: NDArray[np.float64]) -> tuple[int, int]:
    best, total, start, span = -np.inf, 0.0, 0, (0, 1)
    for place, value in enumerate(on_token.tolist()):
        if total <= 0:
            total, start = 0.0, place
        total += value
        if total > best:
            best, span = total, (start, place + 1)
    return span


def _doubted(
    probability: float,
    tokens: Tokens,
    on_token: NDArray[np.float64],
    evidence: tuple[int, int],
    word_confidences: Sequence[float] | None,
) -> float:
    """The probability, lowered where the words that carry the evidence were not clearly heard."""
    if word_confidences is None:
        return probability
    places = range(*evidence)
    sure = [
        word_confidences[tokens.positions[place]] if tokens.positions[place] < len(word_confidences) else 1.0
        for place in places
    ]
    weight = [max(float(on_token[place]), 1e-3) for place in places]
    heard = sum(s * w for s, w in zip(sure, weight, strict=True)) / sum(weight)
    return min(probability * heard, UNSURE_CONFIDENCE) if heard < SURE_WORD else probability
