"""The anger model: its properties under every input, and the orders of the source documents as numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.persona.anger import (
    NO_FACTS,
    PROVOCATION_LIMIT,
    RELIEF_LIMIT,
    AngerState,
    Temper,
    TurnFacts,
    band_of,
    judge,
    relax,
)
from voicecoach.persona.effects import PROTOCOL_IDS, PROVOCATIONS, RELIEFS, Provocation, Relief
from voicecoach.values import Band, Detection, LedgerEntry, Mood

Ledger = tuple[LedgerEntry, ...]
CLOSE = 1e-9


def detected(*causes: str, confidence: float = 1.0) -> tuple[Detection, ...]:
    return tuple(Detection(cause, cause, (0, 1), confidence) for cause in causes)


def mood_at(anger: float, heard: float = 0.0, resolution: float = 0.0, **counts: int) -> AngerState:
    return AngerState(Mood(anger, heard, resolution), counts)


# ----------------------------------------------------------------------------------------------- what may come together

shares = st.floats(0, 1)
angers = st.floats(0, 10)
moods = st.builds(Mood, angers, shares, shares)
states = st.builds(
    AngerState, moods, st.dictionaries(st.sampled_from(sorted({**RELIEFS, **PROVOCATIONS})), st.integers(0, 9))
)
tempers = st.builds(
    Temper,
    start=angers,
    base=angers,
    half_life_seconds=st.floats(1, 2000),
    relief_scale=st.floats(0, 3),
    provocation_scale=st.floats(0, 3),
    reliefs=st.dictionaries(
        st.sampled_from(sorted(RELIEFS)), st.builds(Relief, st.floats(0, 3), shares, shares, shares), max_size=3
    ),
    provocations=st.dictionaries(
        st.sampled_from(sorted(PROVOCATIONS)), st.builds(Provocation, st.floats(0, 3), shares), max_size=3
    ),
)
causes = st.sampled_from(sorted({*RELIEFS, *PROVOCATIONS, *PROTOCOL_IDS}))
detections = st.builds(Detection, causes, st.just("words"), st.just((0, 1)), shares)
turns = st.lists(detections, max_size=8).map(tuple)
facts = st.builds(
    TurnFacts, shares, st.frozensets(causes, max_size=3), st.dictionaries(causes, st.floats(0, 4), max_size=2)
)


@given(states, tempers, turns, facts, st.floats(0, 10_000))
def test_every_scale_is_kept_whatever_happens(
    state: AngerState, temper: Temper, turn: tuple[Detection, ...], given_facts: TurnFacts, seconds: float
) -> None:
    after, _ = judge(relax(state, temper, seconds), temper, turn, given_facts)
    assert 0 <= after.mood.anger <= 10
    assert 0 <= after.mood.heard <= 1
    assert 0 <= after.mood.resolution <= 1
    takes_back = any((cost := temper.provocation(d.id)) and cost.resolution_factor < 1 for d in turn)
    assert takes_back or after.mood.resolution >= state.mood.resolution


@given(states, tempers, turns, facts)
def test_the_ledger_adds_up_to_the_change(
    state: AngerState, temper: Temper, turn: tuple[Detection, ...], given_facts: TurnFacts
) -> None:
    after, ledger = judge(state, temper, turn, given_facts)
    assert math.fsum(entry.delta for entry in ledger) == pytest.approx(after.mood.anger - state.mood.anger, abs=CLOSE)


@given(states, tempers, turns, facts)
def test_every_ledger_entry_is_its_base_times_its_factors(
    state: AngerState, temper: Temper, turn: tuple[Detection, ...], given_facts: TurnFacts
) -> None:
    _, ledger = judge(state, temper, turn, given_facts)
    for entry in ledger:
        assert entry.delta == pytest.approx(entry.base * math.prod(factor for _, factor in entry.factors), abs=CLOSE)


@given(states, tempers, st.sampled_from(sorted(PROVOCATIONS)), shares)
def test_a_mistake_never_calms_in_its_own_step(
    state: AngerState, temper: Temper, cause: str, confidence: float
) -> None:
    after, _ = judge(state, temper, detected(cause, confidence=confidence))
    assert after.mood.anger >= state.mood.anger
    assert after.mood.heard <= state.mood.heard


@given(states, tempers, st.sampled_from(sorted(RELIEFS)), shares)
def test_a_technique_never_angers_in_its_own_step(
    state: AngerState, temper: Temper, cause: str, confidence: float
) -> None:
    after, _ = judge(state, temper, detected(cause, confidence=confidence))
    assert after.mood.anger <= state.mood.anger
    assert after.mood.heard >= state.mood.heard


@given(states, tempers, st.lists(turns, max_size=6), facts)
def test_the_same_input_gives_the_same_trace(
    state: AngerState, temper: Temper, call: list[tuple[Detection, ...]], given_facts: TurnFacts
) -> None:
    def trace() -> list[tuple[AngerState, Ledger]]:
        now, steps = state, []
        for turn in call:
            now, ledger = judge(relax(now, temper, 7.0), temper, turn, given_facts)
            steps.append((now, ledger))
        return steps

    assert trace() == trace()


@given(states, tempers, st.floats(0, 600), st.floats(0, 600))
def test_splitting_a_stretch_of_time_changes_nothing(
    state: AngerState, temper: Temper, first: float, second: float
) -> None:
    at_once = relax(state, temper, first + second).mood.anger
    in_two = relax(relax(state, temper, first), temper, second).mood.anger
    assert in_two == pytest.approx(at_once, abs=1e-6)


@given(states, tempers, st.sampled_from(sorted({**RELIEFS, **PROVOCATIONS})), st.floats(0, 0.4999))
def test_what_was_hardly_heard_is_not_scored(state: AngerState, temper: Temper, cause: str, confidence: float) -> None:
    after, ledger = judge(state, temper, detected(cause, confidence=confidence))
    assert after == state
    assert ledger == ()


@given(states, tempers, turns, facts)
def test_no_turn_moves_the_anger_by_more_than_its_limits(
    state: AngerState, temper: Temper, turn: tuple[Detection, ...], given_facts: TurnFacts
) -> None:
    after, _ = judge(state, temper, turn, given_facts)
    change = after.mood.anger - state.mood.anger
    assert -RELIEF_LIMIT - CLOSE <= change <= PROVOCATION_LIMIT + CLOSE


@pytest.mark.parametrize("cause", sorted(RELIEFS))
def test_no_single_technique_wins_by_repetition(cause: str) -> None:
    """Not even with the thing that is wanted on the table: thirty times the same is no conversation."""
    temper, state = Temper(), AngerState.at_start(Temper())
    for _ in range(30):
        floor = 0.5 if RELIEFS[cause].gate_floor < 1 and cause != "apologize" else 0.0
        state, _ = judge(relax(state, temper, 12.0), temper, detected(cause), TurnFacts(floor))
        assert not (state.mood.anger <= 3.0 and state.mood.resolution >= 0.8)


# ------------------------------------------------------------------------------------------------------------ the bands


def test_bands_begin_where_they_should() -> None:
    assert [band_of(anger) for anger in (0, 2.4, 2.5, 4.9, 5.0, 7.4, 7.5, 10)] == [
        Band.CALM,
        Band.CALM,
        Band.ANNOYED,
        Band.ANNOYED,
        Band.ANGRY,
        Band.ANGRY,
        Band.FURIOUS,
        Band.FURIOUS,
    ]


@pytest.mark.parametrize(
    ("border", "below", "above"), [(2.5, Band.CALM, Band.ANNOYED), (7.5, Band.ANGRY, Band.FURIOUS)]
)
def test_a_band_changes_only_when_its_border_is_clearly_passed(border: float, below: Band, above: Band) -> None:
    assert band_of(border + 0.39, below) is below
    assert band_of(border + 0.41, below) is above
    assert band_of(border - 0.39, above) is above
    assert band_of(border - 0.41, above) is below


@given(angers, st.sampled_from(Band))
def test_a_band_once_reached_is_kept_at_the_same_anger(anger: float, before: Band) -> None:
    reached = band_of(anger, before)
    assert band_of(anger, reached) is reached


# ------------------------------------------------------------------------------- the orders of the sources, as numbers

TURN_SECONDS = 15.0


def played(*call: tuple[str, ...], resolutions: Sequence[float] = ()) -> list[Mood]:
    """The mood after each turn of this call, from anger 8, one turn every 15 seconds."""
    temper = Temper()
    state, moods_seen = AngerState.at_start(temper), []
    for number, turn in enumerate(call):
        floor = resolutions[number] if number < len(resolutions) else 0.0
        given_facts = TurnFacts(floor) if floor else NO_FACTS
        state, _ = judge(relax(state, temper, TURN_SECONDS), temper, detected(*turn), given_facts)
        moods_seen.append(state.mood)
    return moods_seen


HEAR = ("listen", "acknowledge")
FEEL = ("listen", "empathize")
RESTATE = ("paraphrase",)
SORRY_AND_OWN = ("apologize", "own")
SOLVE = ("offer", "timeframe")
CONFIRM = ("document",)
CLOSE_UP = ("check_satisfaction",)


def test_hearing_feeling_apologising_and_acting_in_this_order_ends_near_one_and_a_half_by_turn_seven() -> None:
    call = (HEAR, FEEL, RESTATE, SORRY_AND_OWN, SOLVE, CONFIRM, CLOSE_UP)
    mood = played(*call, resolutions=(0, 0, 0, 0, 1.0))[-1]
    assert mood.anger == pytest.approx(1.6, abs=0.2)
    assert mood.heard >= 0.5


def test_the_same_steps_with_the_solution_first_end_worse() -> None:
    call = (("rush", *SOLVE), ("apologize_too_soon", *SORRY_AND_OWN), HEAR, FEEL, RESTATE, CONFIRM, CLOSE_UP)
    moods_seen = played(*call, resolutions=(1.0,))
    assert moods_seen[-1].anger == pytest.approx(2.2, abs=0.2)
    assert moods_seen[1].anger > 5.9, "before the caller is heard, neither a solution nor an apology does much"


def test_empathy_alone_helps_for_a_while_and_then_the_anger_climbs_again() -> None:
    """Turn after turn without progress is a stall once the caller feels heard (0.7, after five turns of it)."""
    call = [("listen", "empathize")] * 5 + [("empathize", "stall")] * 5
    angers_seen = [mood.anger for mood in played(*call)]
    assert angers_seen[4] == min(angers_seen)
    assert angers_seen[4] == pytest.approx(5.2, abs=0.4)
    assert angers_seen[-1] > angers_seen[4] + 1.0


def test_eight_apologies_leave_the_caller_angrier_than_at_the_start() -> None:
    angers_seen = [mood.anger for mood in played(*[("apologize",)] * 2, *[("over_apologize",)] * 6)]
    assert min(angers_seen) > 7.0
    assert 8.4 <= angers_seen[-1] <= 9.3


def test_calm_down_policy_calm_down_is_enough_to_hang_up_by_turn_three() -> None:
    angers_seen = [mood.anger for mood in played(("calm_down",), ("cannot",), ("calm_down",))]
    assert angers_seen[1] >= 9.3 or angers_seen[2] >= 9.3
    assert angers_seen == sorted(angers_seen)


def test_cutting_in_every_turn_is_enough_to_hang_up_by_turn_five() -> None:
    assert played(*[("interrupt",)] * 5)[-1].anger >= 9.3


def test_an_apology_is_worth_more_once_the_caller_feels_heard() -> None:
    unheard, _ = judge(mood_at(8.0), Temper(), detected("apologize"))
    heard, _ = judge(mood_at(8.0, heard=0.8), Temper(), detected("apologize"))
    assert heard.mood.anger < unheard.mood.anger


def test_the_third_apology_is_worth_a_fraction_of_the_first() -> None:
    first, _ = judge(mood_at(8.0), Temper(), detected("apologize"))
    third, _ = judge(mood_at(8.0, apologize=2), Temper(), detected("apologize"))
    assert 8.0 - third.mood.anger == pytest.approx((8.0 - first.mood.anger) * 0.35**2)


def test_listening_is_worth_a_quarter_more_while_the_caller_rages() -> None:
    raging, _ = judge(mood_at(7.0), Temper(), detected("listen"))
    cooler, _ = judge(mood_at(6.9), Temper(), detected("listen"))
    assert 7.0 - raging.mood.anger == pytest.approx(1.25 * (6.9 - cooler.mood.anger))


def test_a_repeated_mistake_weighs_up_to_twice_as_much() -> None:
    deltas = [judge(mood_at(5.0, doubt=n), Temper(), detected("doubt"))[1][0].delta for n in (0, 1, 20)]
    assert deltas == pytest.approx([1.2, 1.5, 2.4])


def test_what_is_muted_calms_nothing_and_says_why() -> None:
    after, ledger = judge(mood_at(6.0, heard=0.9), Temper(), detected("offer"), TurnFacts(muted=frozenset({"offer"})))
    assert after.mood.anger == 6.0
    assert ("no use", 0.0) in ledger[0].factors


def test_the_base_sinks_as_the_caller_is_heard_and_helped() -> None:
    temper = Temper(base=6.0, half_life_seconds=1.0)
    settled = relax(mood_at(3.0, heard=1.0, resolution=1.0), temper, 1000.0)
    unheard = relax(mood_at(3.0), temper, 1000.0)
    assert unheard.mood.anger == pytest.approx(6.0)
    assert settled.mood.anger == pytest.approx(0.0)


def test_a_caller_may_come_in_the_middle_heard_and_helped_in_part() -> None:
    start = AngerState.at_start(Temper(start=6.0, start_heard=0.4, start_resolution=0.5))
    assert start.mood == Mood(6.0, 0.4, 0.5)
