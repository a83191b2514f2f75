"""When a loudspeaker that stumbles should be given more latency, and when a little less may be tried again.

A stumble is heard once and reported many times: a program held up for 40 ms leaves the device empty, and until it is
full again every callback is an underflow (a dozen within 20 ms behind PulseAudio). So it is the stumbles that count.
"""

from __future__ import annotations

import math
from collections import deque

ONE_STUMBLE_SECONDS = 0.05
"""Underflows so close together are one stumble."""

REFILL_SECONDS = 0.003
"""What is handed over so soon after an underflow fills the device again, or is dropped by it, as half a dozen callbacks
within 4 ms are after a stop of 60 ms. In good times 5 ms and more lie between two."""

REFILL_SECONDS_AT_MOST = 0.1
"""A storm of underflows may last; then better sound with holes than none."""

TOO_MANY = ((1.0, 5), (10.0, 10))
"""More than so many stumbles within so many seconds, and the sound is not fit to be listened to."""

CALM_SECONDS = 10.0
"""After so long without a stumble a little less latency is tried: what held the program up may be over."""

CALM_SECONDS_AT_MOST = 600.0


class Stumbling:
    """Keeps count for one device. Times are seconds of one clock that never goes back."""

    def __init__(self, at_seconds: float) -> None:
        self.underflows = 0
        self._stumbles: deque[float] = deque()
        self._began_seconds = self._last_seconds = -math.inf
        self._calm_since_seconds = at_seconds
        self._calm_enough_seconds = CALM_SECONDS
        self._on_trial = False

    def underflow(self, at_seconds: float) -> None:
        """The device ran out of sound. For a callback: it only takes a note."""
        self.underflows += 1
        if at_seconds - self._last_seconds >= ONE_STUMBLE_SECONDS:
            self._began_seconds = at_seconds
        self._last_seconds = self._calm_since_seconds = at_seconds
        if not self._stumbles or at_seconds - self._stumbles[-1] >= ONE_STUMBLE_SECONDS:
            self._stumbles.append(at_seconds)

    def on_its_feet(self, at_seconds: float) -> bool:
        """Whether what is handed over now will sound."""
        return (
            at_seconds - self._last_seconds > REFILL_SECONDS
            or at_seconds - self._began_seconds > REFILL_SECONDS_AT_MOST
        )

    def wants_more_latency(self, at_seconds: float) -> bool:
        """Whether it stumbled too often of late."""
        longest_seconds = max(seconds for seconds, _ in TOO_MANY)
        while self._stumbles and self._stumbles[0] < at_seconds - longest_seconds:
            self._stumbles.popleft()
        stumbles = tuple(self._stumbles)  # the callback may add one meanwhile
        return any(sum(at > at_seconds - seconds for at in stumbles) > most for seconds, most in TOO_MANY)

    def wants_less_latency(self, at_seconds: float) -> bool:
        """Whether it has been calm for long enough."""
        return at_seconds - self._calm_since_seconds > self._calm_enough_seconds

    def given_more(self, at_seconds: float) -> None:
        """The device has more latency now. If it had just been given less, that is tried half as often from now on."""
        if self._on_trial:
            self._calm_enough_seconds = min(2.0 * self._calm_enough_seconds, CALM_SECONDS_AT_MOST)
        self._begin(at_seconds, on_trial=False)

    def given_less(self, at_seconds: float) -> None:
        """The device has less latency now."""
        self._begin(at_seconds, on_trial=True)

    def _begin(self, at_seconds: float, on_trial: bool) -> None:
        self._stumbles.clear()
        self._calm_since_seconds = at_seconds
        self._on_trial = on_trial
