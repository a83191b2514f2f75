"""Many calls of a policy against a persona, without words or sound: how they end, what is never said, where they stick.

Calls are played in chunks of a fixed size, here, on every core or on a cluster (see ``workers``); chunks are added up
in their order, so that the same seeds give the same figures wherever they were played.
"""

from __future__ import annotations

import functools
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from voicecoach.persona.file import Persona
from voicecoach.persona.loading import loads, source_text
from voicecoach.studio.mishearing import measured_errors
from voicecoach.studio.playing import DeadEnd, Wording, play
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.workers import HERE, Workers

CHUNK_CALLS = 250
"""Calls in one task: a tenth of a second and more of work, so that handing it over costs next to nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """Calls to be played somewhere: everything they need, as plain data."""

    persona: str
    policy: str
    first_seed: int
    calls: int
    misheard: bool = False


@dataclass(slots=True)
class Tally:
    """What is counted over calls. ``calm_*`` hold one number for each call in which the caller calmed down.

    ``said`` are the bits of every line that was ever said; ``busy_seconds`` is processor time.
    """

    calls: int = 0
    turns: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    calm_seconds: list[float] = field(default_factory=list)
    calm_turns: list[int] = field(default_factory=list)
    dead_ends: Counter[DeadEnd] = field(default_factory=Counter)
    said: int = 0
    busy_seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Count the other's calls too."""
        self.calls += other.calls
        self.turns += other.turns
        self.outcomes.update(other.outcomes)
        self.calm_seconds += other.calm_seconds
        self.calm_turns += other.calm_turns
        self.dead_ends.update(other.dead_ends)
        self.said |= other.said
        self.busy_seconds += other.busy_seconds


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of ``calls`` calls: the share of each outcome, calls a second of one core, and all that was counted."""

    calls: int
    outcomes: dict[str, float]
    calls_per_second: float
    tally: Tally


def simulate(persona: Persona, policy: str, calls: int, first_seed: int = 0) -> Simulated:
    """Play ``calls`` calls with the seeds from ``first_seed`` on, here. The shares are the same every time."""
    return summed_up([play_calls(persona, policy, first_seed, calls)])


def simulate_all(
    persona: Persona,
    policies: Sequence[str],
    calls: int,
    *,
    first_seed: int = 0,
    misheard: bool = False,
    workers: Workers = HERE,
    told: Callable[[int], None] | None = None,
) -> dict[str, Simulated]:
    """The same for several policies, wherever ``workers`` plays them; ``told`` hears how many calls came in.

    Raises ``ClusterError`` when a cluster cannot be reached or loses the work.
    """
    text = source_text(persona)
    tasks = [task for policy in policies for task in _chunks(text, policy, first_seed, calls, misheard)]
    tallies: dict[str, list[Tally]] = {policy: [] for policy in policies}
    for task, tally in zip(tasks, _played(persona, tasks, workers), strict=True):
        tallies[task.policy].append(tally)
        if told is not None:
            told(tally.calls)
    return {policy: summed_up(found) for policy, found in tallies.items()}


def play_task(task: Task) -> Tally:
    """The calls of a task, on whatever machine it has come to."""
    return play_calls(_persona(task.persona), task.policy, task.first_seed, task.calls, misheard=task.misheard)


def play_calls(persona: Persona, policy: str, first_seed: int, calls: int, *, misheard: bool = False) -> Tally:
    """``calls`` calls, one after another."""
    chosen = POLICIES[policy]
    errors = measured_errors() if misheard else None
    wording = Wording(persona)
    tally = Tally(calls=calls)
    collecting = gc.isenabled()
    gc.disable()  # a call leaves no circles behind; looking for them is a twentieth of the time
    start = time.process_time()
    try:
        for seed in range(first_seed, first_seed + calls):
            played = play(persona, chosen, seed, errors, wording=wording)
            tally.outcomes[played.outcome.value] += 1
            tally.turns += played.turns
            tally.said |= played.said
            if played.calm_seconds is not None and played.calm_turns is not None:
                tally.calm_seconds.append(played.calm_seconds)
                tally.calm_turns.append(played.calm_turns)
            if played.dead_ends:
                tally.dead_ends.update(played.dead_ends)
    finally:
        if collecting:
            gc.enable()
    tally.busy_seconds = time.process_time() - start
    return tally


def summed_up(tallies: Iterable[Tally]) -> Simulated:
    """All of them as shares."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    shares = {outcome: count / whole.calls for outcome, count in sorted(whole.outcomes.items())}
    return Simulated(whole.calls, shares, whole.calls / whole.busy_seconds if whole.busy_seconds else 0.0, whole)


def _played(persona: Persona, tasks: Sequence[Task], workers: Workers) -> Iterator[Tally]:
    if workers is HERE:  # the persona is at hand: no need to read it again
        return (play_calls(persona, t.policy, t.first_seed, t.calls, misheard=t.misheard) for t in tasks)
    return workers.each(play_task, tasks)


def _chunks(text: str, policy: str, first_seed: int, calls: int, misheard: bool) -> Iterator[Task]:
    for start in range(0, calls, CHUNK_CALLS):
        yield Task(text, policy, first_seed + start, min(CHUNK_CALLS, calls - start), misheard)


@functools.lru_cache(maxsize=8)
def _persona(text: str) -> Persona:
    return loads(text)
