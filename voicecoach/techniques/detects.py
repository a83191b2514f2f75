"""What a detector of techniques and mistakes is, for whoever is given one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from voicecoach.values import Detection


class Detects(Protocol):
    """Hears techniques and mistakes in the words of one turn."""

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        """In spoken order, one detection an id.

        ``context`` is what the caller said just before; ``word_confidences`` 0..1, one for each word of
        ``text.split()``.
        """
