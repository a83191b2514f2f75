"""Which parameter of a persona moves the outcome most: one at a time, a step down and a step up, same calls each time.

The effect of a step is the largest change of the share of any outcome. Many steps are tried, and the largest of many
is large by chance alone; so intervals are made wide enough for all of them together to be right 95 times in a hundred
(Bonferroni), and an effect whose interval has zero in it is told as none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona
from voicecoach.studio.compare import Change, compared
from voicecoach.studio.curve import Curve, curves
from voicecoach.studio.overrides import overridden
from voicecoach.studio.shares import SURE
from voicecoach.studio.workers import HERE, Workers

ANGER_STEP = 0.5
"""How far borders and starting values on the scale of anger are moved."""

SCALE_RANGE = (0.0, 3.0)
GROWTH_RANGE = (1.0, 3.0)
LIMIT_RANGE = (0.1, 10.0)
ANGER_RANGE = (0.0, 10.0)
SHARE_RANGE = (0.0, 1.0)
ABUSE_LEVELS = 3

ANGERS = (
    "start",
    "base",
    "hang_up_at",
    "supervisor_at",
    "resolved_below",
    "lukewarm_below",
    "listening_bonus_from",
)
SHARES = ("start_heard", "start_resolution", "heard_lowers_base", "resolution_lowers_base")
SCALED: dict[str, tuple[float, float]] = {
    "relief_scale": SCALE_RANGE,
    "provocation_scale": SCALE_RANGE,
    "half_life_seconds": (1.0, 1e6),
    "patience": (0.5, 1.5),
    "relief_limit": LIMIT_RANGE,
    "provocation_limit": LIMIT_RANGE,
    "taper_span": LIMIT_RANGE,
    "listening_bonus": SCALE_RANGE,
    "mistake_growth": GROWTH_RANGE,
    "mistake_growth_limit": GROWTH_RANGE,
}
"""How a step is taken, by name: half a point of anger, a share, or a share of the value (within these limits)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One parameter at another value; ``change`` sets it as ``--set`` does."""

    parameter: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step does to the calls of a policy: the outcome whose share it changes most, and that change."""

    step: Step
    policy: str
    change: Change
    anger: float

    @property
    def size(self) -> float:
        """How far the share moves, 0..1."""
        return abs(self.change.after - self.change.before)


def steps_of(persona: Persona, by: float) -> tuple[Step, ...]:
    """Every parameter of the temper a step down and up: anger by half a point, shares by ``by``, the rest by the share
    ``by`` of their value.
    """
    return tuple(_steps(persona, by))


def sensitivity(
    persona: Persona,
    policies: Sequence[str],
    seeds: int,
    *,
    by: float = 0.2,
    first_seed: int = 0,
    workers: Workers = HERE,
    told: Callable[[int], None] | None = None,
) -> tuple[Effect, ...]:
    """The effects of every step, the largest first; those that may be chance come last."""
    steps = steps_of(persona, by)
    sure = 1 - (1 - SURE) / max(1, len(steps) * len(policies))

    def play(someone: Persona) -> tuple[Curve, ...]:
        return curves(someone, policies, seeds, first_seed=first_seed, workers=workers, told=told)

    plain = play(persona)
    effects = []
    for step in steps:
        for before, after in zip(plain, play(overridden(persona, [step.change])), strict=True):
            pair = compared(before, after, sure)
            largest = max(pair.changes, key=lambda change: (change.is_real, abs(change.after - change.before)))
            effects.append(Effect(step, before.policy, largest, pair.anger))
    return tuple(sorted(effects, key=lambda effect: (not effect.change.is_real, -effect.size)))


def _steps(persona: Persona, by: float) -> Iterator[Step]:
    temper = persona.temper
    for name in ANGERS:
        value = getattr(temper, name)
        now = temper.to_temper().base if value is None else value
        yield from _numbers(f"temper.{name}", now, (now - ANGER_STEP, now + ANGER_STEP), ANGER_RANGE)
    for name, limits in SCALED.items():
        yield from _scaled(f"temper.{name}", getattr(temper, name), by, limits)
    for name in SHARES:
        now = getattr(temper, name)
        yield from _numbers(f"temper.{name}", now, (now - by, now + by), SHARE_RANGE)
    level = temper.abuse_level
    yield from _numbers("temper.abuse_level", level, (level - 1, level + 1), (0, ABUSE_LEVELS))
    other = "false" if temper.walker else "true"
    yield Step("temper.walker", str(temper.walker).lower(), other, f"temper.walker={other}")
    anger = temper.to_temper()
    for id_ in RELIEFS:
        relief = anger.relief(id_)
        if relief is not None:
            yield from _scaled(f"temper.reliefs.{id_}.gain", relief.gain, by, SCALE_RANGE)
            yield from _scaled(f"temper.reliefs.{id_}.heard", relief.heard, by, SHARE_RANGE)
    for id_ in PROVOCATIONS:
        provocation = anger.provocation(id_)
        if provocation is not None:
            yield from _scaled(f"temper.provocations.{id_}.gain", provocation.gain, by, SCALE_RANGE)


def _scaled(parameter: str, now: float, by: float, limits: tuple[float, float]) -> Iterator[Step]:
    yield from _numbers(parameter, now, (now * (1 - by), now * (1 + by)), limits)


def _numbers(parameter: str, now: float, values: tuple[float, float], limits: tuple[float, float]) -> Iterator[Step]:
    for wanted in values:
        value = min(limits[1], max(limits[0], wanted))
        if value != now:
            yield Step(parameter, f"{now:g}", f"{value:g}", f"{parameter}={value:g}")
