"""The rubric: shipped, a coach's own over it, whole in the journal; and everything wrong in one is told by line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.review.conftest import play_script
from voicecoach.errors import RubricError
from voicecoach.review.assessment import assess
from voicecoach.review.findings import known_entries
from voicecoach.review.reviewed import read_reviewed
from voicecoach.review.rubric import load_rubric, parse_rubric, shipped_rubric
from voicecoach.techniques.extension import NO_EXTENSION, parse_extension
from voicecoach.techniques.ids import MISTAKES, TECHNIQUES

KNOWN = known_entries(NO_EXTENSION)
TALK = '- say: "I can hear how upsetting that is."\n- say: "Leave it with me."\n'
OWN = """\
format: 1
name: Our school
version: "2.1"
steps:
  action:
    title: Take responsibility
    weight: 5
    techniques: {thank: null, own: 9}
  thanks: {title: Thank, techniques: {thank: 1}}
titles: {own: Make it yours}
mistakes: {hold: 0, rush: null}
pass:
  satisfied: null
  short_turns: {title: Short turns, rule: longest_seconds <= 20}
"""


def told(text: str) -> str:
    with pytest.raises(RubricError) as caught:
        parse_rubric(text, "own.yaml", KNOWN)
    return str(caught.value)


def test_every_id_of_the_catalogue_has_its_place_in_the_shipped_one() -> None:
    rubric = shipped_rubric()
    assert sorted(id_ for step in rubric.steps for id_ in step.techniques) == sorted(TECHNIQUES)
    assert set(MISTAKES) <= set(rubric.mistakes)
    for step in rubric.steps:
        assert {KNOWN[id_].step for id_ in step.techniques} == {step.key}


def test_a_coachs_own_says_only_what_is_different() -> None:
    rubric = parse_rubric(OWN, "own.yaml", KNOWN)
    steps = {step.key: step for step in rubric.steps}
    assert (rubric.name, rubric.version) == ("Our school", "2.1")
    assert list(steps) == [*(step.key for step in shipped_rubric().steps), "thanks"]
    assert (steps["action"].title, steps["action"].weight) == ("Take responsibility", 5)
    assert steps["action"].techniques["own"] == 9
    assert "thank" not in steps["action"].techniques
    assert steps["hear"] == shipped_rubric().steps[0]
    assert rubric.titles == {"own": "Make it yours"}
    assert (rubric.mistakes["hold"], "rush" in rubric.mistakes) == (0, False)
    assert "satisfied" not in {rule.key for rule in rubric.rules}
    assert rubric.rules[-1].title == "Short turns"


def test_the_whole_of_it_comes_back_from_its_text() -> None:
    for rubric in (shipped_rubric(), parse_rubric(OWN, "own.yaml", KNOWN)):
        assert parse_rubric(rubric.text, "journal", KNOWN) == rubric


def test_a_call_is_judged_by_the_rubric_it_was_taken_under_and_an_old_one_by_the_shipped() -> None:
    own = parse_rubric(OWN, "own.yaml", KNOWN)
    assert assess(read_reviewed(play_script(TALK, "double_charge", rubric=own.text))).rubric == own
    assert assess(read_reviewed(play_script(TALK, "double_charge"))).rubric == shipped_rubric()


def test_what_weighs_more_counts_for_more() -> None:
    def points(weight: float) -> int:
        text = f'format: 1\nname: n\nversion: "1"\nsteps: {{empathize: {{weight: {weight}}}}}\n'
        rubric = parse_rubric(text, "own.yaml", KNOWN)
        return assess(read_reviewed(play_script(TALK, "double_charge", rubric=rubric.text))).points

    assert points(90) > points(3) > points(0)


def test_an_own_technique_can_be_missed_on_an_occasion_and_is_never_where_none_is_given() -> None:
    extension = parse_extension(
        "format: 1\ntechniques:\n"
        "  direct_line: {kind: technique, title: T, tip: t, say: [a, b], weight: 1, phrases: [my direct line]}\n",
        "own.yaml",
    )
    known = known_entries(extension)

    def state(technique: str) -> str:
        text = f'format: 1\nname: n\nversion: "1"\nsteps: {{action: {{techniques: {{direct_line: {technique}}}}}}}\n'
        rubric = parse_rubric(text, "own.yaml", known)
        call = read_reviewed(play_script(TALK, "double_charge", rubric=rubric.text, extension=extension))
        return {each.id: each.state for each in assess(call).standings}["direct_line"]

    assert state("1") == "no opportunity"
    assert state("{weight: 1, due: told}") == "missed"


@pytest.mark.parametrize(
    ("wrong", "line", "what"),
    [
        ("steps: {hear: {techniques: {empathise: 1}}}", 4, "no technique `empathise`; did you mean `empathize`?"),
        ("steps:\n  new: {techniques: {thank: 1}}", 5, "`thank` already counts in step `action`"),
        ("steps: {hear: {weigth: 1}}", 4, "unknown field `weigth`; did you mean `weight`?"),
        ("steps: {hear: {weight: -1}}", 4, "must be at least 0"),
        ("steps: {hear: {weight: .nan}}", 4, "write a number"),
        ("steps: {hear: {techniques: {listen: {weight: 1, due: rain}}}}", 4, "there is no occasion `rain`"),
        ("mistakes:\n  hold: 1\n  holdd: 1", 6, "no mistake `holdd`; did you mean `hold`?"),
        ("titles: {nod: Nod}", 4, "there is no id `nod`"),
        ("pass:\n  mine: {title: Mine, rule: 'done(own'}", 5, "is no rule"),
        ("pass:\n  mine:\n    title: Mine\n    rule: done(owm)", 7, "`owm` is no id"),
        ("pass: {mine: {rule: done(own)}}", 4, "`title` is missing"),
        ("passes: {}", 4, "unknown field `passes`; did you mean `pass`?"),
        ("steps: [hear]", 4, "cannot be a list"),
        ("steps: *x", 4, "is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(wrong: str, line: int, what: str) -> None:
    text = f'format: 1\nname: n\nversion: "1"\n{wrong}\n'
    assert told(text).startswith(f"own.yaml:{line}: ")
    assert what in told(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the top must be `key: value` lines; begin with `format: 1` and `name:`"),
        ("format: 2\nname: n\nversion: '1'\n", "use 1"),
        ("format: 1\nname: n\nversion: 1\n", "put numbers in quotes"),
        ("format: 1\nversion: '1'\n", "`name` is missing"),
        ("{", "is not JSON"),
        ("a: " + "[" * 50 + "]" * 50, "nested too deep"),
        ("x" * 70_000, "larger than 64 KiB"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, what: str) -> None:
    assert what in told(text)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        load_rubric(tmp_path / "none.yaml", KNOWN)


def test_the_example_of_the_documentation_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert examples
    for example in examples:
        assert replace(parse_rubric(example, "page", KNOWN), text="").name
