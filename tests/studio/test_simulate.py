"""Many simulated calls: the same figures wherever they are played, and what an author is told besides outcomes."""

from __future__ import annotations

import dataclasses
import gc
import importlib.util
import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from importlib import resources

import pytest

from tests.needs import need
from voicecoach.errors import ClusterError
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import examine, load
from voicecoach.studio.coverage import coverage, written_lines
from voicecoach.studio.mishearing import FILE, DetectorErrors, errors_of, measured_errors
from voicecoach.studio.playing import play
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.simulate import CHUNK_CALLS, Simulated, Tally, simulate, simulate_all
from voicecoach.studio.workers import Cluster, Cores, Workers
from voicecoach.techniques.version import detector_version

CALLS = CHUNK_CALLS + 30
"""More than one task, and the last one smaller."""


@pytest.fixture(scope="module")
def persona() -> Persona:
    return load("double_charge")


def counted(found: dict[str, Simulated]) -> dict[str, Tally]:
    """Everything but how long it took."""
    return {name: dataclasses.replace(result.tally, busy_seconds=0.0) for name, result in found.items()}


@pytest.fixture(scope="module")
def here(persona: Persona) -> dict[str, Tally]:
    return counted(simulate_all(persona, ["novice"], CALLS, misheard=True))


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    need(importlib.util.find_spec("distributed") is not None, "needs Dask: the extra `cluster`")
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


def test_two_processes_count_what_one_counts(persona: Persona, here: dict[str, Tally]) -> None:
    assert counted(simulate_all(persona, ["novice"], CALLS, misheard=True, workers=Cores(2))) == here


def test_a_cluster_of_two_counts_what_one_process_counts(
    persona: Persona, here: dict[str, Tally], cluster: str
) -> None:
    workers: Workers = Cluster(cluster)
    assert counted(simulate_all(persona, ["novice"], CALLS, misheard=True, workers=workers)) == here


def test_a_cluster_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, persona: Persona) -> None:
    monkeypatch.setattr("voicecoach.studio.workers.CONNECT_SECONDS", 0.3)
    with pytest.raises(ClusterError, match="no cluster answers there"):
        simulate_all(persona, ["silent"], 1, workers=Cluster("tcp://127.0.0.1:9"))
    for address in ("nonsense", "tcp://127.0.0.1", "http://127.0.0.1:8786", "tcp://a b:1"):
        with pytest.raises(ClusterError, match="is no address of a scheduler"):
            Cluster(address)


def test_whoever_breaks_off_does_not_wait_and_leaves_no_process(persona: Persona) -> None:
    before = set(multiprocessing.active_children())

    def broken_off(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate_all(persona, ["silent"], 20 * CHUNK_CALLS, workers=Cores(2), told=broken_off)
    gc.collect()  # the generator of the results is closed by its end
    assert set(multiprocessing.active_children()) <= before


def test_other_seeds_are_other_calls(persona: Persona) -> None:
    first = [play(persona, POLICIES["average"], seed) for seed in range(20)]
    again = [play(persona, POLICIES["average"], seed) for seed in range(20)]
    assert first == again
    assert len(set(first)) > 10


def test_an_expert_calms_sooner_than_an_average_agent(persona: Persona) -> None:
    expert, average = (simulate(persona, policy, 60).tally for policy in ("expert", "average"))
    assert len(expert.calm_turns) > len(average.calm_turns)
    assert sum(expert.calm_turns) / len(expert.calm_turns) < sum(average.calm_turns) / len(average.calm_turns)


def test_a_caller_with_little_to_say_comes_to_dead_ends(persona: Persona) -> None:
    robot = simulate(persona, "robot", 20).tally
    expert = simulate(persona, "expert", 20).tally
    assert "said again" in {end.kind for end in robot.dead_ends}
    assert sum(robot.dead_ends.values()) / robot.turns > sum(expert.dead_ends.values()) / expert.turns


# ------------------------------------------------------------------------------------------------- what is never said


def test_a_line_that_is_never_said_is_told_with_its_place(persona: Persona) -> None:
    examined = examine("double_charge")
    assert examined.persona is not None
    written = written_lines(examined.persona, examined.places)
    number, line = next((number, line) for number, line in written.items() if line.move == "opening" and line.own)
    nothing = coverage(examined.persona, examined.places, 0)
    but_one = coverage(examined.persona, examined.places, 1 << number)
    assert set(nothing.never_said) - set(but_one.never_said) == {line}
    file, _, row = line.where.rpartition(":")
    text = open(file, encoding="utf-8").read().splitlines()[int(row) - 1]  # noqa: PTH123, SIM115
    assert line.text.split("[")[0][:20] in text


def test_every_line_that_can_be_said_is_known_by_its_place() -> None:
    for name in ("double_charge", "abusive_caller", "expired_promotion"):
        examined = examine(name)
        assert examined.persona is not None
        written = written_lines(examined.persona, examined.places)
        assert len(written) == len(examined.persona.repertoire.wordings), name


# ----------------------------------------------------------------------------------------------------- what is misheard


def test_the_errors_were_measured_on_the_detector_that_ships() -> None:
    kept = json.loads(resources.files("voicecoach.studio").joinpath(FILE).read_text(encoding="utf-8"))
    assert kept["detector"] == detector_version(), "run python -m training.measure_errors"


def test_the_shipped_rates_were_measured_on_many_lines_of_every_id() -> None:
    errors = measured_errors()
    assert errors.lines > 5000
    assert all(0.0 < share < 0.9 for share in errors.missed.values())
    assert all(0.5 < confidence <= 1.0 for confidence in errors.confidence.values())


def test_errors_come_at_the_measured_rates() -> None:
    errors = _errors()
    chance = random.Random(1)
    drawn = Counter(errors.misheard(("own",), chance)[0] for _ in range(20_000))
    missed = sum(count for ids, count in drawn.items() if "own" not in ids) / 20_000
    wrong = sum(count for ids, count in drawn.items() if "offer" in ids) / 20_000
    assert missed == pytest.approx(0.25, abs=0.01)
    assert wrong == pytest.approx(errors.false_beside["own"]["offer"], abs=0.01)
    assert errors.false_beside["own"]["offer"] < 0.1  # ten in a hundred, drawn towards what is usual


def test_what_is_misheard_is_less_sure_and_changes_how_calls_end(persona: Persona) -> None:
    surely = _errors().misheard(("own",), random.Random(2))
    assert surely == (("own",), (0.8,))
    plain = simulate_all(persona, ["expert"], 150)["expert"]
    misheard = simulate_all(persona, ["expert"], 150, misheard=True)["expert"]
    assert misheard.tally.turns > plain.tally.turns


def _errors() -> DetectorErrors:
    ids = {
        "own": {"lines": 400, "missed": 100, "confidence": 0.8, "false_beside": {"offer": 40}},
        "offer": {"lines": 400, "missed": 0, "confidence": 0.9, "false_beside": {}},
    }
    unlabelled = {"lines": 200, "false": {"own": 2}}
    return errors_of({"ids": ids, "unlabelled": unlabelled, "false_confidence": 0.6, "lines": 1000})
