"""A promise that is taken back later in the call, which a caller resents more than having been refused at once."""

from __future__ import annotations

import pytest

from tests.call.conftest import DrivenCall as Call
from voicecoach.call.contest import Contest
from voicecoach.call.corrected import corrected
from voicecoach.call.judging import judge_for
from voicecoach.events import Input, Output, Say
from voicecoach.persona.file import Persona

OFFER = "[offer timeframe] i will send you the refund by friday"
BROKEN = "broken_promise"


@pytest.fixture
def promised(call: Call) -> Call:
    """The caller was offered the refund, and counts on it."""
    call.connect()
    call.turn("[paraphrase empathize] your lamp came broken and that is upsetting")
    call.turn(OFFER)
    assert call.engine.state.anger.mood.resolution == pytest.approx(0.8)
    return call


@pytest.mark.parametrize(
    "taken_back",
    [
        "[cannot] i'm afraid i can't give you that refund",
        "[cannot] we are unable to refund it",
        "[cannot] the refund i spoke of is not possible after all",
        "[cannot offer] i told you i would send you the refund but it turns out that i can't",
        "[cannot] it turns out that we cannot do what i have just told you about the refund",
        "[cannot counteroffer] i can't do the refund after all but you could have a voucher",
    ],
)
def test_a_remedy_that_was_offered_and_is_denied_by_name_is_a_broken_promise(promised: Call, taken_back: str) -> None:
    before = promised.engine.state.anger.mood
    assert BROKEN in promised.ids(promised.turn(taken_back))
    after = promised.engine.state.anger.mood
    assert after.anger > before.anger + 1.5
    assert after.heard < 0.6 * before.heard
    assert after.resolution <= 0.45


def test_the_caller_says_that_it_was_promised(promised: Call) -> None:
    outputs = promised.turn("[cannot] i'm afraid i can't give you that refund")
    assert [output.line.move for output in outputs if isinstance(output, Say)][:1] == ["react.broken_promise"]


@pytest.mark.parametrize(
    "kept",
    [
        "[cannot] i can't bring the three weeks back",
        "[cannot] i can't make it any faster than that but the refund is on its way",
        "[cannot] we can't send a voucher",
        "[state_action] i am sending the refund now",
    ],
)
def test_another_refusal_breaks_nothing(promised: Call, kept: str) -> None:
    assert BROKEN not in promised.ids(promised.turn(kept))
    assert promised.engine.state.anger.mood.resolution >= 0.8


def test_what_was_never_offered_cannot_be_taken_back(call: Call) -> None:
    call.connect()
    assert BROKEN not in call.ids(call.turn("[cannot] i can't give you that refund"))


def test_a_time_said_with_it_does_not_make_up_for_it(promised: Call) -> None:
    promised.turn("[cannot timeframe] i can't give you that refund before friday")
    assert promised.engine.state.anger.mood.resolution == 0.0


def test_it_is_broken_once_until_it_is_promised_again(promised: Call) -> None:
    refusal = "[cannot] i can't give you that refund"
    assert BROKEN in promised.ids(promised.turn(refusal))
    assert BROKEN not in promised.ids(promised.turn(refusal))
    promised.turn(OFFER)
    assert BROKEN in promised.ids(promised.turn(refusal))


def test_who_guaranteed_too_much_and_then_refuses_broke_a_promise(call: Call) -> None:
    call.connect()
    call.turn("[overpromise] i guarantee that it will never happen again")
    assert BROKEN not in call.ids(call.turn("[cannot offer] i can't undo it but i'll send you a new lamp"))
    assert BROKEN in call.ids(call.turn("[cannot] there is nothing i can do"))


def test_a_contested_refusal_takes_the_broken_promise_with_it(promised: Call, persona: Persona) -> None:
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    take = promised.engine.take

    def recorded(event: Input) -> tuple[Output, ...]:
        outputs = take(event)
        steps.append((event, outputs))
        return outputs

    promised.engine.take = recorded  # type: ignore[method-assign]
    promised.turn("[cannot] i'm afraid i can't give you that refund")
    contest = Contest(turn=promised.engine.state.turn, id="cannot", add=False, reason="misheard")
    after = corrected(tuple(steps), list(promised.engine.state.steps)[-1:], persona, judge_for(persona), [contest])
    assert promised.ids([o for _, outputs in steps for o in outputs]) == ["cannot", BROKEN]
    assert promised.ids([o for _, outputs in after for o in outputs]) == []
