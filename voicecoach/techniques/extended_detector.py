"""A detector and the phrases that a coach has added."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.techniques.detector import SURE_WORD, UNSURE_CONFIDENCE
from voicecoach.techniques.detects import Detects
from voicecoach.techniques.extension import Addition, Extension
from voicecoach.techniques.lexicon import LIGHT
from voicecoach.techniques.normalise import Tokens, tokenise
from voicecoach.techniques.phrases import Automaton
from voicecoach.values import Detection


class ExtendedDetector:
    """What the detector hears, and what the added phrases say.

    The phrases are compared as everything that is said is: whole words, one spelling, contractions opened, fillers
    dropped; little words (really, just, so) may stand inside. Where both have an id, the surer one counts.
    """

    def __init__(self, detector: Detects, extension: Extension) -> None:
        self._detector = detector
        self._phrases: list[tuple[Addition, str]] = [
            (addition, phrase) for addition in extension.additions for phrase in addition.phrases
        ]
        self._automaton = Automaton([(" ".join(tokenise(phrase).texts),) for _, phrase in self._phrases], {}, LIGHT)

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """As the detector's own: in spoken order, one detection an id."""
        found = {each.id: each for each in self._detector.detect(text, context, word_confidences)}
        for added in self._added(tokenise(text), word_confidences):
            known = found.get(added.id)
            if known is None or added.confidence > known.confidence:
                found[added.id] = added
        return tuple(sorted(found.values(), key=lambda each: (each.span, each.id)))

    def _added(self, tokens: Tokens, word_confidences: Sequence[float] | None) -> list[Detection]:
        added = []
        for match in self._automaton.find(tokens.texts):
            addition, phrase = self._phrases[match.rule]
            start, end = tokens.span(match.start, match.end)
            confidence = addition.confidence
            if word_confidences is not None and not _clearly_heard(word_confidences[start:end]):
                confidence = min(confidence, UNSURE_CONFIDENCE)
            words = " ".join(tokens.words[start:end])
            added.append(Detection(addition.id, words, (start, end), confidence, "text", f'your phrase "{phrase}"'))
        return added


def _clearly_heard(confidences: Sequence[float]) -> bool:
    """Words without a confidence count as sure."""
    return not confidences or sum(confidences) / len(confidences) >= SURE_WORD
