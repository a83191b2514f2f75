"""A coach steers a scripted call: every act does what it says, stands in the journal, and is replayed to the bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.call.engine import Engine
from voicecoach.call.journal import Header, Journal, JournalWriter, read_journal
from voicecoach.call.replay import replay
from voicecoach.call.script import parse_script
from voicecoach.call.textplay import play_text
from voicecoach.events import (
    CoachActed,
    Connected,
    Input,
    LineStarted,
    MoodMoved,
    Output,
    Remarked,
    Say,
    SpeechStarted,
    TurnHeard,
    TurnJudged,
)
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.values import Heard

from .conftest import SaidIds

TURNS = """
turns:
  - say: "[empathize] I can hear how upset you are"
  - say: "[calm_down] calm down"
{coached}
  - say: "[own] I will take care of it"
"""

NEVER_ENDS = Path(__file__).parents[2] / "bench" / "soak_caller.yaml"

ACTS = {
    "nudge": "{act: nudge, value: -2}",
    "move": "{act: move, text: supervisor}",
    "say": '{act: say, text: "Are you new there?"}',
    "freeze": "{act: freeze}",
    "resume": "{act: resume}",
    "mark": '{act: mark, text: "listen to this again"}',
    "overrule": "{act: overrule, value: 2, text: calm_down}",
    "back": "{act: back, value: 2}",
}


class Played:
    """A scripted call with its journal as it is on the disk."""

    def __init__(self, persona: Persona, coached: str, folder: Path) -> None:
        path = folder / "journal.jsonl"
        path.unlink(missing_ok=True)
        writer = JournalWriter(path, Header(call="c", persona_id=persona.id, persona="", seed=5))
        self.engine = Engine(persona, 5, SaidIds())
        self.steps: list[tuple[Input, tuple[Output, ...]]] = []

        def watch(event: Input, outputs: tuple[Output, ...]) -> None:
            writer.step(event, outputs)
            self.steps.append((event, outputs))

        play_text(self.engine, parse_script(TURNS.format(coached=coached), "a.yaml"), watch)
        writer.close()
        self.journal: Journal = read_journal(path)

    def after(self, act: str) -> tuple[Output, ...]:
        """What the coach's act led to."""
        return next(outputs for event, outputs in self.steps if isinstance(event, CoachActed) and event.act == act)

    @property
    def anger(self) -> float:
        """At the end of the call."""
        return self.engine.state.anger.mood.anger


def lines(*acts: str) -> str:
    return "\n".join(f"  - coach: {act}" for act in acts)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_journaled_and_replayed_to_the_bit(persona: Persona, tmp_path: Path, act: str) -> None:
    call = Played(persona, lines(ACTS[act]), tmp_path)
    assert [event.act for event in call.journal.inputs() if isinstance(event, CoachActed)] == [act]
    again = replay(call.journal.inputs(), Engine(persona, 5, SaidIds()))
    assert again.steps == call.journal.steps == tuple(call.steps)


def test_a_nudge_moves_the_anger(persona: Persona, tmp_path: Path) -> None:
    moved = Played(persona, lines(ACTS["nudge"]), tmp_path).after("nudge")[0]
    assert isinstance(moved, MoodMoved)
    assert [(e.cause, e.base) for e in moved.ledger if e.cause != "time"] == [("coach", -2.0)]


def test_a_move_and_a_line_are_said(persona: Persona, tmp_path: Path) -> None:
    made = Played(persona, lines(ACTS["move"]), tmp_path).after("move")
    said = Played(persona, lines(ACTS["say"]), tmp_path).after("say")
    assert [o.line.move for o in made if isinstance(o, Say)] == ["supervisor"]
    assert [o.line.text for o in said if isinstance(o, Say)] == ["Are you new there?"]


def test_a_frozen_caller_judges_and_does_not_answer_until_resumed(persona: Persona, tmp_path: Path) -> None:
    frozen = Played(persona, lines(ACTS["freeze"]), tmp_path)
    resumed = Played(persona, lines(ACTS["freeze"], ACTS["resume"]), tmp_path)
    answers = {}
    for name, call in (("frozen", frozen), ("resumed", resumed)):
        last = next(outputs for _, outputs in reversed(call.steps) if any(isinstance(o, TurnJudged) for o in outputs))
        answers[name] = [type(output) for output in last if isinstance(output, (TurnJudged, Say))]
    assert answers == {"frozen": [TurnJudged], "resumed": [TurnJudged, Say]}


def test_a_mark_changes_nothing_else(persona: Persona, tmp_path: Path) -> None:
    marked = Played(persona, lines(ACTS["mark"]), tmp_path)
    assert [o.text for o in marked.after("mark") if isinstance(o, Remarked)] == ["listen to this again"]
    assert marked.anger == Played(persona, "", tmp_path).anger


def test_overruling_takes_out_and_puts_in(persona: Persona, tmp_path: Path) -> None:
    plain = Played(persona, "", tmp_path).anger
    milder = Played(persona, lines(ACTS["overrule"]), tmp_path).anger
    harder = Played(persona, lines('{act: overrule, value: 1, text: "+hostile"}'), tmp_path).anger
    assert milder < plain < harder


def test_an_id_that_nobody_knows_cannot_be_put_in(persona: Persona, tmp_path: Path) -> None:
    call = Played(persona, lines('{act: overrule, value: 1, text: "+hostle"}'), tmp_path)
    assert [o.text for o in call.after("overrule") if isinstance(o, Remarked)] == [
        "nothing to overrule: there is no id 'hostle'"
    ]


def test_going_back_forgets_the_turn_and_says_the_same_line_again(persona: Persona, tmp_path: Path) -> None:
    call = Played(persona, lines(ACTS["back"]), tmp_path)
    answer = [output for output in call.after("back") if isinstance(output, Say)]
    earlier = call.steps[: call.steps.index(_act(call, "back"))]
    said = [output.line.text for _, outputs in earlier for output in outputs if isinstance(output, Say)]
    moved = next(output for output in call.after("back") if isinstance(output, MoodMoved))
    assert moved.before.anger + sum(entry.delta for entry in moved.ledger) == pytest.approx(moved.after.anger)
    assert len(answer) == 1
    assert answer[0].line.text in " ".join(said)
    assert call.engine.state.turn == 2  # the first one, and the one after going back
    assert "calm_down" not in call.engine.state.anger.counts


def test_what_was_overruled_stays_so_for_whoever_goes_back_to_a_later_turn(persona: Persona, tmp_path: Path) -> None:
    overruled = lines('{act: overrule, value: 1, text: "+hostile"}', ACTS["back"])
    angrier = Played(persona, overruled, tmp_path)
    milder = Played(persona, lines(ACTS["back"]), tmp_path)
    assert angrier.anger > milder.anger + 0.5
    assert angrier.engine.state.anger.counts["hostile"] == 1


def test_there_is_no_turn_to_go_back_to(persona: Persona, tmp_path: Path) -> None:
    call = Played(persona, lines("{act: back, value: 9}"), tmp_path)
    assert [o.text for o in call.after("back") if isinstance(o, Remarked)] == ["there is no turn 9 to go back to"]


def _act(call: Played, act: str) -> tuple[Input, tuple[Output, ...]]:
    return next(step for step in call.steps if isinstance(step[0], CoachActed) and step[0].act == act)


def test_who_speaks_at_once_after_a_coached_line_begins_a_new_turn(persona: Persona) -> None:
    """Without a coach whoever goes on within a syllable of the answer has not finished the turn before."""
    engine = Engine(persona, 1, SaidIds())
    engine.take(CoachActed(0.0, "say", text="Nobody has told me anything."))
    engine.take(TurnHeard(3.0, Heard.from_text("let me see what we have here", 1.0, 2.0)))
    (said,) = (o for o in engine.take(CoachActed(4.0, "say", text="And now?")) if isinstance(o, Say))
    engine.take(LineStarted(4.0, said.line.number))
    engine.take(SpeechStarted(4.1))
    outputs = engine.take(TurnHeard(6.0, Heard.from_text("let me look into that for you", 4.1, 5.7)))
    (judged,) = (o for o in outputs if isinstance(o, TurnJudged))
    assert (judged.turn, judged.resumed) == (2, False)


def test_a_call_of_a_thousand_turns_shares_its_past_and_can_still_be_overruled_and_gone_back_in() -> None:
    engine = Engine(load(NEVER_ENDS), 5, SaidIds())
    engine.take(Connected(0.0))
    for turn in range(1, 1201):
        engine.take(TurnHeard(4.0 * turn, Heard.from_text("[listen] okay", 4.0 * turn - 1.0)))
    state = engine.state
    assert state.before_turn is not None
    assert state.before_turn.steps is state.steps.earlier
    assert [step.turn for step in state.steps if step.turn] == sorted(step.turn for step in state.steps if step.turn)
    outputs = engine.take(CoachActed(5000.0, "overrule", 1.0, "+hostile"))
    assert [type(output) for output in outputs] == [MoodMoved]
    engine.take(CoachActed(5001.0, "back", 600.0))
    assert engine.state.turn == 599
    assert engine.state.steps.count == len(list(engine.state.steps))
    assert any(d.id == "hostile" for step in engine.state.steps for d in step.detections if step.turn == 1)
