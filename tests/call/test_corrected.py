"""A contested call is judged as if the detector had heard it so from the first: the curve, the order, the gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.call.contest import Contest, add_contest, read_contests, standing_contests
from voicecoach.call.corrected import Steps, corrected
from voicecoach.call.engine import Engine
from voicecoach.call.folder import CONTESTS_NAME
from voicecoach.call.judging import judge_for
from voicecoach.call.replay import replay
from voicecoach.errors import JournalError
from voicecoach.events import CoachActed, Input, MoodMoved, TurnJudged
from voicecoach.persona.file import Persona
from voicecoach.values import Detection

from .conftest import DrivenCall, SaidIds


class Played(DrivenCall):
    """A driven call that keeps its steps."""

    def __init__(self, persona: Persona) -> None:
        super().__init__(persona)
        self.steps: list[tuple[Input, tuple[object, ...]]] = []

    def take(self, event: object) -> tuple[object, ...]:  # type: ignore[override]
        outputs = super().take(event)
        self.steps.append((event, outputs))  # type: ignore[arg-type]
        return outputs


def play(persona: Persona, turns: Sequence[str]) -> Played:
    call = Played(persona)
    call.connect()
    for text in turns:
        call.turn(text)
    return call


def contested(call: Played, persona: Persona, *contests: Contest) -> Steps:
    return corrected(tuple(call.steps), call.engine.state.steps, persona, judge_for(persona), contests)  # type: ignore[arg-type]


class HeardOtherwise(SaidIds):
    """Hears what the text says, but for these texts."""

    def __init__(self, otherwise: dict[str, str]) -> None:
        self._otherwise = otherwise

    def detect(
        self, text: str, context: str = "", word_confidences: Sequence[float] | None = None
    ) -> tuple[Detection, ...]:
        head = self._otherwise.get(text, text)
        found = super().detect(head, context)
        return tuple(replace(d, words=text, span=(0, len(text.split()))) for d in found)


def had_it_heard(call: Played, persona: Persona, otherwise: dict[str, str]) -> list[MoodMoved]:
    """The moods of the same call with a detector that hears these texts otherwise."""
    engine = Engine(persona, 1, HeardOtherwise(otherwise))
    return moods(replay([event for event, _ in call.steps], engine).steps)


def moods(steps: object) -> list[MoodMoved]:
    return [output for _, outputs in steps for output in outputs if isinstance(output, MoodMoved)]  # type: ignore[attr-defined]


def heard(steps: object, turn: int) -> list[str]:
    return [
        d.id
        for _, outputs in steps  # type: ignore[attr-defined]
        for output in outputs
        if isinstance(output, TurnJudged) and output.turn == turn
        for d in output.detections
        if d.evidence != "time"
    ]


def out(turn: int, cause: str) -> Contest:
    return Contest(turn, cause, add=False, reason="not what I said")


def put_in(turn: int, cause: str, words: str = "") -> Contest:
    return Contest(turn, cause, add=True, reason="I did", words=words)


def test_without_a_contest_everything_stays(persona: Persona) -> None:
    call = play(persona, ["[empathize] oh no", "[apologize] sorry", "[offer timeframe] a new lamp by friday"])
    assert contested(call, persona) == tuple(call.steps)


def test_a_contest_of_the_last_turn_leaves_the_earlier_curve_to_the_bit(persona: Persona) -> None:
    call = play(persona, ["[empathize] oh no", "[apologize] sorry", "[calm_down] calm down"])
    before, after = moods(call.steps), moods(contested(call, persona, out(3, "calm_down")))
    assert after[:-1] == before[:-1]
    assert after[-1].after.anger < before[-1].after.anger


def test_the_curve_is_the_one_of_a_detector_that_had_heard_it_so(persona: Persona) -> None:
    call = play(persona, ["[empathize] oh no", "[calm_down] so", "[apologize own] sorry", "[validate] of course"])
    right = had_it_heard(call, persona, {"[calm_down] so": "[] so"})
    assert [m.after for m in moods(contested(call, persona, out(2, "calm_down")))] == [m.after for m in right]


def test_an_added_detection_counts_like_a_heard_one(persona: Persona) -> None:
    call = play(persona, ["[] how awful for you", "[apologize] sorry", "[own] leave it with me"])
    right = had_it_heard(call, persona, {"[] how awful for you": "[empathize] how awful for you"})
    steps = contested(call, persona, put_in(1, "empathize"))
    assert [m.after for m in moods(steps)] == [m.after for m in right]
    assert heard(call.steps, 2) == ["apologize_too_soon", "apologize"]
    assert heard(steps, 2) == ["apologize"], "an apology after empathy is not too soon"


def test_the_words_of_an_added_detection_are_found_in_the_turn(persona: Persona) -> None:
    call = play(persona, ["[own] how awful for you that is"])
    steps = contested(call, persona, put_in(1, "empathize", "Awful for you"))
    (turn,) = (o for _, outputs in steps for o in outputs if isinstance(o, TurnJudged))
    added = next(d for d in turn.detections if d.id == "empathize")
    assert (added.words, added.span, added.why) == ("awful for you", (2, 5), "added by trainee")


def test_one_apology_fewer_makes_the_third_the_second(persona: Persona) -> None:
    call = play(persona, ["[empathize] oh", "[apologize] sorry", "[apologize] sorry", "[apologize] so sorry"])
    assert heard(call.steps, 4) == ["over_apologize"]
    steps = contested(call, persona, out(2, "apologize"))
    assert heard(steps, 2) == []
    assert heard(steps, 4) == ["apologize"]


def test_a_turn_that_never_was_changes_nothing(persona: Persona) -> None:
    call = play(persona, ["[empathize] oh no"])
    assert contested(call, persona, out(9, "empathize")) == tuple(call.steps)


def test_the_conversation_and_its_end_stay(persona: Persona) -> None:
    call = play(persona, ["[hostile] you fool", "[hostile] you fool", "[hostile] you fool", "[hostile] you fool"])
    steps = contested(call, persona, out(1, "hostile"), out(2, "hostile"))
    kept = [(e, [o for o in outs if not isinstance(o, MoodMoved | TurnJudged)]) for e, outs in steps]
    assert kept == [(e, [o for o in outs if not isinstance(o, MoodMoved | TurnJudged)]) for e, outs in call.steps]


def test_what_a_coach_overruled_in_the_call_is_kept(persona: Persona) -> None:
    call = play(persona, ["[thank apologize] so", "[calm_down thank] so", "[apologize] sorry"])
    without = contested(call, persona, out(1, "apologize"), out(2, "calm_down"))
    call.take(CoachActed(call.at_seconds, "overrule", 2.0, "-calm_down"))
    assert moods(contested(call, persona, out(1, "apologize"))) == moods(without)


def test_a_call_that_went_back_goes_on_from_the_corrected_mood(persona: Persona) -> None:
    call = play(persona, ["[thank calm_down] so", "[hostile] you fool"])
    call.take(CoachActed(call.at_seconds, "back", 2.0))
    call.turn("[apologize] sorry")
    first, abandoned, back, last = moods(contested(call, persona, out(1, "calm_down")))
    assert abandoned == moods(call.steps)[1]
    assert back.after == first.after == last.before


def test_who_did_not_say_calm_down_has_been_listening(persona: Persona) -> None:
    call = play(persona, ["[calm_down] so"])
    assert moods(contested(call, persona, out(1, "calm_down"))) == had_it_heard(call, persona, {"[calm_down] so": "so"})


def test_contests_are_kept_in_order_and_for_the_owner_only(tmp_path: Path) -> None:
    first = out(2, "apologize")
    second = replace(put_in(3, "offer", "a new lamp"), by="coach Ana", at="2026-11-27T10:00:00+00:00")
    for contest in (first, second, replace(first, withdraws=1, reason="I was wrong")):
        add_contest(tmp_path, contest)
    assert read_contests(tmp_path)[:2] == (first, second)
    assert standing_contests(read_contests(tmp_path)) == (second,)
    assert (tmp_path / CONTESTS_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "line",
    [
        "garbage",
        "[]",
        '{"turn": -1, "id": "own", "add": true, "reason": ""}',
        '{"turn": 1, "id": "own", "add": 3, "reason": ""}',
        '{"turn": 1}',
    ],
)
def test_a_broken_line_is_told_with_file_and_line(tmp_path: Path, line: str) -> None:
    add_contest(tmp_path, out(1, "own"))
    with (tmp_path / CONTESTS_NAME).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(JournalError, match=r"contests\.jsonl:2"):
        read_contests(tmp_path)


def test_nothing_contested_is_no_file(tmp_path: Path) -> None:
    assert read_contests(tmp_path) == ()
