"""Who has the floor: the caller's bursts and breaths, the trainee's barge-ins and nods, and silence.

Works on the state of one call during one event, and collects what comes of it.
"""

from __future__ import annotations

from voicecoach.call.state import CallState
from voicecoach.events import (
    Duck,
    LineEnded,
    LineStarted,
    Output,
    PartialHeard,
    Say,
    SpeechDropped,
    SpeechStarted,
    SpeechSustained,
    StopSpeaking,
    Unduck,
    WakeAt,
)
from voicecoach.persona.dialogue import Reply
from voicecoach.techniques.back_channel import is_back_channel
from voicecoach.techniques.timing import FloorFacts
from voicecoach.values import Band, Heard, Line

BREATH_SECONDS = 0.65
BREATH_SECONDS_PER_ANGER = -0.03
"""The pause between two bursts of a vent: shorter the angrier; long enough to tempt a trainee to jump in."""

VENT_MOVES = frozenset({"opening", "vent"})
"""What deserves to be heard to its end; a reaction followed by a question does not."""

COLLISION_SECONDS = 0.6
"""Who starts within this of the first word of an answer was only going on: the endpoint came too early, or both began
at once. The caller yields, and nobody is blamed."""

WORDS_TO_STOP = {Band.CALM: 4, Band.ANNOYED: 4, Band.ANGRY: 4, Band.FURIOUS: 5}
"""How many words that are no nod it takes until the caller gives the line up: the first words of a partial are often
misheard, a nod above all ("mm-hm" passes through "may I help"). A calm caller is silent long before that, an angry one
talks on until then."""

HOLDS_BREATH = frozenset({Band.CALM, Band.ANNOYED})
"""Who stops in mid-word as soon as somebody speaks, and goes on when it was but a nod; an angry caller does neither."""


class Floor:
    """The floor during one event at ``at_seconds``; ``outputs`` is what the event led to."""

    __slots__ = ("at_seconds", "outputs", "patience", "state")

    def __init__(self, state: CallState, patience: float, at_seconds: float) -> None:
        self.state = state
        self.at_seconds = at_seconds
        self.outputs: list[Output] = []
        self.patience = patience

    @property
    def caller_holds_floor(self) -> bool:
        """The caller speaks, is about to, or only takes a breath between two bursts."""
        state = self.state
        return state.speaking is not None or state.pending is not None or bool(state.bursts)

    @property
    def may_be_cut_in_on(self) -> bool:
        """The trainee speaks, the caller has said everything, and has not cut in on these words yet.

        What waits to be said to a turn that was taken for over, and goes on, does not count.
        """
        state = self.state
        speaks = state.trainee_since_seconds is not None and state.hold_since_seconds is None
        silent = state.speaking is None and state.pending is None and (state.goes_on or not state.bursts)
        return speaks and silent and not state.interjection

    def note(self, output: Output) -> None:
        """One more outcome of this event."""
        self.outputs.append(output)

    def take(
        self, event: LineStarted | LineEnded | SpeechStarted | SpeechSustained | PartialHeard | SpeechDropped
    ) -> None:
        """What sound alone changes, before any meaning."""
        match event:
            case LineStarted():
                self._line_started(event.number)
            case LineEnded():
                self._line_ended(event.number, event.completed)
            case SpeechStarted():
                self._trainee_starts()
            case SpeechSustained():
                self._trainee_sustains()
            case PartialHeard():
                self._trainee_goes_on(event.text)
            case SpeechDropped():
                self.state.trainee_since_seconds = None
                self.go_on()

    # ----------------------------------------------------------------------------------------------- the caller's side

    def speak(self, reply: Reply) -> None:
        """The caller begins this reply: its first burst now, the rest with breaths between.

        An interjection that still sounds is said to its end first.
        """
        state = self.state
        state.bursts = reply.bursts
        state.move = reply.move
        state.said = ""
        state.waited_seconds = 0.0
        state.venting = reply.move in VENT_MOVES and len(reply.bursts) > 1
        if not self.interjects:
            self._next_burst(0.0)

    def cut_in(self, reply: Reply) -> None:
        """The caller says this into the trainee's words, who still has the floor: it is no turn of the caller's."""
        state = self.state
        self._utter(reply.move, " ".join(reply.bursts), 0.0)
        state.interjection = state.line_number

    def go_on(self) -> None:
        """The trainee did not mean to take the floor: full loudness again, or the next burst."""
        state = self.state
        state.trainee_since_seconds = None
        state.spoke_into_vent = False
        state.overlap_seconds = 0.0
        if state.speaking is not None:
            self.note(Unduck(self.at_seconds))
        elif state.bursts and state.pending is None:
            self._next_burst(self._breath_seconds())
        elif state.pending is None:
            self._await_trainee()

    def hush(self) -> None:
        """Whatever the caller is saying or was about to say is stopped and forgotten."""
        state = self.state
        if state.speaking is not None or state.pending is not None:
            self.note(StopSpeaking(self.at_seconds))
        state.speaking = state.pending = None
        state.bursts = ()

    def _next_burst(self, after_seconds: float) -> None:
        state = self.state
        text, *rest = state.bursts
        state.bursts = tuple(rest)
        self._utter(state.move, text, after_seconds)

    def _utter(self, move: str, text: str, after_seconds: float) -> None:
        state = self.state
        state.line_number += 1
        state.pending = Line(state.line_number, move, text, state.anger.mood.anger, state.band)
        state.silence_since_seconds = None
        self.note(Say(self.at_seconds, state.pending, after_seconds))

    @property
    def interjects(self) -> bool:
        """The line being spoken is one that the caller cut in with."""
        state = self.state
        return state.speaking is not None and state.speaking.number == state.interjection

    def _breath_seconds(self) -> float:
        return BREATH_SECONDS + BREATH_SECONDS_PER_ANGER * self.state.anger.mood.anger

    def _line_started(self, number: int) -> None:
        state = self.state
        if state.pending is not None and state.pending.number == number:
            state.speaking, state.pending = state.pending, None
            state.speaking_since_seconds = self.at_seconds
            if self.interjects:
                return
            state.said = f"{state.said} {state.speaking.text}".strip()
            if state.trainee_since_seconds is not None:
                self.note(Duck(self.at_seconds))

    def _line_ended(self, number: int, completed: bool) -> None:
        state = self.state
        if state.speaking is None or state.speaking.number != number:
            return
        state.overlap_seconds += self._overlap_until(self.at_seconds)
        interjected = self.interjects
        line, state.speaking = state.speaking, None
        if not completed and not interjected:
            state.bursts = (line.text, *state.bursts)
        elif state.trainee_since_seconds is not None:
            return
        elif state.bursts:
            self._next_burst(self._breath_seconds())
        else:
            self._await_trainee()

    # ---------------------------------------------------------------------------------------------- the trainee's side

    def _trainee_starts(self) -> None:
        state = self.state
        state.trainee_since_seconds = self.at_seconds
        if state.silence_since_seconds is not None:
            state.waited_seconds += self.at_seconds - state.silence_since_seconds
        state.silence_since_seconds = None
        state.cut_off = state.collided = state.goes_on = False
        state.overlap_seconds = 0.0
        if self.interjects:  # the turn that was cut in on goes on, also where it was answered in the pause
            state.collided = True
            state.goes_on = bool(state.bursts) and state.last_heard is not None
            return
        state.interjection = 0
        state.spoke_into_vent = bool(state.bursts)
        if state.speaking is not None:
            first = state.said == state.speaking.text and state.turn > 0
            state.collided = first and self.at_seconds - state.speaking_since_seconds < COLLISION_SECONDS
            state.goes_on = state.collided and state.last_heard is not None
            self.note(Duck(self.at_seconds))
        elif state.pending is not None:
            # In a breath between two bursts: wait and see whether it is a nod.
            self.note(StopSpeaking(self.at_seconds))
            state.bursts = (state.pending.text, *state.bursts)
            state.spoke_into_vent = True
            state.pending = None

    def _trainee_sustains(self) -> None:
        """Somebody speaks, whatever the words will be."""
        state = self.state
        if state.speaking is None or self.interjects or state.cut_off:
            return
        if state.goes_on:  # the caller gives the floor back after a syllable; what was begun is said later
            self.note(StopSpeaking(self.at_seconds))
        elif state.band in HOLDS_BREATH:
            self.note(Duck(self.at_seconds, holds=True))

    def _trainee_goes_on(self, text: str) -> None:
        state = self.state
        if state.speaking is None or self.interjects or state.cut_off or not text:
            return
        if is_back_channel(text):
            if state.band in HOLDS_BREATH:
                self.note(Duck(self.at_seconds))
            return
        if len(text.split()) >= WORDS_TO_STOP[state.band]:
            state.cut_off = True
            self.note(StopSpeaking(self.at_seconds))

    def turn_begins(self, heard: Heard) -> FloorFacts:
        """The trainee has taken the floor with these words; who had it until then?"""
        state = self.state
        state.overlap_seconds += self._overlap_until(heard.end_seconds)
        cut_off = state.cut_off or (state.speaking is not None and not self.interjects)
        facts = FloorFacts(state.venting, state.spoke_into_vent, cut_off, state.overlap_seconds)
        if state.collided:
            facts = FloorFacts()
        if self.interjects:  # it is said to its end, then the answer comes
            unsaid: tuple[str, ...] = ()
        else:
            unsaid = (state.speaking.text, *state.bursts) if state.speaking is not None else state.bursts
            self.hush()
        state.bursts = unsaid
        state.trainee_since_seconds = None
        state.cut_off = state.collided = state.goes_on = state.spoke_into_vent = state.venting = False
        state.overlap_seconds = 0.0
        state.dead_airs = 0
        state.last_heard, state.last_facts = heard, facts
        return facts

    def _overlap_until(self, end_seconds: float) -> float:
        """How long both have been speaking, of the line that is being spoken."""
        state = self.state
        if state.speaking is None or state.trainee_since_seconds is None or self.interjects:
            return 0.0
        return max(0.0, end_seconds - max(state.trainee_since_seconds, state.speaking_since_seconds))

    # ---------------------------------------------------------------------------------------------- silence and holds

    def silence_seconds(self) -> float | None:
        """How long nobody has spoken since the caller finished; None when that is not so (or on hold)."""
        state = self.state
        since = state.silence_since_seconds
        if since is None or state.hold_since_seconds is not None or self.at_seconds < self._deadline(since):
            return None
        return self.at_seconds - since

    def hold(self) -> None:
        """The caller hears music from now on."""
        self.hush()
        self.state.hold_since_seconds = self.at_seconds
        self.state.silence_since_seconds = None

    def held_seconds(self) -> float:
        """The hold is over; how long it was."""
        since = self.state.hold_since_seconds
        self.state.hold_since_seconds = None
        return 0.0 if since is None else self.at_seconds - since

    def _await_trainee(self) -> None:
        self.state.silence_since_seconds = self.at_seconds
        self.note(WakeAt(self.at_seconds, self._deadline(self.at_seconds)))

    def _deadline(self, since_seconds: float) -> float:
        return since_seconds + self.state.bearable_silence_seconds * self.patience
