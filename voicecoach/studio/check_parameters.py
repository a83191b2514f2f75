"""Parameters without effect: each value that the files give is changed, up and down, and the calls played again.

What no change of a value can be told by, in calls made to show it and in calls of every kind, has no effect.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voicecoach.call.script import HoldTurn, SayTurn, SilenceTurn
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona
from voicecoach.persona.temper import Temper
from voicecoach.persona.yaml_tree import Path
from voicecoach.studio.check_findings import Finder
from voicecoach.studio.check_play import (
    DEAD_AIR_SECONDS,
    HOLD_SECONDS,
    NOTHING,
    Player,
    Step,
    Trace,
    all_policies,
    cold_helper,
    explorer,
    play,
    refuser,
    says,
    scripted,
    soother,
)
from voicecoach.studio.check_temper import mistaken_step

SEEDS = (1, 2)
EXPLORERS = 10
_STEPS: dict[str, tuple[float, ...]] = {
    "start": (-0.6, 0.6),
    "start_heard": (-0.2, 0.2),
    "start_resolution": (-0.2, 0.2),
    "base": (-0.6, 0.6),
    "half_life_seconds": (-60.0, 60.0),
    "relief_scale": (-0.2, 0.2),
    "provocation_scale": (-0.2, 0.2),
    "abuse_level": (-1, 1),
    "patience": (-0.2, 0.2),
    "hang_up_at": (-0.6, 0.4),
    "supervisor_at": (-0.6, 0.6),
    "resolved_below": (-0.6, 0.6),
    "lukewarm_below": (-0.6, 0.6),
}
_CHANGES = {"gain": (-0.3, 0.3), "heard": (-0.2, 0.2), "decay": (-0.3, 0.3), "gate_floor": (-0.3, 0.3),
            "heard_factor": (-0.3, 0.3), "resolution_factor": (-0.3, 0.3)}  # fmt: skip
_LIMITS: dict[str, tuple[float, float]] = {
    "start_heard": (0.0, 1.0),
    "start_resolution": (0.0, 1.0),
    "half_life_seconds": (10.0, 10_000.0),
    "relief_scale": (0.0, 3.0),
    "provocation_scale": (0.0, 3.0),
    "gain": (0.0, 3.0),
    "abuse_level": (0, 3),
    "patience": (0.5, 1.5),
    "heard": (0.0, 1.0),
    "decay": (0.0, 1.0),
    "gate_floor": (0.0, 1.0),
    "heard_factor": (0.0, 1.0),
    "resolution_factor": (0.0, 1.0),
}
_ANGER = (0.0, 10.0)
FIX = "take it out, or change what keeps it from mattering"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of the temper that a file gives."""

    path: Path
    value: Any
    cause: str = ""

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path[1:]))


def check_parameters(persona: Persona, finder: Finder, ids: tuple[str, ...]) -> None:
    """Every parameter of the temper that no call can tell from another; and those that say what is so anyway."""
    calls = _Calls(persona, ids)
    for parameter in given(persona):
        if not any(calls.tell(changed, parameter.cause) for changed in _changed(persona, parameter)):
            what = f"`{parameter.name}: {_shown(parameter.value)}` has no effect"
            finder.warn("parameter", parameter.path, f"{what} ({calls.compared} calls compared)", FIX)
        elif _repeats(parameter):
            what = f"`{parameter.name}: {_shown(parameter.value)}` is so anyway"
            finder.note("parameter", parameter.path, what, "take it out, or change it")


def given(persona: Persona) -> Iterator[Parameter]:
    """The values of the temper that were written down, here or in what is inherited."""
    temper = persona.temper
    for name in type(temper).model_fields:
        if name in temper.model_fields_set and name not in ("reliefs", "provocations"):
            value = getattr(temper, name)
            if value is not None:
                yield Parameter(("temper", name), value)
    for kind in ("reliefs", "provocations"):
        for cause, change in getattr(temper, kind).items():
            for field in sorted(change.model_fields_set):
                value = getattr(change, field)
                if value is not None:
                    yield Parameter(("temper", kind, cause, field), value, cause)


class _Calls:
    """The calls by which two tempers are told apart; those of the persona itself are played once."""

    def __init__(self, persona: Persona, ids: tuple[str, ...]) -> None:
        self._persona = persona
        self._general = [*all_policies(), soother, cold_helper, refuser, *[explorer(ids)] * EXPLORERS]
        self._own: dict[tuple[str, int, int], Trace] = {}
        self.compared = 0

    def tell(self, other: Persona, cause: str) -> bool:
        """Whether any call goes otherwise with this other one."""
        self.compared = 0
        for kind, players in ((cause, specimens(self._persona, cause) if cause else []), ("", self._general)):
            for number, player in enumerate(players):
                for seed in SEEDS if kind else (SEEDS[0] + number,):
                    self.compared += 1
                    if self._trace(kind, number, seed, player) != play(other, player, seed):
                        return True
        return False

    def _trace(self, kind: str, number: int, seed: int, player: Player) -> Trace:
        key = (kind, number, seed)
        if key not in self._own:
            self._own[key] = play(self._persona, player, seed)
        return self._own[key]


def _changed(persona: Persona, parameter: Parameter) -> Iterator[Persona]:
    for value in _other_values(parameter):
        yield with_temper(persona, _with(persona.temper, parameter.path[1:], value))


def _other_values(parameter: Parameter) -> Iterator[Any]:
    if isinstance(parameter.value, bool):
        yield not parameter.value
        return
    name = str(parameter.path[-1])
    low, high = _LIMITS.get(name, _ANGER)
    for step in {**_STEPS, **_CHANGES}[name]:
        value = min(high, max(low, parameter.value + step))
        if value != parameter.value:
            yield value


def _with(temper: Temper, path: Path, value: Any) -> Temper:
    if len(path) == 1:
        return temper.model_copy(update={str(path[0]): value})
    kind, cause, field = map(str, path)
    changes = dict(getattr(temper, kind))
    changes[cause] = changes[cause].model_copy(update={field: value})
    return temper.model_copy(update={kind: changes})


def with_temper(persona: Persona, temper: Temper) -> Persona:
    """The same caller of another temper; what was made ready from lines and facts is shared."""
    other = persona.model_copy(update={"temper": temper})
    other.__dict__.pop("start_band", None)
    return other


# ---------------------------------------------------------------------------------- calls made to show one single id


def specimens(persona: Persona, cause: str) -> list[Player]:
    """Calls in which this id is counted, if it can be counted at all."""
    hearing = says(persona, "empathize", "paraphrase", "validate", "check_understanding")
    chatter, refusal = Step((), SayTurn(NOTHING)), Step(("cannot",))
    raging = Step(("hostile",))
    own = mistaken_step(persona, cause) if cause in PROVOCATIONS else says(persona, cause)
    scripts: dict[str, tuple[Step, ...]] = {
        "listen": (chatter, chatter, chatter),
        "interrupt": (Step((), SayTurn(NOTHING, interrupt=True)),) * 2,
        "dead_air": (Step((), SilenceTurn(DEAD_AIR_SECONDS)),) * 2,
        "hold": (Step((), HoldTurn(HOLD_SECONDS)), Step(("hold",)), Step((), HoldTurn(HOLD_SECONDS))),
        "rush": (raging, says(persona, "offer"), says(persona, "goodwill")),
        "apologize_too_soon": (Step(("apologize",)), Step(("apologize",))),
        "over_apologize": (hearing, *[Step(("apologize",))] * 5),
        "stall": (hearing, hearing, *[chatter] * 5),
        "stonewall": (raging, *[refusal] * 6),
        "broken_promise": (hearing, says(persona, "offer"), Step(("overpromise",)), refusal),
    }
    script = scripts.get(cause, ())
    if own is not None:
        plain = (scripted(own, own, own), scripted(hearing, own, own), scripted(raging, hearing, own, own))
        return [scripted(*script), *plain] if script else list(plain)
    return [scripted(*script)] if script else []


def _repeats(parameter: Parameter) -> bool:
    """Whether the value is the one that holds where the file says nothing."""
    if not parameter.cause:
        return False
    effects: Any = RELIEFS.get(parameter.cause) or PROVOCATIONS[parameter.cause]
    return bool(getattr(effects, str(parameter.path[-1])) == parameter.value)


@functools.cache
def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"
