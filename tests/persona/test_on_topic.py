"""What the trainee said last shapes the reply: judged calls in words of their own (docs/callers.md has the method)."""

from __future__ import annotations

from bench.on_topic import judged_calls, measure

FEWEST_TURNS = 150
ON_TOPIC = 0.9


def test_nine_replies_in_ten_answer_what_was_said() -> None:
    figures = measure()
    assert figures["on_topic_turns"] >= FEWEST_TURNS
    assert figures["on_topic_share"] >= ON_TOPIC


def test_every_caller_is_judged() -> None:
    assert len({turn.caller for call in judged_calls() for turn in call}) == 12
