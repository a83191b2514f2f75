"""The shipped callers against kinds of trainees: a good one wins them, a bad one does not, and an average one may."""

from __future__ import annotations

import math

import pytest

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import list_personas, load
from voicecoach.studio.expected import BOUNDS, right_share
from voicecoach.studio.simulate import Simulated, simulate

CALLERS = tuple(persona.id for persona in list_personas())
CALLS = {"expert": 60, "average": 120, "novice": 60, "hostile": 20, "apologizes_only": 20, "silent": 10}
STANDARD_DEVIATIONS = 3.0
"""What 1,000 calls keep to (`python -m bench callers`), fewer may miss by chance."""

_PLAYED: dict[tuple[str, str], Simulated] = {}


def simulated(persona: Persona, policy: str) -> Simulated:
    key = (persona.id, policy)
    if key not in _PLAYED:
        _PLAYED[key] = simulate(persona, policy, CALLS[policy])
    return _PLAYED[key]


def room(share: float, calls: int) -> float:
    return STANDARD_DEVIATIONS * math.sqrt(share * (1 - share) / calls)


@pytest.mark.parametrize("policy", BOUNDS)
@pytest.mark.parametrize("name", CALLERS)
def test_each_kind_of_trainee_reaches_the_right_end_as_often_as_it_should(name: str, policy: str) -> None:
    persona = load(name)
    share = right_share(persona, simulated(persona, policy).outcomes)
    assert BOUNDS[policy].hold(share, room(share, CALLS[policy])), f"{share:.0%}"


@pytest.mark.parametrize("name", CALLERS)
def test_the_better_the_play_the_fewer_hang_up(name: str) -> None:
    hang_ups = [
        simulated(load(name), policy).outcomes.get("caller_hangs_up", 0.0)
        for policy in ("expert", "average", "novice", "hostile")
    ]
    assert hang_ups == sorted(hang_ups)
    assert hang_ups[-1] == 1.0
