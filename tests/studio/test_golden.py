"""Golden calls: what a file may expect, and that what does not hold is told with line, reason and ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.call.script import parse_script
from voicecoach.errors import ScriptError
from voicecoach.persona.loading import load
from voicecoach.studio.check_findings import Finding
from voicecoach.studio.golden import Range, parse_golden
from voicecoach.studio.golden_judge import failures, golden_findings
from voicecoach.studio.golden_play import play_golden, shared_detector

HEARD = "So you were charged twice, on the third. Is that right?"


def found(turns: str, persona: str = "double_charge", rest: str = "") -> list[Finding]:
    """What fails in a golden call of these turns (YAML under ``turns:``), with ``rest`` below it."""
    caller = load(persona)
    golden = parse_golden(f"turns:\n{turns}{rest}", "call.yaml")
    played = [play_golden(caller, golden, seed, shared_detector()) for seed in golden.seeds]
    return [finding for call in played for finding in failures(caller, golden, call)]


def told(turns: str, rest: str = "") -> list[str]:
    return [f"{finding.line}: {finding.what}" for finding in found(turns, rest=rest)]


# ------------------------------------------------------------------------------------------------- what may be expected


def test_what_holds_is_not_told() -> None:
    turns = f"""
  - say: "{HEARD}"
    expect:
      anger: [5, 8]
      change: {{below: -0.2}}
      heard: {{above: 0.2}}
      resolution: 0
      band: [furious, angry, annoyed]
      hears: [paraphrase, check_understanding]
      says: confirm
  - {{say: "You need to calm down.", expect: {{change: {{above: 0.5}}, says: react.calm_down, hears: calm_down}}}}
"""
    assert found(turns, rest="expect: {outcome: abandoned, anger: {above: 6}, band: [angry, furious]}\n") == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("anger: [0, 2]", "after turn 1 anger is "),
        ("change: {above: 1}", "after turn 1 the change of anger is -"),
        ("heard: {below: 0.1}", "not at most 0.1"),
        ("resolution: 1", "after turn 1 resolution is 0.00, not 1"),
        ("band: calm", "not `calm`"),
        ("hears: [calm_down, paraphrase]", "after turn 1 calm_down was not heard, only `check_understanding` or"),
        ("says: hang_up", "after turn 1 no line of `hang_up` was said, but `confirm`"),
        ("says: [hang_up, goodbye]", "no line of `goodbye` or `hang_up` was said"),
        ("says: confrm", "no line of `confrm` can be said (did you mean `confirm`?)"),
        ("outcome: resolved", "after turn 1 outcome is `the call goes on`, not `resolved`"),
    ],
)
def test_what_does_not_hold_is_told_with_its_line_and_what_came_instead(expected: str, said: str) -> None:
    (message,) = told(f'\n  - say: "{HEARD}"\n    expect:\n      {expected}\n')
    assert message.startswith("5: ")
    assert said in message


def test_the_ledger_of_the_turn_says_why() -> None:
    (finding,) = found(f'  - say: "{HEARD}"\n    expect: {{anger: 0}}\n')
    detail = "\n".join(finding.detail)
    assert f'turn 1 (line 2): "{HEARD}"' in detail
    assert "heard: listen 1.00, paraphrase" in detail
    assert "  paraphrase" in detail and "x scale 1.15 x confidence" in detail
    assert "caller (confirm): " in detail
    assert "mend the caller, or expect otherwise" in str(finding)


def test_the_whole_call_may_be_expected_to_end_somewhere() -> None:
    turns = '  - say: "Calm down."\n  - say: "Shut up, you are an idiot."\n  - say: "Shut up, you are an idiot."\n'
    assert told(turns, "expect: {outcome: caller_hangs_up}\n") == []
    (message,) = told(turns, "expect:\n  anger: {above: 9}\n  outcome: [resolved, lukewarm]\n")
    assert message.startswith("7: at the end outcome is `caller_hangs_up` (too angry to go on for two turns in a row)")


def test_turns_after_the_end_of_the_call_are_told_once() -> None:
    turns = '  - hang_up: true\n  - {say: "Hello?", expect: {anger: 1}}\n  - {say: "Hello?", expect: {anger: 1}}\n'
    (message,) = told(turns)
    assert message.startswith("3: the call had ended before turn 2: hung_up_on_caller")


def test_it_must_hold_for_every_seed() -> None:
    messages = told(f'  - say: "{HEARD}"\n    expect: {{anger: 0}}\n', "seeds: [4, 5]\n")
    assert [message.endswith(f"(seed {seed})") for message, seed in zip(messages, (4, 5), strict=True)] == [True, True]


def test_a_fact_told_in_an_answer_and_a_kind_of_reactions_are_known_again() -> None:
    turns = """
  - {say: "What date was that please?", expect: {says: fact.date}}
  - {say: "How much was it?", expect: {says: [fact, answer]}}
  - {say: "That sounds awful, I would be upset as well.", expect: {says: react}}
  - {hold: 30, expect: {says: hold_back, change: {above: 0}}}
"""
    assert told(turns) == []
    assert len(told(turns.replace("fact.date", "fact.amount"))) == 1


# ---------------------------------------------------------------------------------------------- what a file cannot say


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("turns: []\n", "call.yaml:1: expects nothing; add `expect: {outcome: resolved}`"),
        ("turns: [{say: Hi, expect: {agner: 1}}]", "call.yaml:1: unknown key `agner`; did you mean `anger`?"),
        ("turns: [{say: Hi, expct: {}}]", "call.yaml:1: unknown key `expct`; did you mean `expect`?"),
        ("turns:\n  - say: Hi\n    expect: 5\n", "call.yaml:3: expect cannot be 5"),
        ("turns:\n  - say: Hi\n    expect: {anger: hot}\n", "call.yaml:3: anger cannot be 'hot'; write [from, to]"),
        ("turns:\n  - say: Hi\n    expect: {anger: [3]}\n", "call.yaml:3: anger cannot be [3]"),
        ("turns:\n  - say: Hi\n    expect: {anger: [5, 3]}\n", "call.yaml:3: anger cannot be from 5 to 3"),
        ("turns:\n  - say: Hi\n    expect: {anger: {over: 3}}\n", "call.yaml:3: anger cannot be"),
        ("turns:\n  - say: Hi\n    expect:\n      band: hot\n", "call.yaml:4: unknown band `hot`"),
        ("turns:\n  - say: Hi\n    expect:\n      hears: [appologize]\n", "did you mean `apologize`?"),
        ("turns:\n  - say: Hi\nexpect: {outcome: resolve}\n", "call.yaml:3: unknown outcome `resolve`; did you mean"),
        ("turns:\n  - say: Hi\nexpect: {says: vent}\n", "call.yaml:3: unknown key `says`"),
        ("seeds: many\nturns:\n  - say: Hi\nexpect: {anger: 1}\n", "call.yaml:1: seeds cannot be 'many'"),
        ("call: 5\nturns:\n  - say: Hi\nexpect: {anger: 1}\n", "call.yaml:1: call cannot be 5"),
        ("turns:\n  - shout: Hi\nexpect: {anger: 1}\n", "call.yaml:2: unknown key `shout`"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_golden(text, "call.yaml")
    assert message in str(caught.value)


def test_ranges_are_said_as_people_say_them() -> None:
    assert [str(each) for each in (Range(1, 2), Range(high=3), Range(low=4), Range(5, 5))] == [
        "1 to 2",
        "at most 3",
        "at least 4",
        "5",
    ]


def test_a_golden_call_is_a_script_too() -> None:
    text = 'call: well\nseeds: 3\nturns:\n  - {say: "Hi", expect: {anger: 1}}\nexpect: {outcome: resolved}\n'
    (turn,) = parse_script(text, "call.yaml")
    assert turn == parse_golden(text, "call.yaml").turns[0].turn


def test_those_beside_a_persona_are_played_and_what_is_wrong_with_any_is_found(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("format: 1\nid: mine\nextends: double_charge\n")
    assert golden_findings(load(mine), mine) == (0, [])
    folder = tmp_path / "golden" / "mine"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("turns: [{say: Hello, expect: {band: calm}}]\n")
    (folder / "b.yaml").write_text("turns: [{sya: Hello}]\n")
    (folder / "notes.txt").write_text("not a call")
    count, findings = golden_findings(load(mine), mine)
    assert count == 2
    assert [Path(finding.file).name for finding in findings] == ["a.yaml", "b.yaml"]
    assert {finding.severity.value for finding in findings} == {"error"}
