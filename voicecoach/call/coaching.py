"""What a coach does to a running call: every act is an input like speech, journaled and replayed with it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.call.floor import Floor
from voicecoach.call.judging import Judge
from voicecoach.call.speaking import say, say_move
from voicecoach.call.state import CallState
from voicecoach.events import CoachActed, MoodMoved, Remarked
from voicecoach.persona.anger import band_of
from voicecoach.persona.dialogue import Dialogue, Reply
from voicecoach.techniques.ids import IDS
from voicecoach.values import LedgerEntry

NEW_GROUND = frozenset({"say", "move"})
"""After these the trainee answers something new: nothing that was said before can go on."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """The coach's hand on one call: its anger model, its caller, and the caller's patience."""

    judge: Judge
    dialogue: Dialogue
    patience: float

    def take(self, floor: Floor, event: CoachActed) -> CallState:
        """Do what the coach asks; the state to go on with, which is another one only after going back to a turn."""
        state = floor.state
        if event.act in NEW_GROUND:
            state.last_heard = None
        match event.act:
            case "nudge":
                floor.note(self.judge.move_mood(state, event.at_seconds, (), nudge=event.value))
            case "move":
                self._move(floor, event.text)
            case "say":
                floor.hush()
                say(floor, Reply("coach", (event.text,)), state.memory)
            case "freeze" | "resume":
                state.frozen = event.act == "freeze"
            case "mark":
                floor.note(Remarked(event.at_seconds, event.text))
            case "overrule":
                self._overrule(floor, _turn_number(event.value), event.text)
            case "back":
                again = self._go_back(floor, _turn_number(event.value))
                again.last_heard = None
                return again
        return state

    def _move(self, floor: Floor, move: str) -> None:
        if not self.dialogue.has(move, floor.state.band):
            floor.note(Remarked(floor.at_seconds, f"the caller has no lines for the move {move!r} now"))
            return
        floor.hush()
        say_move(floor, self.dialogue, move)

    def _overrule(self, floor: Floor, turn: int, text: str) -> None:
        """A detection is taken out of an earlier turn, or put into it: also for whoever goes back to a turn later."""
        state = floor.state
        catalogue_id, add = text.lstrip("+-"), text.startswith("+")
        if add and not self._known(catalogue_id):
            floor.note(Remarked(floor.at_seconds, f"nothing to overrule: there is no id {catalogue_id!r}"))
            return
        moved = self.judge.judge_again(state, turn, catalogue_id, add)
        if moved is None:
            floor.note(Remarked(floor.at_seconds, f"nothing to overrule: turn {turn} has no {text}"))
            return
        state.before_turn = _remembered(state)
        floor.note(moved)

    def _known(self, catalogue_id: str) -> bool:
        temper = self.judge.temper
        known = temper.relief(catalogue_id) is not None or temper.provocation(catalogue_id) is not None
        return known or catalogue_id in IDS

    def _go_back(self, floor: Floor, turn: int) -> CallState:
        earlier = next((then for then in _earlier(floor.state) if then.turn == turn - 1), None)
        if earlier is None and floor.state.turn == turn - 1:
            earlier = floor.state  # the turn that is about to come: the caller says the last thing once more
        if earlier is None:
            floor.note(Remarked(floor.at_seconds, f"there is no turn {turn} to go back to"))
            return floor.state
        floor.hush()
        again = replace(earlier, relaxed_at_seconds=floor.at_seconds, line_number=floor.state.line_number)
        resumed = Floor(again, self.patience, floor.at_seconds)
        resumed.outputs = floor.outputs
        resumed.note(Remarked(floor.at_seconds, f"back to turn {turn}"))
        before, after = floor.state.anger.mood, again.anger.mood
        delta = after.anger - before.anger
        entry = LedgerEntry("coach", f"back to turn {turn}", delta, (), delta)
        resumed.note(MoodMoved(floor.at_seconds, before, after, again.band, (entry,)))
        if again.said:
            say(resumed, Reply(again.move, (again.said,)), again.memory)
        else:  # the trainee came first
            resumed.go_on()
        return again


def _turn_number(value: float) -> int:
    return int(value) if math.isfinite(value) else 0


def _earlier(state: CallState) -> Iterator[CallState]:
    """The call as it was before each turn, the last turn first."""
    then = state.before_turn
    while then is not None:
        yield then
        then = then.before_turn


def _remembered(now: CallState) -> CallState | None:
    """Earlier states with the mood that the overruled steps of ``now`` lead to (they are shared: made anew)."""
    steps, anger = now.steps, now.anger
    made: list[CallState] = []
    for then in _earlier(now):
        while steps.newest is not None and steps.earlier is not None and steps.count > then.steps.count:
            anger = steps.newest.before
            steps = steps.earlier
        made.append(replace(then, steps=steps, anger=anger, band=band_of(anger.mood.anger, then.band)))
    before: CallState | None = None
    for state in reversed(made):
        state.before_turn, before = before, state
    return before
