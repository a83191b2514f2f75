"""How long this trainee is used to pause within a turn, learnt in the call."""

from __future__ import annotations

import math

LEAST_PAUSE_SECONDS = 0.2
"""What is shorter is part of speaking: the closure of a "p" or a "t"."""

USUAL_PAUSE_SECONDS = 0.75
"""The geometric mean of the pauses on which the endpointer was tuned (0.2 to 1.5 s, evenly)."""

PAUSES_BEFORE_BELIEF = 8
"""So many pauses weigh as much as the belief that the trainee is like everybody (start)."""

LEAST_FACTOR, MOST_FACTOR = 0.9, 1.3
"""How far a trainee's habit shortens and lengthens the wait: a short pause proves little, a long one much."""


class Pace:
    """Learns from each pause after which the trainee went on."""

    def __init__(self) -> None:
        self._log_sum = 0.0
        self._pauses = 0

    def paused(self, pause_seconds: float) -> None:
        """The trainee went on speaking after so long a silence."""
        if pause_seconds >= LEAST_PAUSE_SECONDS:
            self._log_sum += math.log(pause_seconds / USUAL_PAUSE_SECONDS)
            self._pauses += 1

    @property
    def factor(self) -> float:
        """Factor on the silence that ends a turn: above 1 for somebody who pauses long."""
        believed = math.exp(self._log_sum / (self._pauses + PAUSES_BEFORE_BELIEF))
        return min(MOST_FACTOR, max(LEAST_FACTOR, believed))
