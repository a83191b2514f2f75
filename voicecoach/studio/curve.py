"""The anger curves of the named policies, or of a script, against a persona."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicecoach.call.engine import Engine
from voicecoach.call.script import Turn
from voicecoach.call.textplay import UNVOICED_CALM, TextCall, Watcher
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import loads, source_text
from voicecoach.studio.playing import Wording, play
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.sampling import Sampler, Samples, envelope
from voicecoach.studio.sheet import Panel, Series, Sheet
from voicecoach.studio.workers import HERE, Workers
from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.early import EarlyEar

SEEDS_IN_A_TASK = 50
SCRIPT = "script"
"""Stands for the policy where a script is played."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The curves of one policy over ``calls`` calls: their envelope, and the share of each outcome.

    ``by_seed`` says of each call, in the order of the seeds, how it ended and with which anger.
    """

    policy: str
    calls: int
    series: Series
    outcomes: dict[str, float]
    by_seed: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class CurveTask:
    """Calls of one policy whose curves are wanted."""

    persona: str
    policy: str
    first_seed: int
    calls: int


Sampled = tuple[str, Samples]
"""How a call ended, and its curve."""


def curves(
    persona: Persona,
    policies: Sequence[str],
    seeds: int,
    *,
    first_seed: int = 0,
    workers: Workers = HERE,
    told: Callable[[int], None] | None = None,
) -> tuple[Curve, ...]:
    """A curve for each policy over the seeds from ``first_seed`` on; the same wherever it is played."""
    text = source_text(persona)
    tasks = [
        CurveTask(text, policy, first_seed + start, min(SEEDS_IN_A_TASK, seeds - start))
        for policy in policies
        for start in range(0, seeds, SEEDS_IN_A_TASK)
    ]
    found: dict[str, list[Sampled]] = {policy: [] for policy in policies}
    results = (_sampled_here(persona, task) for task in tasks) if workers is HERE else workers.each(sampled, tasks)
    for task, calls in zip(tasks, results, strict=True):
        found[task.policy] += calls
        if told is not None:
            told(task.calls)
    return tuple(_curve(policy, calls) for policy, calls in found.items())


def script_curve(persona: Persona, turns: Sequence[Turn], seeds: int, first_seed: int = 0) -> Curve:
    """The curve of a script of trainee turns, really detected, over the seeds of the caller's words."""
    calls = []
    for seed in range(first_seed, first_seed + seeds):
        sampler = Sampler(persona.temper.to_temper())
        calls.append(_ended(play_script(persona, turns, seed, sampler.watch), sampler))
    return _curve(SCRIPT, calls)


def play_script(persona: Persona, turns: Sequence[Turn], seed: int, watch: Watcher) -> TextCall:
    """One scripted call, as `voicecoach call --script` plays it; the end of the script ends it."""
    detector = TextDetector()
    call = TextCall(Engine(persona, seed, detector, UNVOICED_CALM, EarlyEar(detector)), watch)
    call.begin()
    for turn in turns:
        if call.ended is not None:
            break
        call.turn(turn)
    if call.ended is None:
        call.stop("the script came to its end")
    call.settle()
    return call


def as_sheet(persona: Persona, found: Sequence[Curve]) -> Sheet:
    """One panel for each policy."""
    calls = found[0].calls
    spread = f"median and 10-90 % of {calls} calls each" if calls > 1 else "one call each"
    panels = tuple(Panel(title_of(curve.policy), (curve.series,), outcomes_told(curve.outcomes)) for curve in found)
    return Sheet(f"{persona.name}: {persona.title}", f"anger over audio time, {spread}", panels)


def title_of(policy: str) -> str:
    """The policy's name for people."""
    return policy.replace("_", " ")


def outcomes_told(outcomes: dict[str, float], most: int = 3) -> str:
    """The most frequent outcomes in a few words."""
    ordered = sorted(outcomes.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{outcome.replace('_', ' ')} {share:.0%}" for outcome, share in ordered[:most])


def sampled(task: CurveTask) -> list[Sampled]:
    """The calls of a task, on whatever machine it has come to."""
    return _sampled_here(loads(task.persona), task)


def _sampled_here(persona: Persona, task: CurveTask) -> list[Sampled]:
    wording = Wording(persona)
    temper = persona.temper.to_temper()
    calls = []
    for seed in range(task.first_seed, task.first_seed + task.calls):
        sampler = Sampler(temper)
        played = play(persona, POLICIES[task.policy], seed, watch=sampler.watch, wording=wording)
        calls.append((played.outcome.value, sampler.so_far(played.seconds)))
    return calls


def _ended(call: TextCall, sampler: Sampler) -> Sampled:
    outcome = call.ended.outcome.value if call.ended is not None else ""
    return outcome, sampler.so_far(call.ended.at_seconds if call.ended is not None else call.at_seconds)


def _curve(policy: str, calls: list[Sampled]) -> Curve:
    counts = Counter(outcome for outcome, _ in calls)
    shares = {outcome: count / len(calls) for outcome, count in sorted(counts.items())}
    by_seed = tuple((outcome, samples[-1]) for outcome, samples in calls)
    return Curve(policy, len(calls), envelope(policy, [samples for _, samples in calls]), shares, by_seed)
