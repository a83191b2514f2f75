"""When a call is over, and how: pure rules over the state after a turn was judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.call.state import CallState
from voicecoach.values import Detection, Outcome

FURIOUS_TURNS_TO_HANG_UP = 2
TURNS_WITHOUT_PROGRESS_TO_SUPERVISOR = 3
REFUSALS_TO_SUPERVISOR = 2
DEMANDS_BEFORE_GOING_OVER = 3
DEAD_AIRS_TO_HANG_UP = 5
CONTENT_TURNS = 3
"""A settled caller to whom nobody says goodbye, and whom nobody asks, does so after so many turns."""

STILL_BUSY_IDS = frozenset({"clarify", "offer", "goodwill", "document", "timeframe", "team_up"})
"""Nobody leaves in the middle of being asked or given something."""

HANDED_OVER_IDS = frozenset({"refer", "involve_supervisor"})
"""To a caller who has asked for a supervisor, fetching one is the hand-over, however it is put."""

RESOLUTION_NEEDED = 0.8
HEARD_NEEDED = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """Where this caller's borders lie, from the persona file (anger 0..10)."""

    hang_up_at: float = 9.3
    supervisor_at: float = 7.0
    resolved_below: float = 3.0
    lukewarm_below: float = 5.0
    walker: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The call ends so; ``move`` is what the caller says last ("" says nothing more)."""

    outcome: Outcome
    reason: str
    move: str


def settled(state: CallState, limits: Limits) -> Outcome | None:
    """Whether the matter itself is settled: resolved, only lukewarm, or not at all."""
    mood = state.anger.mood
    if mood.resolution < RESOLUTION_NEEDED or mood.anger > limits.lukewarm_below:
        return None
    if mood.anger <= limits.resolved_below and mood.heard >= HEARD_NEEDED:
        walked = limits.walker and not state.satisfaction_checked
        return Outcome.LUKEWARM if walked else Outcome.RESOLVED
    return Outcome.LUKEWARM


def caller_leaves(state: CallState) -> Verdict | None:
    """The caller has had enough."""
    if state.furious_turns >= FURIOUS_TURNS_TO_HANG_UP:
        return Verdict(Outcome.CALLER_HANGS_UP, "too angry to go on for two turns in a row", "hang_up")
    if state.dead_airs >= DEAD_AIRS_TO_HANG_UP:
        return Verdict(Outcome.CALLER_HANGS_UP, "nobody answered any more", "hang_up")
    return None


def wants_supervisor(state: CallState, limits: Limits) -> bool:
    """The caller gives up on the trainee and asks for somebody above."""
    stuck = state.turns_without_progress >= TURNS_WITHOUT_PROGRESS_TO_SUPERVISOR
    return state.anger.mood.anger >= limits.supervisor_at and (stuck or state.refusals >= REFUSALS_TO_SUPERVISOR)


def end_in_order(state: CallState, detections: tuple[Detection, ...]) -> tuple[Detection, ...]:
    """The detections; an `end_call` that no unheeded warning (and no threat) came before is shown, and not scored."""
    if state.abuse_after_warning or state.threatened or "end_call" not in [d.id for d in detections]:
        return detections
    why = "the abuse had stopped" if state.warned else "no warning came before"
    return tuple(replace(d, confidence=0.0, evidence="order", why=why) if d.id == "end_call" else d for d in detections)


def after_turn(state: CallState, limits: Limits, ids: frozenset[str], farewell: bool = False) -> Verdict | None:
    """Whether the turn with these detections ends the call; ``farewell``: it said goodbye."""
    if "end_call" in ids and (state.abuse_after_warning or state.threatened):
        return Verdict(Outcome.ENDED_BY_PROTOCOL, "warned, it went on, and the reason was given", "")
    return caller_leaves(state) or _supervisor_takes_over(state, ids) or _closes(state, limits, ids, farewell)


def _supervisor_takes_over(state: CallState, ids: frozenset[str]) -> Verdict | None:
    if state.supervisor_demands and ids & HANDED_OVER_IDS:
        return Verdict(Outcome.SUPERVISOR, "handed over to a supervisor as asked", "handed_over")
    if state.supervisor_demands >= DEMANDS_BEFORE_GOING_OVER:
        return Verdict(Outcome.SUPERVISOR, "went over the trainee's head after asking in vain", "hang_up")
    return None


def _closes(state: CallState, limits: Limits, ids: frozenset[str], farewell: bool) -> Verdict | None:
    outcome = settled(state, limits)
    if outcome is None:
        return None
    checked = "check_satisfaction" in ids
    busy = not ids.isdisjoint(STILL_BUSY_IDS)
    content = state.content_turns > 0 and not busy
    if limits.walker and not (checked or state.satisfaction_checked):
        leaving = farewell or content
        why = "agreed to everything and left; satisfaction was never checked"
        return Verdict(Outcome.LUKEWARM, why, "goodbye") if leaving else None
    if not (checked or farewell or (state.content_turns >= CONTENT_TURNS and not busy)):
        return None
    move = "nothing_else" if checked else "closing"
    if outcome is Outcome.RESOLVED:
        return Verdict(outcome, "heard, helped and calm again", move)
    return Verdict(outcome, "helped, but not won back", move)


def when_hung_up(state: CallState, limits: Limits) -> Verdict:
    """The trainee put the phone down."""
    if state.ending_explained and (state.abuse_after_warning or state.threatened):
        return Verdict(Outcome.ENDED_BY_PROTOCOL, "warned, it went on, and the reason was given", "")
    outcome = settled(state, limits)
    if outcome is not None:
        return Verdict(outcome, "the matter was settled when the trainee hung up", "")
    return Verdict(Outcome.HUNG_UP_ON_CALLER, f"the trainee hung up {_out_of_order(state)}", "")


def _out_of_order(state: CallState) -> str:
    if not state.warned:
        return "without a warning first"
    return "though the abuse had stopped" if state.ending_explained else "without a reason given"


def when_stopped(state: CallState, limits: Limits, reason: str) -> Verdict:
    """The program or the script came to its end."""
    outcome = settled(state, limits)
    if outcome is not None:
        return Verdict(outcome, f"the matter was settled ({reason})", "")
    return Verdict(Outcome.ABANDONED, reason, "")
