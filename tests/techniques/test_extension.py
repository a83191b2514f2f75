"""A coach's own file of techniques: what it may say, and that everything wrong in it is told with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voicecoach.errors import TechniquesError
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.techniques.catalogue import IDS
from voicecoach.techniques.extension import NO_EXTENSION, Addition, Weight, load_extension, parse_extension
from voicecoach.techniques.extension_form import ENGINES_OWN_IDS

OWN = """\
format: 1
techniques:
  empathize:
    phrases: [that would drive me up the wall]
  direct_line:
    kind: technique
    title: Give your direct line
    step: action
    tip: A number that leads to you tells the caller that you mean it.
    say: ["My direct line is on the email.", "You reach me myself on this number."]
    weight: 0.6
    heard: 0.05
    confidence: 0.8
    phrases:
      - my direct line
      - you reach me myself
  say_policy:
    kind: mistake
    title: Saying policy
    tip: Nobody was ever calmed by a policy.
    say: ["Here is what I can do.", "Let me see what is possible."]
    weight: 1
    phrases: company policy
"""


def told(text: str) -> str:
    with pytest.raises(TechniquesError) as caught:
        parse_extension(text, "own.yaml")
    return str(caught.value)


def test_phrases_for_an_id_of_the_catalogue_and_ids_of_ones_own() -> None:
    extension = parse_extension(OWN, "own.yaml")
    assert extension.text == OWN
    assert extension.additions == (
        Addition("empathize", ("that would drive me up the wall",), 0.9),
        Addition("direct_line", ("my direct line", "you reach me myself"), 0.8),
        Addition("say_policy", ("company policy",), 0.9),
    )
    assert list(extension.entries) == ["direct_line", "say_policy"]
    assert extension.weights == {"direct_line": Weight(0.6, 0.05), "say_policy": Weight(1.0, 0.0)}


def test_an_own_id_is_an_entry_like_any_other() -> None:
    known = parse_extension(OWN, "own.yaml").catalogue()
    assert tuple(known) == (*IDS, "direct_line", "say_policy")
    line, policy = known["direct_line"], known["say_policy"]
    assert (line.step, line.is_mistake, line.title) == ("action", False, "Give your direct line")
    assert line.say == ("My direct line is on the email.", "You reach me myself on this number.")
    assert (policy.step, policy.is_mistake, policy.evidence) == ("mistake", True, ("text",))


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_adds_nothing(text: str) -> None:
    assert parse_extension(text, "own.yaml") == NO_EXTENSION


def test_the_example_of_the_documentation_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "techniques.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert [each.id for each in parse_extension(example, "page").additions] == [
        "empathize",
        "direct_line",
        "say_policy",
    ]


def test_what_the_engine_finds_by_itself_is_taken() -> None:
    assert (PROVOCATIONS.keys() | RELIEFS.keys()) - set(IDS) <= ENGINES_OWN_IDS


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("format: 1", "format: 2", "own.yaml:1: `format` cannot be 2; use 1"),
        ("format: 1\n", "", "own.yaml:1: `format` is missing; add `format:`"),
        ("weight: 0.6", "wieght: 0.6", "own.yaml:11: unknown field `wieght`; did you mean `weight`?"),
        ("techniques:", "technique:", "own.yaml:2: unknown field `technique`; did you mean `techniques`?"),
        ("  empathize:", "  emphatize:", "own.yaml:3: `emphatize` is not in the catalogue"),
        ("  empathize:", "  emphatize:", "did you mean `empathize`?"),
        ("  empathize:", "  interrupt:", "own.yaml:3: `interrupt` is not heard by words but by timing"),
        ("  empathize:", "  stall:", "own.yaml:3: `stall` is taken by the program; choose another id"),
        ("  empathize:", "  Empathize!:", "own.yaml:3: `Empathize!` cannot be an id; use lower-case letters"),
        ("weight: 0.6", "weight: 4", "own.yaml:11: `techniques.direct_line.weight` cannot be 4; it must be at most 3"),
        ("weight: 0.6", "weight: true", "own.yaml:11: `techniques.direct_line.weight` cannot be True; write a number"),
        ("weight: 0.6", "weight: .nan", "own.yaml:11: `techniques.direct_line.weight` cannot be nan; write a number"),
        ("weight: 0.6", "weight: a lot", "own.yaml:11: `techniques.direct_line.weight` cannot be 'a lot'"),
        (
            "    weight: 0.6\n",
            "",
            "own.yaml:5: `direct_line` is not in the catalogue, and an id of your own lacks `weight`",
        ),
        ("heard: 0.05", "heard: -1", "own.yaml:12: `techniques.direct_line.heard` cannot be -1; it must be at least 0"),
        ("confidence: 0.8", "confidence: 0.2", "own.yaml:13: `techniques.direct_line.confidence` cannot be 0.2"),
        ("kind: technique", "kind: trick", "own.yaml:6: `techniques.direct_line.kind` cannot be 'trick'; use "),
        ("step: action", "step: end", "own.yaml:8: `techniques.direct_line.step` cannot be 'end'; use "),
        ("- my direct line\n", "- 24\n", "own.yaml:15: `techniques.direct_line.phrases.0` cannot be 24; write words"),
        ("- my direct line\n", '- "?!"\n', "own.yaml:15: '?!' holds no words that can be heard"),
        (
            "- my direct line\n",
            f"- {' '.join(map(str, range(21)))}\n",
            "own.yaml:15: this phrase has more than 20 words",
        ),
        ("[that would drive me up the wall]", "[]", "own.yaml:4: there is no phrase; write what people say"),
        ("[that would drive me up the wall]", "", "own.yaml:4: `techniques.empathize.phrases` cannot be empty"),
        (
            "    phrases: [that",
            "    weight: 2\n    phrases: [that",
            "own.yaml:4: `weight` cannot be set for `empathize`",
        ),
        ("weight: 1\n", "weight: 1\n    step: hear\n", "own.yaml:23: a mistake has no step; take it out"),
        (
            'say: ["Here is what I can do.", "Let me see what is possible."]',
            "say: [Hm.]",
            "own.yaml:21: `say` needs two",
        ),
        ("  say_policy:", "  direct_line:", "own.yaml:17: is not YAML: found duplicate key"),
        ("kind: mistake", "kind: [mistake", "is not YAML"),
        ("kind: mistake", "kind: !!python/name:os.system x", "own.yaml:18: an unusual kind of value"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(before: str, after: str, said: str) -> None:
    assert OWN.count(before) >= 1
    line = told(OWN.replace(before, after, 1))
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a list\n", "own.yaml:1: the top must be `key: value` lines"),
        ("words\n", "own.yaml:1: the top must be `key: value` lines"),
        ("format: 1\ntechniques: []\n", "own.yaml:2: `techniques` cannot be a list; write `key: value` lines below it"),
        ("format: 1\ntechniques: " + "[" * 5_000, "own.yaml: is nested too deep"),
        ("format: 1\ntechniques: {a: {phrases: [[[[[[x]]]]]]}}\n", "nested too deep"),
        ("format: 1\ntechniques: &t {ab: *t}\n", "own.yaml:2: `techniques.ab` cannot be empty"),
        (f"a: &a [{'x,' * 40}]\nb: &b [{'*a ,' * 40}]\nc: [{'*b ,' * 40}]\n", "points to itself"),
        ("format: 1\n# " + "x" * 70_000, "own.yaml: is larger than 64 KiB"),
        ("format: 1\ntechniques: {a: \x00}\n", "is not YAML"),
    ],
)
def test_a_file_that_is_none(text: str, said: str) -> None:
    assert said in told(text)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    assert load_extension(path) == parse_extension(OWN, "own.yaml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TechniquesError, match="cannot be read"):
        load_extension(tmp_path / "nowhere.yaml")
    with pytest.raises(TechniquesError, match="cannot be read"):
        load_extension(tmp_path)
    path = tmp_path / "latin.yaml"
    path.write_bytes("format: 1 # é".encode("latin-1"))
    with pytest.raises(TechniquesError, match="is not UTF-8 text; save it as UTF-8"):
        load_extension(path)
