"""What each catalogue id does to a caller: the start values of the anger model.

A training heuristic, never a psychometric. The values were chosen so that the orders of the source documents pay (hear,
empathize, apologize, act), were checked by simulation, and can be overridden id by id in a persona file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relief:
    """A technique: lowers anger by ``gain`` and raises heard by ``heard`` of what is missing to 1.

    ``decay`` is what an n-th repetition is worth: the gain is multiplied by ``decay ** n``. The gate
    ``gate_floor + (1 - gate_floor) * heard`` makes a technique worth little before the caller feels heard.
    """

    gain: float
    heard: float = 0.0
    decay: float = 0.6
    gate_floor: float = 1.0


@dataclass(frozen=True, slots=True)
class Provocation:
    """A mistake: raises anger by ``gain``, multiplies heard by ``heard_factor`` and resolution by its own factor."""

    gain: float
    heard_factor: float = 1.0
    resolution_factor: float = 1.0


BROKEN_PROMISE = "broken_promise"

RELIEFS: dict[str, Relief] = {
    "listen": Relief(0.4, heard=0.20),
    "acknowledge": Relief(0.2, heard=0.10),
    "check_understanding": Relief(0.3, heard=0.15),
    "clarify": Relief(0.3, heard=0.15),
    "involve": Relief(0.5, heard=0.10),
    "paraphrase": Relief(0.9, heard=0.40),
    "empathize": Relief(0.7, heard=0.25),
    "validate": Relief(0.7, heard=0.25),
    "relate": Relief(0.5, heard=0.15),
    "apologize": Relief(0.7, heard=0.05, decay=0.35, gate_floor=0.4),
    "own": Relief(0.6, heard=0.10),
    "state_action": Relief(0.6, heard=0.05),
    "narrate": Relief(0.3, heard=0.05),
    "authority": Relief(0.3),
    "team_up": Relief(0.3, heard=0.05),
    "document": Relief(0.4),
    "thank": Relief(0.2),
    "offer": Relief(1.2, heard=0.05, decay=0.7, gate_floor=0.25),
    "counteroffer": Relief(0.6, heard=0.05, decay=0.7, gate_floor=0.25),
    "goodwill": Relief(0.8, heard=0.05, decay=0.7, gate_floor=0.25),
    "exception": Relief(0.4, heard=0.05, decay=0.7, gate_floor=0.25),
    "refer": Relief(0.6, heard=0.05, decay=0.7, gate_floor=0.25),
    "timeframe": Relief(1.0, heard=0.05),
    "check_satisfaction": Relief(0.3, heard=0.10),
}

PROVOCATIONS: dict[str, Provocation] = {
    "interrupt": Provocation(0.8, heard_factor=0.65),
    "calm_down": Provocation(1.2),
    "doubt": Provocation(1.2),
    "blame_customer": Provocation(1.5),
    "pass_the_buck": Provocation(1.0),
    "cannot": Provocation(1.0),
    "rush": Provocation(0.3),
    "apologize_too_soon": Provocation(0.2),
    "over_apologize": Provocation(0.3),
    "admit_fault": Provocation(0.2),
    "disparage_company": Provocation(0.5),
    "hold": Provocation(1.0),
    "overpromise": Provocation(0.3),
    "patronize": Provocation(1.2),
    "dismiss": Provocation(1.2),
    "defensive": Provocation(1.0),
    "hostile": Provocation(2.0),
    "raised_voice": Provocation(0.8),
    "call_it_outrageous": Provocation(1.2),
    "authorized_wording": Provocation(0.2),
    "dead_air": Provocation(0.2),
    "stall": Provocation(0.4),
    "stonewall": Provocation(1.5),
    BROKEN_PROMISE: Provocation(2.0, heard_factor=0.5, resolution_factor=0.0),
}
"""``stall`` (turn after turn without progress), ``stonewall`` (refusing a supervisor twice) and ``broken_promise`` are
the engine's own findings; the rest are catalogue ids."""

LISTENING_IDS = frozenset({"listen", "acknowledge", "check_understanding", "clarify", "involve"})
"""Worth a quarter more while the caller is at 7 or above."""

PROTOCOL_IDS = frozenset({"set_boundary", "involve_supervisor", "end_call"})
"""Neither calm nor provoke by themselves; they decide how abuse goes on."""
