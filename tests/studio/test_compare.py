"""Comparing two callers, and asking which value matters: intervals keep chance from being told as an effect."""

from __future__ import annotations

import random

import pytest

from voicecoach.errors import PersonaError, UsageError
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.compare import as_sheet, compare
from voicecoach.studio.overrides import overridden
from voicecoach.studio.sensitivity import sensitivity, steps_of
from voicecoach.studio.shares import change_interval, mean_interval, percentiles, share_interval


@pytest.fixture(scope="module")
def persona() -> Persona:
    return load("double_charge")


def test_a_longer_fuse_calms_more_novices_calls(persona: Persona) -> None:
    milder = overridden(persona, ["temper.provocation_scale=0.3"])
    (pair,) = compare(persona, milder, ["novice"], 80)
    hang_ups = next(change for change in pair.changes if change.outcome == "caller_hangs_up")
    assert hang_ups.is_real
    assert hang_ups.interval.low <= hang_ups.after - hang_ups.before <= hang_ups.interval.high < 0
    assert pair.anger_interval.high < 0
    assert [series.name for series in as_sheet([pair], ("a", "b")).panels[0].series] == ["a", "b"]


def test_nothing_changed_is_told_as_nothing(persona: Persona) -> None:
    (pair,) = compare(persona, overridden(persona, ["voice.rate_wpm=150"]), ["average"], 40)
    assert not any(change.is_real for change in pair.changes)
    assert pair.anger == 0.0


def test_what_matters_stands_first_and_chance_is_told_as_none(persona: Persona) -> None:
    effects = sensitivity(overridden(persona, ["temper.walker=true"]), ["expert"], 12, by=0.1)
    assert len(effects) == len(steps_of(persona, 0.1))
    real = [effect.change.is_real for effect in effects]
    assert real == sorted(real, reverse=True)
    sizes = [effect.size for effect in effects if effect.change.is_real]
    assert sizes == sorted(sizes, reverse=True)
    steps = {effect.step.parameter: effect.change.is_real for effect in effects}
    assert not steps["temper.provocations.hostile.gain"], "an expert is never hostile"


def test_every_field_of_the_temper_is_moved(persona: Persona) -> None:
    moved = {step.parameter.split(".")[1] for step in steps_of(persona, 0.2)}
    assert moved == set(type(persona.temper).model_fields)


def test_a_step_stays_in_its_range(persona: Persona) -> None:
    steps = steps_of(overridden(persona, ["temper.start=10", "temper.patience=1.5"]), 0.5)
    values = {(step.parameter, step.after) for step in steps}
    assert ("temper.start", "9.5") in values
    assert ("temper.start", "10.5") not in values
    assert ("temper.patience", "0.75") in values


# ------------------------------------------------------------------------------------------------------- changed values


def test_a_field_may_be_cut_short_where_that_is_clear(persona: Persona) -> None:
    changed = overridden(persona, ["temper.half_life=120", "temper.reliefs.apologize.gain=0.1", "temper.walker=true"])
    assert changed.temper.half_life_seconds == 120.0
    assert changed.temper.walker
    relief = changed.temper.to_temper().relief("apologize")
    assert relief is not None
    assert relief.gain == 0.1
    assert changed.repertoire == persona.repertoire


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("temper.half_lif_seconds=3", "did you mean `half_life_seconds`"),
        ("temper.s=3", "known here"),
        ("temper.start", "sets nothing"),
        ("temper.start=", "sets nothing"),
        ("temper.start=[", "has no value"),
        ("lines.opening=hello", "cannot change `lines`"),
        ("wants.wanted.refund=3", "goes into no single field"),
    ],
)
def test_changes_that_make_no_sense(persona: Persona, change: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        overridden(persona, [change])


@pytest.mark.parametrize("change", ["temper.start=11", "temper.start=angry", "temper.half_life_seconds=0"])
def test_values_that_a_field_cannot_have(persona: Persona, change: str) -> None:
    with pytest.raises(PersonaError, match="cannot be"):
        overridden(persona, [change])


# ------------------------------------------------------------------------------------------------------------ intervals


def test_an_interval_of_a_share_holds_it_19_times_in_20() -> None:
    chance = random.Random(3)
    for share in (0.02, 0.3, 0.95):
        held = 0
        for _ in range(400):
            interval = share_interval(sum(chance.random() < share for _ in range(100)), 100)
            held += interval.low <= share <= interval.high
        assert 0.91 <= held / 400 <= 1.0


def test_an_interval_of_a_change_holds_it_19_times_in_20_and_pairing_narrows_it() -> None:
    chance = random.Random(4)
    held, narrow = 0, []
    for _ in range(300):
        before = [chance.random() < 0.5 for _ in range(100)]
        after = [then if chance.random() < 0.9 else True for then in before]  # a twentieth more, seed by seed
        interval = change_interval(before, after)
        held += interval.low <= 0.05 <= interval.high
        narrow.append(interval.high - interval.low)
    assert 0.91 <= held / 300 <= 1.0
    assert sum(narrow) / 300 < 0.6 * 2 * 1.96 * (2 * 0.25 / 100) ** 0.5


def test_small_samples_are_unsure() -> None:
    assert mean_interval([0.3]).has_zero
    assert share_interval(0, 5).high > 0.4
    assert share_interval(5, 5).low < 0.6
    assert percentiles([]) == {"p10": None, "p50": None, "p90": None}
    assert percentiles([3.0, 1.0, 2.0]) == {"p10": 1.0, "p50": 2.0, "p90": 3.0}
