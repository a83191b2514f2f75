"""What the trainee promised and takes back later: worse than a refusal, for the caller had been glad of it.

Two kinds: a remedy of the caller's that was offered and then denied by name ("I can't give you that refund after
all"), and a promise of too much ("I guarantee it"), followed by a bare refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.persona.effects import BROKEN_PROMISE
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import ACTION_IDS, RemedyJudgement
from voicecoach.persona.wording import Spoken, denied, tokens
from voicecoach.quick import quick
from voicecoach.values import Detection

KEPT_KINDS = frozenset({"wanted", "accepted"})
"""Only what this caller would have taken is missed when it is taken back."""

NEAR_WORDS = 5
"""A negation and so many words with it name the remedy that is denied: ``can't give you that refund``."""

_TAKEN_BACK = re.compile(r"\b(?:after all|any ?more|any longer|turns out|turned out|i was (?:wrong|mistaken))\b")
"""With one of these the refusal is about what was said before, wherever in the turn it is named."""


@quick
@dataclass(frozen=True, slots=True)
class Promises:
    """What the caller counts on: the ``remedies`` offered (the persona's names), and whether too much was promised."""

    remedies: frozenset[str] = frozenset()
    too_much: bool = False

    def broken_by(self, persona: Persona, text: str, ids: frozenset[str]) -> Detection | None:
        """The finding, when these words take back what was promised before. ``ids`` are those that count in them."""
        if "cannot" not in ids or self == NO_PROMISES:
            return None
        name = next(self._denied(persona, text), None)
        if name is not None:
            return _found("took back what was offered before", name)
        if self.too_much and ids.isdisjoint(ACTION_IDS):
            return _found("promised too much before, and refuses now", "")
        return None

    def after(self, ids: frozenset[str], remedy: RemedyJudgement) -> Promises:
        """What the caller counts on after a turn with these ids and this remedy. A promise is broken only once."""
        kept = NO_PROMISES if BROKEN_PROMISE in ids else self
        if remedy.kind in KEPT_KINDS and remedy.name not in kept.remedies:
            kept = replace(kept, remedies=kept.remedies | {remedy.name})
        if "overpromise" in ids and not kept.too_much:
            kept = replace(kept, too_much=True)
        return kept

    def _denied(self, persona: Persona, text: str) -> Iterator[str]:
        if not self.remedies:
            return
        words = tokens(text)
        if not _TAKEN_BACK.search(text.lower()):
            words = [word for word, is_denied in zip(words, denied(words, NEAR_WORDS), strict=True) if is_denied]
        spoken = Spoken.of(words)
        for remedy in persona.listened_remedies:
            if remedy.name in self.remedies and remedy.words.heard_in(spoken):
                yield remedy.name


NO_PROMISES = Promises()


def _found(why: str, remedy: str) -> Detection:
    """``remedy``, the persona's name for what was taken back, stands for the words."""
    return Detection(BROKEN_PROMISE, remedy.replace("_", " "), (0, 0), 1.0, "order", why)
