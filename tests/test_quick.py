"""Quickly made values are the frozen dataclasses they were."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle

import pytest

from voicecoach.events import Say
from voicecoach.persona.anger import AngerState
from voicecoach.quick import quick
from voicecoach.values import Detection, Mood


@quick
@dataclasses.dataclass(frozen=True, slots=True)
class Sample:
    first: int
    second: str = "x"
    third: list[int] = dataclasses.field(default_factory=list)


def test_defaults_and_factories_are_kept_and_not_shared() -> None:
    one, other = Sample(1), Sample(1, third=[5])
    assert (one.second, one.third, other.third) == ("x", [], [5])
    assert one.third is not Sample(1).third


def test_they_stay_frozen_comparable_and_replaceable() -> None:
    mood = Mood(8.0, 0.1, 0.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        mood.anger = 1.0  # type: ignore[misc]
    assert dataclasses.replace(mood, anger=2.0) == Mood(2.0, 0.1, 0.0)
    assert hash(mood) == hash(Mood(8.0, 0.1, 0.0))
    assert pickle.loads(pickle.dumps(mood)) == copy.copy(mood) == mood


def test_wrong_arguments_are_refused_as_ever() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'first'"):
        Sample()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Sample(1, fourth=2)  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [Detection, Mood, Say, AngerState])
def test_the_signature_names_every_field(kind: type) -> None:
    assert list(inspect.signature(kind).parameters) == [field.name for field in dataclasses.fields(kind)]


def test_what_must_run_after_the_init_keeps_its_own() -> None:
    @quick
    @dataclasses.dataclass(frozen=True, slots=True)
    class Checked:
        value: int

        def __post_init__(self) -> None:
            if self.value < 0:
                raise ValueError("below zero")

    with pytest.raises(ValueError, match="below zero"):
        Checked(-1)
