"""The anger model: pure arithmetic from what was detected to what the caller feels, with every factor kept.

Scales: anger 0..10, heard 0..1, resolution 0..1. One trainee turn is judged by ``judge`` (its detections in spoken
order), time passes by ``relax``; both return a new mood and the ledger of why it moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.persona.effects import LISTENING_IDS, PROVOCATIONS, RELIEFS, Provocation, Relief
from voicecoach.quick import quick
from voicecoach.values import Band, Detection, LedgerEntry, Mood

MINIMUM_CONFIDENCE = 0.5
"""Detections below this are shown and not scored: mishearing must not become an unfair score."""

RELIEF_LIMIT = 1.5
PROVOCATION_LIMIT = 2.5
"""Nobody calms down by more, or flares up by more, in one turn."""

TAPER_SPAN = 2.0
"""Within this distance of either end of the scale a change gets proportionally smaller."""

LISTENING_BONUS = 1.25
LISTENING_BONUS_FROM_ANGER = 7.0

MISTAKE_GROWTH = 1.25
MISTAKE_GROWTH_LIMIT = 2.0
"""The n-th repetition of a mistake weighs min(2, 1.25 ** n)."""

HEARD_LOWERS_BASE = 0.4
RESOLUTION_LOWERS_BASE = 0.6
"""The base to which anger creeps back is lower by these shares for a caller who is heard, and who is helped."""

BAND_STARTS = ((Band.ANNOYED, 2.5), (Band.ANGRY, 5.0), (Band.FURIOUS, 7.5))
BAND_HYSTERESIS = 0.4
_BORDERS: dict[Band | None, tuple[tuple[Band, float], ...]] = {
    None: BAND_STARTS,
    **{
        current: tuple(
            (band, start + (BAND_HYSTERESIS if place < number else -BAND_HYSTERESIS))
            for number, (band, start) in enumerate(BAND_STARTS, 1)
        )
        for place, current in enumerate(Band)
    },
}
"""Where each band begins for a caller who is in this one now."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How this caller's anger behaves; every value comes from the persona file.

    ``start`` is the anger at the first word, ``base`` where it creeps back to while nothing is solved,
    ``half_life_seconds`` how fast. ``relief_scale`` and ``provocation_scale`` multiply everything of their kind;
    ``reliefs`` and ``provocations`` replace the start values id by id. ``start_heard`` and ``start_resolution`` (0..1)
    are for a caller who comes in the middle: heard, or helped, in part already. The rest are the model's constants,
    each of which a file may set otherwise.
    """

    start: float = 8.0
    base: float = 6.0
    half_life_seconds: float = 240.0
    relief_scale: float = 1.0
    provocation_scale: float = 1.0
    reliefs: Mapping[str, Relief] = field(default_factory=dict)
    provocations: Mapping[str, Provocation] = field(default_factory=dict)
    start_heard: float = 0.0
    start_resolution: float = 0.0
    relief_limit: float = RELIEF_LIMIT
    provocation_limit: float = PROVOCATION_LIMIT
    taper_span: float = TAPER_SPAN
    listening_bonus: float = LISTENING_BONUS
    listening_bonus_from: float = LISTENING_BONUS_FROM_ANGER
    mistake_growth: float = MISTAKE_GROWTH
    mistake_growth_limit: float = MISTAKE_GROWTH_LIMIT
    heard_lowers_base: float = HEARD_LOWERS_BASE
    resolution_lowers_base: float = RESOLUTION_LOWERS_BASE

    def relief(self, cause: str) -> Relief | None:
        """What this id is worth here; None when it does not calm."""
        return self.reliefs.get(cause) or RELIEFS.get(cause)

    def provocation(self, cause: str) -> Provocation | None:
        """What this id costs here; None when it does not provoke."""
        return self.provocations.get(cause) or PROVOCATIONS.get(cause)


@quick
@dataclass(frozen=True, slots=True)
class AngerState:
    """The mood and how often each id was counted so far in the call."""

    mood: Mood
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def at_start(cls, temper: Temper) -> AngerState:
        """Before the first word."""
        return cls(Mood(temper.start, temper.start_heard, temper.start_resolution))


@quick
@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What the persona's facts say about this turn.

    ``resolution_floor``: resolution is at least this after the turn (an acceptable remedy .5, with a time .8, the very
    thing wanted 1). ``muted`` ids calm nothing this time (an offer that came too soon or is of no use to this caller),
    and ``weights`` multiplies single ids (a hold by its length).
    """

    resolution_floor: float = 0.0
    muted: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)


NO_FACTS = TurnFacts()


def relax(state: AngerState, temper: Temper, seconds: float) -> AngerState:
    """Time passes: anger creeps towards its base, which sinks as the caller is heard and helped.

    ``B = base * (1 - .4 heard - .6 resolution)``, where .4 and .6 are the temper's, and
    ``A <- B + (A - B) * 2 ** (-seconds / half_life)``; splitting ``seconds`` into steps changes nothing.
    """
    mood = state.mood
    lowered = temper.heard_lowers_base * mood.heard + temper.resolution_lowers_base * mood.resolution
    base = temper.base * max(0.0, 1 - lowered)
    anger = base + (mood.anger - base) * 2.0 ** (-seconds / temper.half_life_seconds)
    return AngerState(Mood(_clamp(anger, 0.0, 10.0), mood.heard, mood.resolution), state.counts)


def judge(
    state: AngerState, temper: Temper, detections: Sequence[Detection], facts: TurnFacts = NO_FACTS
) -> tuple[AngerState, tuple[LedgerEntry, ...]]:
    """One trainee turn: its detections in spoken order. The ledger's deltas add up to the change of anger."""
    counts = dict(state.counts)
    heard, resolution = state.mood.heard, state.mood.resolution
    entries: list[LedgerEntry] = []
    for detection in detections:
        if detection.confidence < MINIMUM_CONFIDENCE:
            continue
        provocation = temper.provocation(detection.id)
        earlier = counts.get(detection.id, 0)
        counts[detection.id] = earlier + 1
        if provocation is not None:
            entries.append(_provoked(detection, provocation, temper, earlier, facts))
            heard *= provocation.heard_factor
            resolution *= provocation.resolution_factor
        elif (relief := temper.relief(detection.id)) is not None:
            entries.append(
                _relieved(detection, relief, temper, earlier=earlier, facts=facts, heard=heard, anger=state.mood.anger)
            )
            heard += relief.heard * detection.confidence * (1 - heard)
    limited = _limited(entries, state.mood.anger, temper)
    anger = _clamp(state.mood.anger + sum([entry.delta for entry in limited]), 0.0, 10.0)
    resolution = max(resolution, facts.resolution_floor)
    mood = Mood(anger, _clamp(heard, 0.0, 1.0), _clamp(resolution, 0.0, 1.0))
    return AngerState(mood, counts), tuple(limited)


def band_of(anger: float, current: Band | None = None) -> Band:
    """The band of this anger; with a current band it changes only when a border is passed by 0.4."""
    band = Band.CALM
    for following, border in _BORDERS[current]:
        if anger >= border:
            band = following
    return band


def _relieved(
    detection: Detection,
    relief: Relief,
    temper: Temper,
    *,
    earlier: int,
    facts: TurnFacts,
    heard: float,
    anger: float,
) -> LedgerEntry:
    factors = [("scale", temper.relief_scale), ("confidence", detection.confidence)]
    if relief.gate_floor < 1.0:
        factors.append(("gate", relief.gate_floor + (1 - relief.gate_floor) * heard))
    if earlier:
        factors.append(("habituation", relief.decay**earlier))
    if detection.id in LISTENING_IDS and anger >= temper.listening_bonus_from:
        factors.append(("listening", temper.listening_bonus))
    if detection.id in facts.weights:
        factors.append(("weight", facts.weights[detection.id]))
    if detection.id in facts.muted:
        factors.append(("no use", 0.0))
    return _entry(detection, -relief.gain, factors)


def _provoked(
    detection: Detection, provocation: Provocation, temper: Temper, earlier: int, facts: TurnFacts
) -> LedgerEntry:
    factors = [("scale", temper.provocation_scale), ("confidence", detection.confidence)]
    if earlier:
        factors.append(("repeated", min(temper.mistake_growth_limit, temper.mistake_growth**earlier)))
    if detection.id in facts.weights:
        factors.append(("weight", facts.weights[detection.id]))
    return _entry(detection, provocation.gain, factors)


def _entry(detection: Detection, base: float, factors: list[tuple[str, float]]) -> LedgerEntry:
    delta = base
    for _, factor in factors:
        delta *= factor
    return LedgerEntry(detection.id, detection.words, base, tuple(factors), delta)


def _limited(entries: list[LedgerEntry], anger: float, temper: Temper) -> list[LedgerEntry]:
    """Every entry times the turn's limit and taper, so that each still tells its own share."""
    total = sum([entry.delta for entry in entries])
    if total == 0.0:
        return entries
    shared: list[tuple[str, float]] = []
    kept = _clamp(total, -temper.relief_limit, temper.provocation_limit)
    if kept != total:
        shared.append(("limit", kept / total))
    room = (10.0 - anger) if total > 0 else anger
    taper = min(1.0, max(0.0, room) / temper.taper_span)
    if taper < 1.0:
        shared.append(("taper", taper))
    if abs(kept * taper) > room:  # the end of the scale is nearer than the tapered step
        shared.append(("end of scale", room / abs(kept * taper)))
    if not shared:
        return entries
    scale = 1.0
    for _, factor in shared:
        scale *= factor
    return [LedgerEntry(e.cause, e.words, e.base, (*e.factors, *shared), e.delta * scale) for e in entries]


def _clamp(value: float, low: float, high: float) -> float:
    return low if value <= low else high if value >= high else value
