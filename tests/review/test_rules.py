"""Pass rules: exact, explained, and nothing in them is ever run."""

from __future__ import annotations

import pytest

from voicecoach.review.rules import Facts, Group, RuleProblem, Verdict, read_rule

GROUPS = {"hear": Group("Hear", ("listen", "paraphrase")), "act": Group("Take responsibility", ("own", "offer"))}
IDS = ("listen", "paraphrase", "own", "offer", "empathize", "calm_down")
FACTS = Facts(
    "resolved",
    (("listen", 5.0), ("calm_down", 20.0), ("offer", 65.0), ("listen", 70.0)),
    frozenset({"told"}),
    {"end_anger": 3.0, "talk_share": None},
)


def judge(rule: str) -> Verdict:
    return read_rule(rule, IDS, GROUPS).judge(FACTS)


@pytest.mark.parametrize(
    ("rule", "passed", "why"),
    [
        ("ended(resolved, lukewarm)", True, "the call ended: resolved"),
        ("ended(lukewarm)", False, "the call ended: resolved"),
        ("done(listen, offer)", True, "listen at 0:05; offer at 1:05"),
        ("done(listen, empathize, own)", False, "no empathize; no own"),
        ("some(empathize, offer)", True, "offer at 1:05"),
        ("some(empathize, own)", False, "no empathize; no own"),
        ("none(calm_down)", False, "calm down at 0:20"),
        ("none(empathize)", True, "no empathize"),
        ("before(step.hear, step.act)", True, "“Hear” at 0:05; “Take responsibility” at 1:05"),
        ("before(offer, listen)", False, "offer at 1:05; listen at 0:05"),
        ("before(listen, empathize)", True, "listen at 0:05; no empathize"),
        ("before(empathize, offer)", False, "no empathize"),
        ("count(listen) >= 2", True, "count(listen): 2, and >= 2 was asked"),
        ("end_anger < 3", False, "the anger at the end: 3, and < 3 was asked"),
        ("talk_share < 0.5", True, "not known in this call: your share of the talking (0 to 1)"),
        ("happened(told)", True, "the caller told what went wrong"),
        ("happened(abused)", False, "never: the caller was abusive"),
        ("not done(empathize) and none(calm_down)", False, "calm down at 0:20"),
        ("done(empathize) or end_anger <= 3", True, "the anger at the end: 3, and <= 3 was asked"),
        ("not (done(listen) and done(offer))", False, "listen at 0:05; offer at 1:05"),
    ],
)
def test_a_rule_holds_or_fails_and_says_why(rule: str, passed: bool, why: str) -> None:
    verdict = judge(rule)
    assert (verdict.passed, "; ".join(verdict.why)) == (passed, why)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", "is no rule"),
        ("done(", "is no rule"),
        ("done(empathise)", "`empathise` is no id"),
        ("done()", "asks for nothing"),
        ("before(listen)", "takes two"),
        ("before(step.heat, own)", "there is no step `heat`; there are: hear, act"),
        ("ended(won)", "`won` is no outcome"),
        ("happened(rain)", "`rain` is no occasion"),
        ("anger < 3", "`anger` is no number"),
        ("end_anger", "is no condition"),
        ("count(listen)", "is no condition"),
        ("1 < end_anger < 3", "is no condition"),
        ("end_anger < 'x'", "is no number"),
        ("end_anger < True", "is no number"),
        ("open('x')", "there is no `open(...)`"),
        ("__import__('os').system('x')", "is no condition"),
        ("done(listen, x=1)", "is no condition"),
        ("[done(own) for own in x]", "is no condition"),
        ("(" * 300 + "done(own)" + ")" * 300, "at most 400"),
    ],
)
def test_what_cannot_be_read_is_told(rule: str, told: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        read_rule(rule, IDS, GROUPS)
    assert told in str(caught.value)


def test_the_deepest_rule_there_can_be_is_judged() -> None:
    assert judge("not " * 97 + "done(own)").passed
