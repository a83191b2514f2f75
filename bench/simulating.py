"""How many calls a second one core plays without words or sound, policy by policy."""

from __future__ import annotations

import time

from bench.report import Figures, percentile
from voicecoach.persona.loading import load
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.simulate import simulate, simulate_all
from voicecoach.studio.workers import Cores, cores

ROUNDS = 5
CALLS = 300
CALLS_ON_EVERY_CORE = 10_000


def measure() -> Figures:
    """calls_per_second against the double charge: medians over five rounds of processor time, the expert's first.

    ``calls_per_second_POLICY`` and ``turns_per_second_POLICY`` of each policy (a robot plays five times the turns of an
    expert), ``calls_per_second_misheard`` of the expert with the detector's measured errors, and
    ``calls_per_second_on_every_core`` of this machine by the clock, the start of the processes in it.
    """
    persona = load("double_charge")
    simulate(persona, "expert", 50)
    figures: Figures = {}
    for policy in POLICIES:
        rounds = [simulate(persona, policy, CALLS, number * CALLS) for number in range(ROUNDS)]
        calls = percentile([each.calls_per_second for each in rounds], 0.5)
        if policy == "expert":
            figures["calls_per_second"] = calls
        figures[f"calls_per_second_{policy}"] = calls
        figures[f"turns_per_second_{policy}"] = calls * rounds[0].tally.turns / CALLS
    misheard = simulate_all(persona, ["expert"], CALLS, misheard=True)["expert"]
    figures["calls_per_second_misheard"] = misheard.calls_per_second
    return figures | _on_every_core()


def _on_every_core() -> Figures:
    """By the clock on the wall: what somebody waits for."""
    persona = load("double_charge")
    start = time.perf_counter()
    simulate_all(persona, ["expert"], CALLS_ON_EVERY_CORE, workers=Cores())
    seconds = time.perf_counter() - start
    return {"calls_per_second_on_every_core": CALLS_ON_EVERY_CORE / seconds, "cores": float(cores())}
