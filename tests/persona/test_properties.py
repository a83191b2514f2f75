"""What must hold for every shipped caller, whatever the trainee does (see docs/anger.md)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.call.engine import Engine
from voicecoach.call.script import HangUpTurn, SayTurn, SilenceTurn, Turn
from voicecoach.call.textplay import TextCall
from voicecoach.events import Input, MoodMoved, Output, Say
from voicecoach.persona.abuse import GOES_ON
from voicecoach.persona.anger import AngerState, band_of, relax
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import list_personas, load
from voicecoach.studio.playing import CannedDetector
from voicecoach.studio.policies import Act, Policy, Progress, average, expert, novice
from voicecoach.techniques.ids import IDS
from voicecoach.values import Outcome

CALLERS = {persona.id: load(persona.id) for persona in list_personas()}
FEW_EXAMPLES = 12
REPETITIONS = 14
LONGEST_CALL = 40
SEEDS = 12

acts = st.builds(
    Act,
    st.lists(st.sampled_from(sorted(IDS)), max_size=3).map(tuple),
    interrupt=st.booleans(),
    silent_seconds=st.sampled_from([0.0, 0.0, 0.0, 5.0, 12.0]),
)
calls = st.lists(acts, min_size=1, max_size=12)


@dataclass(slots=True)
class Trace:
    """What came of a call: every movement of the mood, every line, and how it ended."""

    moves: list[MoodMoved] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    outcome: Outcome = Outcome.ABANDONED


class Playing:
    """A call in which the trainee's techniques are given outright."""

    def __init__(self, persona: Persona, seed: int = 1) -> None:
        self.trace = Trace()
        self._detector = CannedDetector()
        self.engine = Engine(persona, seed, self._detector)
        self.call = TextCall(self.engine, self._note)
        self.call.begin()

    def act(self, act: Act) -> None:
        self._detector.ids = act.ids
        turn: Turn = SayTurn(act.remedy or "words", 0.6, act.interrupt)
        self.call.turn(SilenceTurn(act.silent_seconds) if act.silent_seconds else turn)

    def ended(self) -> Trace:
        self.trace.outcome = (self.call.ended or self.call.stop("no more turns")).outcome
        self.call.settle()
        return self.trace

    def _note(self, _: Input, outputs: tuple[Output, ...]) -> None:
        for output in outputs:
            if isinstance(output, MoodMoved):
                self.trace.moves.append(output)
            elif isinstance(output, Say):
                self.trace.lines.append((output.line.move, output.line.text))


def played(persona: Persona, plan: list[Act], seed: int = 1) -> Trace:
    playing = Playing(persona, seed)
    for act in plan:
        playing.act(act)
    return playing.ended()


@pytest.mark.parametrize("name", CALLERS)
@settings(max_examples=FEW_EXAMPLES)
@given(plan=calls, seed=st.integers(0, 10_000))
def test_anger_keeps_to_its_scale_and_a_mistake_never_lowers_it(name: str, plan: list[Act], seed: int) -> None:
    for moved in played(CALLERS[name], plan, seed).moves:
        assert 0.0 <= moved.after.anger <= 10.0
        assert 0.0 <= moved.after.heard <= 1.0
        assert 0.0 <= moved.after.resolution <= 1.0
        causes = {entry.cause for entry in moved.ledger} - {"time"}
        judged = sum(entry.delta for entry in moved.ledger if entry.cause != "time")
        if causes and causes <= PROVOCATIONS.keys():
            assert judged >= 0.0
        assert all(entry.delta >= 0.0 for entry in moved.ledger if entry.cause in PROVOCATIONS)


@pytest.mark.parametrize("name", CALLERS)
@settings(max_examples=FEW_EXAMPLES)
@given(plan=calls, seed=st.integers(0, 10_000))
def test_the_same_seed_gives_the_same_trace_and_bands_change_only_past_their_borders(
    name: str, plan: list[Act], seed: int
) -> None:
    trace = played(CALLERS[name], plan, seed)
    assert trace == played(CALLERS[name], plan, seed)
    bands = {moved.before: CALLERS[name].start_band for moved in trace.moves[:1]}
    for moved in trace.moves:  # a turn that goes on is judged anew, from the mood before it
        assert moved.band is band_of(moved.after.anger, bands[moved.before])
        bands[moved.after] = moved.band


@pytest.mark.parametrize("name", CALLERS)
@settings(max_examples=FEW_EXAMPLES)
@given(seconds=st.floats(0, 900), share=st.floats(0, 1), heard=st.floats(0, 1), resolution=st.floats(0, 1))
def test_splitting_a_stretch_of_time_changes_nothing(
    name: str, seconds: float, share: float, heard: float, resolution: float
) -> None:
    temper = CALLERS[name].temper.to_temper()
    state = AngerState.at_start(temper)
    state = AngerState(type(state.mood)(state.mood.anger, heard, resolution))
    at_once = relax(state, temper, seconds)
    in_two = relax(relax(state, temper, seconds * share), temper, seconds * (1 - share))
    assert in_two.mood.anger == pytest.approx(at_once.mood.anger, abs=1e-9)


@pytest.mark.parametrize("name", CALLERS)
def test_no_single_technique_wins_however_often_it_is_repeated(name: str) -> None:
    persona = CALLERS[name]
    remedy = persona.wants.wanted[0].words[0]
    for cause in RELIEFS:
        trace = played(persona, [Act((cause,), remedy)] * REPETITIONS)
        assert trace.outcome is not Outcome.RESOLVED, cause


def patient(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """The expert who puts up with anything, and goes on giving until the caller is calm."""
    if so_far.mood.resolution >= 0.8 and so_far.mood.anger > persona.temper.resolved_below:
        warm = ("empathize", "relate", "validate", "thank", "involve", "own", "team_up")
        return Act(("document", "goodwill", warm[so_far.turn % len(warm)]))
    return expert(persona, Progress(so_far.mood, so_far.turn, so_far.done), chance)


def refusing(persona: Persona, so_far: Progress, chance: random.Random) -> Act:
    """Says what cannot be done, asks on, and hands over at last."""
    if so_far.turn < chance.randrange(3, 8):
        return Act((("cannot",), ("clarify",))[so_far.turn % 2])
    return Act(("refer",))


def handled(persona: Persona, policy: Policy, seed: int) -> Trace:
    playing = Playing(persona, seed)
    state = playing.engine.state
    so_far = Progress(state.anger.mood)
    chance = random.Random(seed)
    while playing.call.ended is None and so_far.turn < LONGEST_CALL:
        so_far.mood = state.anger.mood
        so_far.abuses, so_far.goes_on, so_far.threatened = (
            state.memory.abused,
            state.abuse_after_warning,
            state.threatened,
        )
        act = policy(persona, so_far, chance)
        so_far.turn += 1
        so_far.done.update(act.ids)
        playing.act(act)
    return playing.ended()


def outcomes(persona: Persona) -> dict[Outcome, list[Trace]]:
    """Calls of every kind with a few seeds, by how they ended."""
    traces = [
        handled(persona, policy, seed)
        for policy in (patient, expert, average, novice, refusing)
        for seed in range(SEEDS)
    ]
    for put_down in (HangUpTurn(), None):
        playing = Playing(persona)
        playing.act(Act(("empathize",)))
        if put_down is not None:
            playing.call.turn(put_down)
        traces.append(playing.ended())
    found: dict[Outcome, list[Trace]] = {}
    for trace in traces:
        found.setdefault(trace.outcome, []).append(trace)
    return found


CLOSING_MOVES = {
    Outcome.RESOLVED: {"closing"},
    Outcome.CALLER_HANGS_UP: {"hang_up"},
    Outcome.SUPERVISOR: {"handed_over", "hang_up"},
    Outcome.LUKEWARM: {"closing", "goodbye"},
}


@pytest.mark.parametrize("name", CALLERS)
def test_every_outcome_can_be_reached_and_has_its_closing_scene(name: str) -> None:
    persona = CALLERS[name]
    found = outcomes(persona)
    goes_on = persona.temper.abuse_level >= GOES_ON or bool(persona.lines.threat)
    expected = set(Outcome) - (set() if goes_on else {Outcome.ENDED_BY_PROTOCOL})
    assert found.keys() == expected
    for outcome, moves in CLOSING_MOVES.items():
        assert all(trace.lines[-1][0] in moves for trace in found[outcome]), outcome
