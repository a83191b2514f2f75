"""The call: events that carry audio time go in, actions and notes come out. No clock, thread, device or file.

The same inputs with the same persona and seed give the same outputs, to the bit. The engine keeps one state; ``fork``
copies it, so that a reply can be worked out ahead and thrown away.
"""

from __future__ import annotations

import copy

from voicecoach.call.coaching import Coaching
from voicecoach.call.cutting_in import reason_to_cut_in
from voicecoach.call.factual import with_facts
from voicecoach.call.floor import Floor
from voicecoach.call.judging import asks, counted_ids, judge_for, spoken_facts
from voicecoach.call.outcomes import (
    Verdict,
    after_turn,
    caller_leaves,
    end_in_order,
    settled,
    wants_supervisor,
    when_hung_up,
    when_stopped,
)
from voicecoach.call.promises import NO_PROMISES
from voicecoach.call.resuming import taken_back
from voicecoach.call.speaking import say, say_move
from voicecoach.call.state import CallState
from voicecoach.call.waiting import bearable_silence_seconds
from voicecoach.events import (
    CallStopped,
    CoachActed,
    Connected,
    EndCall,
    HoldEnded,
    HoldStarted,
    Input,
    LineEnded,
    LineStarted,
    Output,
    PartialHeard,
    Remarked,
    SpeechDropped,
    SpeechStarted,
    SpeechSustained,
    TimeReached,
    TraineeHungUp,
    TurnHeard,
    TurnJudged,
)
from voicecoach.persona.anger import NO_FACTS, AngerState, TurnFacts, band_of
from voicecoach.persona.dialogue import Dialogue, Situation
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import RemedyJudgement, judge_remedy
from voicecoach.techniques.back_channel import AGREEING, is_back_channel, is_mumble, is_nod, passes_by
from voicecoach.techniques.detects import Detects
from voicecoach.techniques.early import EarlyEar
from voicecoach.techniques.extension import NO_EXTENSION, Extension
from voicecoach.techniques.farewell import is_farewell
from voicecoach.techniques.order import judge_order
from voicecoach.techniques.timing import (
    DEAD_AIR_SECONDS,
    FloorFacts,
    dead_air,
    hold_weight,
    judge_timing,
    nod,
    spoken_duration,
)
from voicecoach.techniques.voice import CalmVoice, raised_voice
from voicecoach.values import Detection, Heard, Outcome


class Engine:
    """One call with one persona.

    ``take`` an input, get its outputs. ``calm_voice`` is the trainee's own voice at the calibration, where there was
    one; without ``early`` the caller hears every turn to its end. The ``extension`` says what a coach's own ids weigh
    (the detector is given apart from it).
    """

    def __init__(
        self,
        persona: Persona,
        seed: int,
        detector: Detects,
        calm_voice: CalmVoice | None = None,
        early: EarlyEar | None = None,
        extension: Extension = NO_EXTENSION,
    ) -> None:
        self._persona = persona
        self._patience = persona.temper.patience
        self._detector = detector
        self._calm_voice = calm_voice
        self._early = early
        self._dialogue = Dialogue(persona, seed)
        self._judge = judge_for(persona, extension)
        self._limits = self._judge.limits
        self._coaching = Coaching(self._judge, self._dialogue, persona.temper.patience)
        anger = AngerState.at_start(self._judge.temper)
        self.state = CallState(anger=anger, band=band_of(anger.mood.anger))

    def fork(self) -> Engine:
        """A copy that goes its own way."""
        twin = copy.copy(self)
        twin.state = copy.copy(self.state)
        return twin

    @property
    def patience(self) -> float:
        """Factor on the silence that ends a turn: the persona's patience, less of it the angrier the caller is."""
        return self._patience * (1.15 - 0.03 * self.state.anger.mood.anger)

    def take(self, event: Input) -> tuple[Output, ...]:
        """What follows from this event. After the end of the call nothing does."""
        if self.state.ended:
            return ()
        floor = Floor(self.state, self._patience, event.at_seconds)
        match event:  # those that are met most often stand first
            case LineStarted() | LineEnded() | SpeechStarted() | SpeechSustained() | SpeechDropped():
                floor.take(event)
            case TurnHeard():
                self._hear(floor, event.heard)
            case Connected():
                self.state.relaxed_at_seconds = event.at_seconds
                say(floor, *self._dialogue.open(self.state.memory))
            case PartialHeard():
                floor.take(event)
                self._cut_in(floor, event.text)
            case TimeReached() | HoldStarted() | HoldEnded():
                self._time_passes(floor, event)
            case TraineeHungUp():
                self._hung_up(floor)
            case CallStopped():
                self._end(floor, when_stopped(self.state, self._limits, event.reason))
            case CoachActed():
                self.state = self._coaching.take(floor, event)
        return tuple(floor.outputs)

    # ------------------------------------------------------------------------------------------------- a trainee turn

    def _hear(self, floor: Floor, heard: Heard) -> None:
        state = self.state
        speaks_on = floor.caller_holds_floor and not state.cut_off
        passing = speaks_on and self._passes_by(heard)
        if speaks_on and (is_nod(heard) or (passing and is_back_channel(heard.words[0].text))):
            self._nodded(floor, heard)
            return
        if passing or not heard.words:
            floor.take(SpeechDropped(floor.at_seconds))
            return
        resumed = state.goes_on
        if resumed:
            state, floor, heard = taken_back(state, floor, heard)
            self.state, facts = state, state.last_facts
        else:
            self._back_from_silent_hold(floor)
            facts = floor.turn_begins(heard)
        text = heard.text
        state.before_turn = copy.copy(state)
        state.turn += 1
        found = self._found(heard, facts)
        detections = self._in_order(found)
        if state.promises is not NO_PROMISES:
            broken = state.promises.broken_by(self._persona, text, counted_ids(detections))
            detections = (*detections, broken) if broken else detections
        remedy = judge_remedy(self._persona, text, detections)
        detections = with_facts(self._persona, text, detections, remedy)
        ids = counted_ids(detections)
        before = state.anger.mood
        hold_was_asked = asks("hold", text, ids)
        turn_facts_now = spoken_facts(self._persona, text, ids, remedy, before)
        shown = end_in_order(state, detections)
        floor.note(TurnJudged(floor.at_seconds, state.turn, text, shown, resumed))
        moved = self._judge.move_mood(
            state, floor.at_seconds, detections, facts=turn_facts_now, turn=state.turn, found=found
        )
        floor.note(moved)
        self._judge.count_turn(state, ids, turn_facts_now, before.resolution)
        state.promises = state.promises.after(ids, remedy)
        state.hold_was_asked = hold_was_asked
        state.bearable_silence_seconds = bearable_silence_seconds(ids)
        if not state.frozen:
            self._respond(floor, text, detections, ids, remedy, interrupted=facts.cut_off or facts.spoke_into_vent)

    def _nodded(self, floor: Floor, heard: Heard) -> None:
        detection = nod(heard.text)
        floor.note(TurnJudged(floor.at_seconds, self.state.turn, heard.text, (detection,)))
        floor.note(self._judge.move_mood(self.state, floor.at_seconds, (detection,)))
        floor.go_on()

    def _passes_by(self, heard: Heard) -> bool:
        """Nothing that the caller would stop for, and nothing that could be judged."""
        if is_mumble(heard):
            return True
        if not passes_by(heard, self._persona.name.lower().split()):
            return False
        return counted_ids(self._spoken(heard)) <= AGREEING

    def _spoken(self, heard: Heard) -> tuple[Detection, ...]:
        return self._detector.detect(heard.text, self.state.said, [word.confidence for word in heard.words])

    def _found(self, heard: Heard, facts: FloorFacts) -> tuple[Detection, ...]:
        loud = raised_voice(heard, self._calm_voice) if self._calm_voice else None
        return (*judge_timing(facts), *((loud,) if loud else ()), *self._spoken(heard))

    def _in_order(self, found: tuple[Detection, ...]) -> tuple[Detection, ...]:
        state = self.state
        mood = state.anger.mood
        ordered = judge_order(found, state.anger.counts, mood.heard, mood.anger)
        if self._judge.stalls(state) and not counted_ids(ordered) & {"offer", "state_action", "refer", "goodwill"}:
            why = f"{state.turns_without_progress} turns without progress"
            ordered = (*ordered, Detection("stall", "", (0, 0), 1.0, "order", why))
        if state.supervisor_demands and counted_ids(ordered) & {"cannot", "pass_the_buck"}:
            ordered = (*ordered, Detection("stonewall", "", (0, 0), 1.0, "order", "a supervisor was asked for"))
        return ordered

    def _respond(
        self,
        floor: Floor,
        text: str,
        detections: tuple[Detection, ...],
        ids: frozenset[str],
        remedy: RemedyJudgement,
        *,
        interrupted: bool,
    ) -> None:
        state = self.state
        if verdict := after_turn(state, self._limits, ids, is_farewell(text)):
            self._end(floor, verdict)
            return
        gives_up = wants_supervisor(state, self._limits)
        situation = Situation(
            mood=state.anger.mood,
            band=state.band,
            text=text,
            detections=detections,
            turn=state.turn,
            remedy=remedy,
            warned=state.warned,
            interrupted=interrupted,
            unsaid=state.bursts,
            turns_without_progress=state.turns_without_progress,
            gives_up=gives_up,
        )
        if gives_up:
            state.supervisor_demands += 1
            state.turns_without_progress = state.refusals = 0
        say(floor, *self._dialogue.answer(situation, state.memory))
        state.content_turns = state.content_turns + 1 if settled(state, self._limits) is not None else 0

    def _cut_in(self, floor: Floor, text: str) -> None:
        """Nobody who is angry hears a strong provocation out, and nobody a monologue. The turn is judged at its end."""
        state = self.state
        if self._early is None or state.frozen or not floor.may_be_cut_in_on:
            return
        reason = reason_to_cut_in(self._early, state, floor.patience, floor.at_seconds, text)
        if reason:
            reply, state.memory = self._dialogue.say_move("interjection", state.band, state.memory)
            floor.note(Remarked(floor.at_seconds, f"the caller cuts in {reason}"))
            floor.cut_in(reply)

    # ------------------------------------------------------------------------------------------- silence, hold, coach

    def _time_passes(self, floor: Floor, event: TimeReached | HoldStarted | HoldEnded) -> None:
        match event:
            case TimeReached():
                self._fill_silence(floor)
            case HoldStarted():
                floor.hold()
            case HoldEnded():
                self._back_from_hold(floor)

    def _fill_silence(self, floor: Floor) -> None:
        silence_seconds = floor.silence_seconds()
        if silence_seconds is None or self.state.frozen:
            return
        state = self.state
        state.dead_airs += 1
        if state.hold_was_asked is None:
            self._judge_unspoken(floor, dead_air(silence_seconds), NO_FACTS)
        else:
            self._held(floor, silence_seconds)
            state.hold_was_asked = None
        state.bearable_silence_seconds = DEAD_AIR_SECONDS
        if leaving := caller_leaves(state):
            self._end(floor, leaving)
        else:
            say_move(floor, self._dialogue, "silence")

    def _back_from_hold(self, floor: Floor) -> None:
        held_seconds = floor.held_seconds()
        self._held(floor, held_seconds)
        say_move(floor, self._dialogue, "hold_back", waited=spoken_duration(held_seconds))

    def _back_from_silent_hold(self, floor: Floor) -> None:
        """A hold needs no button: who announces one and falls silent has the caller wait."""
        if self.state.hold_was_asked is not None and self.state.waited_seconds >= DEAD_AIR_SECONDS:
            self._held(floor, self.state.waited_seconds)

    def _held(self, floor: Floor, held_seconds: float) -> None:
        asked = self.state.hold_was_asked
        weight = hold_weight(held_seconds, bool(asked))
        if asked is not None:  # its announcement was already judged; only the waiting is new
            weight -= hold_weight(0.0, asked)
        detection = Detection("hold", "", (0, 0), 1.0, "time", f"{held_seconds:.0f} s on hold")
        self._judge_unspoken(floor, detection, TurnFacts(weights={"hold": weight}))

    def _judge_unspoken(self, floor: Floor, detection: Detection, facts: TurnFacts) -> None:
        """Something the trainee did without words."""
        floor.note(TurnJudged(floor.at_seconds, self.state.turn, "", (detection,)))
        floor.note(self._judge.move_mood(self.state, floor.at_seconds, (detection,), facts=facts))

    # ----------------------------------------------------------------------------------------------------- the caller

    def _hung_up(self, floor: Floor) -> None:
        verdict = when_hung_up(self.state, self._limits)
        if verdict.outcome is Outcome.HUNG_UP_ON_CALLER:
            detection = Detection("hang_up", "", (0, 0), 1.0, "order", verdict.reason)
            floor.note(TurnJudged(floor.at_seconds, self.state.turn, "", (detection,)))
        self._end(floor, verdict)

    def _end(self, floor: Floor, verdict: Verdict) -> None:
        if floor.caller_holds_floor:
            floor.hush()
        if verdict.move:
            say_move(floor, self._dialogue, verdict.move)
        floor.note(EndCall(floor.at_seconds, verdict.outcome, verdict.reason))
        self.state.ended = True
