"""How many calls a second one core plays without words or sound."""

from __future__ import annotations

from bench.report import Figures, percentile
from voicecoach.persona.loading import load
from voicecoach.studio.simulate import simulate

ROUNDS = 5
CALLS = 500


def measure() -> Figures:
    """calls_per_second of the expert and the average policy against the double charge: medians over five rounds."""
    persona = load("double_charge")
    simulate(persona, "expert", 50)
    figures = {}
    for key, policy in (("calls_per_second", "expert"), ("calls_per_second_average_policy", "average")):
        rounds = [simulate(persona, policy, CALLS, number * CALLS).calls_per_second for number in range(ROUNDS)]
        figures[key] = percentile(rounds, 0.5)
    return figures
