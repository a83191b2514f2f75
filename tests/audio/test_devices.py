"""Which device is meant."""

from __future__ import annotations

import re

import pytest

from voicecoach.audio.devices import Device, Direction, choose
from voicecoach.errors import NoDevice


def device(
    index: int,
    name: str,
    *,
    inputs: int = 1,
    outputs: int = 0,
    default_for: Direction | None = None,
    system: str = "ALSA",
) -> Device:
    chosen: frozenset[Direction] = frozenset() if default_for is None else frozenset({default_for})
    return Device(index, name, system, inputs, outputs, 48_000, chosen)


HERE = [
    device(0, "Monitor of HDMI", inputs=0, outputs=2, default_for="output"),
    device(1, "Built-in Audio"),
    device(2, "Jabra Evolve 20", inputs=1, outputs=2),
    device(3, "Webcam", default_for="input"),
    device(4, "jabra evolve 20 stereo", inputs=0, outputs=2),
]


@pytest.mark.parametrize(
    ("direction", "name", "index"),
    [
        ("input", None, 3),
        ("output", None, 0),
        ("input", "Built-in Audio", 1),
        ("input", "jabra", 2),
        ("output", "JABRA EVOLVE 20", 2),
        ("output", "stereo", 4),
        ("input", "1", 1),
    ],
)
def test_by_number_name_part_of_a_name_or_the_systems_choice(
    direction: Direction, name: str | None, index: int
) -> None:
    assert choose(HERE, direction, name).index == index


def test_a_name_in_the_wrong_direction_is_no_device() -> None:
    with pytest.raises(NoDevice, match=r"^Webcam: there is no such loudspeaker; choose one of: "):
        choose(HERE, "output", "Webcam")


def test_an_unknown_name_lists_what_there_is() -> None:
    listed = re.escape('choose one of: "Built-in Audio", "Jabra Evolve 20", "Webcam"')
    with pytest.raises(NoDevice, match=listed):
        choose(HERE, "input", "Sennheiser")


def test_a_headset_listed_by_several_systems_is_taken_from_the_systems_own_choice() -> None:
    several = [
        device(0, "Headset", system="MME"),
        device(1, "Headset", system="Windows WASAPI", default_for="input"),
    ]
    assert choose(several, "input", "Headset").index == 1


def test_the_first_one_serves_where_the_system_has_no_choice() -> None:
    assert choose([device(0, "Screen", inputs=0, outputs=2), device(1, "Mic")], "input", None).index == 1


@pytest.mark.parametrize("name", [None, "Jabra"])
def test_none_at_all(name: str | None) -> None:
    with pytest.raises(NoDevice, match="this machine has no microphone; plug a headset or microphone in and try again"):
        choose([device(0, "Screen", inputs=0, outputs=2)], "input", name)
