"""How one thing the trainee did (or failed to do) moves the mood, and what is counted on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.call.outcomes import Limits
from voicecoach.call.state import CallState, MoodStep, MoodSteps
from voicecoach.events import MoodMoved
from voicecoach.persona.anger import (
    MINIMUM_CONFIDENCE,
    NO_FACTS,
    AngerState,
    Temper,
    TurnFacts,
    band_of,
    judge,
    relax,
)
from voicecoach.persona.effects import BROKEN_PROMISE
from voicecoach.persona.extended import with_own_ids
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import RemedyJudgement, turn_facts
from voicecoach.techniques.extension import NO_EXTENSION, Extension
from voicecoach.techniques.order import SOLUTION_IDS
from voicecoach.techniques.timing import hold_weight
from voicecoach.values import Detection, LedgerEntry, Mood

PROGRESS_IDS = frozenset(
    {"offer", "counteroffer", "goodwill", "exception", "refer", "state_action", "timeframe", "document", "narrate"}
)
REFUSAL_IDS = frozenset({"cannot", "pass_the_buck"})
ABUSE_ANSWERED_IDS = frozenset({"set_boundary"})
STALL_FROM_HEARD = 0.7
STALL_AFTER_TURNS = 2


def judge_for(persona: Persona, extension: Extension = NO_EXTENSION) -> Judge:
    """The anger model as this persona's file has it; the ``extension`` says what a coach's own ids weigh."""
    temper = persona.temper
    limits = Limits(
        hang_up_at=temper.hang_up_at,
        supervisor_at=temper.supervisor_at,
        resolved_below=temper.resolved_below,
        lukewarm_below=temper.lukewarm_below,
        walker=temper.walker,
    )
    return Judge(with_own_ids(temper.to_temper(), extension), limits)


@dataclass(frozen=True, slots=True)
class Judge:
    """The anger model of one persona, applied to the state of a call."""

    temper: Temper
    limits: Limits

    def move_mood(
        self,
        state: CallState,
        at_seconds: float,
        detections: tuple[Detection, ...],
        *,
        facts: TurnFacts = NO_FACTS,
        turn: int = 0,
        nudge: float = 0.0,
        found: tuple[Detection, ...] = (),
    ) -> MoodMoved:
        """Let time pass up to now, then judge the detections; the state moves on and the note says why.

        ``found`` is what was heard before the order of things was judged; it is only remembered.
        """
        before = state.anger
        step = MoodStep(at_seconds, turn, before, detections, facts, nudge, found)
        after, ledger = self.apply(step, at_seconds - state.relaxed_at_seconds)
        state.steps = state.steps.and_then(step)
        state.anger = after
        state.relaxed_at_seconds = at_seconds
        state.band = band_of(after.mood.anger, state.band)
        return MoodMoved(at_seconds, before.mood, after.mood, state.band, ledger)

    def judge_again(self, state: CallState, turn: int, catalogue_id: str, add: bool) -> MoodMoved | None:
        """A coach overrules a detection of an earlier turn: the curve is worked out again from there.

        None when there is no such turn, or no such detection in it.
        """
        steps = list(state.steps)
        first = next((i for i, step in enumerate(steps) if turn and step.turn == turn), None)
        if first is None:
            return None
        changed = _overruled(steps[first], catalogue_id, add)
        if changed.detections == steps[first].detections:
            return None
        before = state.anger.mood
        steps[first] = changed
        anger = steps[first].before
        since = steps[first - 1].at_seconds if first else 0.0
        for index in range(first, len(steps)):
            steps[index] = replace(steps[index], before=anger)
            anger, _ = self.apply(steps[index], steps[index].at_seconds - since)
            since = steps[index].at_seconds
        state.steps, state.anger = MoodSteps.of(steps), anger
        state.band = band_of(anger.mood.anger, state.band)
        delta = anger.mood.anger - before.anger
        entry = LedgerEntry("coach", f"turn {turn}: {'+' if add else '-'}{catalogue_id}", delta, (), delta)
        return MoodMoved(state.relaxed_at_seconds, before, anger.mood, state.band, (entry,))

    def count_turn(self, state: CallState, ids: frozenset[str], facts: TurnFacts, resolution_before: float) -> None:
        """Progress, refusals, fury and the steps of the hang-up protocol, after the mood was moved."""
        mood = state.anger.mood
        moved_on = (ids & PROGRESS_IDS) - facts.muted or mood.resolution > resolution_before
        state.turns_without_progress = 0 if moved_on else state.turns_without_progress + 1
        state.refusals += not ids.isdisjoint(REFUSAL_IDS) and mood.anger >= self.limits.supervisor_at
        state.furious_turns = state.furious_turns + 1 if mood.anger >= self.limits.hang_up_at else 0
        state.satisfaction_checked = state.satisfaction_checked or "check_satisfaction" in ids
        state.ending_explained = "end_call" in ids
        if ids & ABUSE_ANSWERED_IDS:
            state.warned = True

    def stalls(self, state: CallState) -> bool:
        """Turn after turn of listening and nothing done for a caller who already feels heard."""
        return state.anger.mood.heard >= STALL_FROM_HEARD and state.turns_without_progress > STALL_AFTER_TURNS

    def apply(self, step: MoodStep, seconds: float) -> tuple[AngerState, tuple[LedgerEntry, ...]]:
        """The mood after ``seconds`` of waiting and this step, from ``step.before``, and every reason."""
        relaxed = relax(step.before, self.temper, max(0.0, seconds))
        ledger: list[LedgerEntry] = []
        drift = relaxed.mood.anger - step.before.mood.anger
        if drift:
            ledger.append(LedgerEntry("time", "", drift, (("seconds", seconds),), drift))
        if step.nudge:
            relaxed, entry = _nudged(relaxed, step.nudge)
            ledger.append(entry)
        after, judged = judge(relaxed, self.temper, step.detections, step.facts)
        return after, (*ledger, *judged)


def counted_ids(detections: tuple[Detection, ...]) -> frozenset[str]:
    """The ids that are sure enough to have consequences."""
    return frozenset([d.id for d in detections if d.confidence >= MINIMUM_CONFIDENCE])


def asks(cause: str, text: str, ids: frozenset[str]) -> bool | None:
    """Whether this turn did it by asking first; None when it did not do it at all. ``ids`` are those that count."""
    if cause not in ids:
        return None
    padded = f" {text.lower()} "
    return any(asking in padded for asking in (" can i ", " may i ", " could i ", " do you mind ", " would you mind "))


def spoken_facts(persona: Persona, text: str, ids: frozenset[str], remedy: RemedyJudgement, before: Mood) -> TurnFacts:
    """What the persona's facts, the order of things and the manner of asking change in this turn's effects.

    ``ids`` are those that count in the turn, ``before`` is the mood before it.
    """
    if BROKEN_PROMISE in ids:  # what was accepted before is not settled by a time any more
        before = replace(before, resolution=0.0)
    facts = turn_facts(persona, remedy, before)
    if "rush" in ids:
        facts = replace(facts, muted=facts.muted | SOLUTION_IDS)
    if asks("hold", text, ids):
        facts = replace(facts, weights={**facts.weights, "hold": hold_weight(0.0, asked=True)})
    return facts


def _overruled(step: MoodStep, catalogue_id: str, add: bool) -> MoodStep:
    if add:
        added = Detection(catalogue_id, "", (0, 0), 1.0, "text", "added by the coach")
        return replace(step, detections=(*step.detections, added), found=(*step.found, added))
    kept, found = (tuple(d for d in each if d.id != catalogue_id) for each in (step.detections, step.found))
    return replace(step, detections=kept, found=found)


def _nudged(state: AngerState, nudge: float) -> tuple[AngerState, LedgerEntry]:
    anger = min(10.0, max(0.0, state.mood.anger + nudge))
    delta = anger - state.mood.anger
    mood = Mood(anger, state.mood.heard, state.mood.resolution)
    return replace(state, mood=mood), LedgerEntry("coach", "nudge", nudge, (), delta)
