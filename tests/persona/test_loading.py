"""Persona files: what they become, and that everything wrong with one is told with its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import PersonaError
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import examine_text, list_personas, load, loads, source_text
from voicecoach.persona.yaml_tree import SIZE_LIMIT_BYTES, read_tree
from voicecoach.values import VoiceSpec


def wrong(text: str, name: str = "caller.yaml") -> str:
    with pytest.raises(PersonaError) as caught:
        loads(text, name)
    return str(caught.value)


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


# ------------------------------------------------------------------------------------------------------- what is right


def test_both_callers_are_shipped_and_the_shared_files_are_not_callers() -> None:
    assert {"double_charge", "cancelled_flight"} <= {summary.id for summary in list_personas()}
    assert not [summary.id for summary in list_personas() if summary.id.startswith("_")]


def test_every_listed_caller_can_be_loaded_and_is_what_the_list_says() -> None:
    for summary in list_personas():
        persona = load(summary.id)
        assert (persona.id, persona.name, persona.title) == (summary.id, summary.name, summary.title)
        assert persona.language == summary.language


def test_the_two_tempers_are_far_apart() -> None:
    hot, cold = load("double_charge"), load("cancelled_flight")
    assert hot.temper.start > cold.temper.start
    assert hot.temper.provocation_scale > cold.temper.provocation_scale
    assert hot.temper.patience < cold.temper.patience
    assert hot.voice.name != cold.voice.name
    assert {hot.language, cold.language} == {"en-US", "en-GB"}


def test_a_short_file_makes_a_whole_caller(small: Persona) -> None:
    assert small.temper.to_temper().base == small.temper.start - 2
    assert small.voice.to_spec() == VoiceSpec()
    assert len(small.repertoire.texts()) > 250


def test_a_shipped_caller_has_hundreds_of_lines(shipped: Persona) -> None:
    own = Persona.model_validate({**shipped.model_dump(), "inherited_lines": ()})
    assert len(own.repertoire.texts()) >= 120
    assert len(shipped.repertoire.texts()) >= 250


def test_no_line_of_a_shipped_caller_has_anything_that_cannot_be_spoken(shipped: Persona) -> None:
    for text in shipped.repertoire.texts():
        assert not set(text.replace("{said}", "").replace("{waited}", "")) & set('{}[]|*_#@&/\\<>+=%$£€"0123456789'), (
            text
        )


def test_lines_are_short_enough_to_be_said_in_one_breath(shipped: Persona) -> None:
    assert max(len(text.split()) for text in shipped.repertoire.texts()) <= 30


def test_source_text_rebuilds_the_identical_caller(shipped: Persona, small: Persona) -> None:
    for persona in (shipped, small):
        again = loads(source_text(persona))
        assert again == persona
        assert again.repertoire == persona.repertoire
        assert source_text(again) == source_text(persona)


def test_a_caller_can_extend_another_and_change_what_it_likes(tmp_path: Path) -> None:
    file = tmp_path / "louder.yaml"
    file.write_text("format: 1\nid: louder\nextends: double_charge\ntemper: {start: 9}\nlines: {opening: [Hey!]}\n")
    louder, quieter = load(file), load("double_charge")
    assert (louder.id, louder.name, louder.temper.start) == ("louder", "Dana Kowalski", 9)
    assert louder.temper.patience == quieter.temper.patience
    assert louder.wants == quieter.wants
    assert louder.lines.opening == {"any": ("Hey!",)}
    assert louder.inherited_lines[0] == quieter.lines


def test_own_folders_come_before_the_shipped_callers(tmp_path: Path, small_text: str) -> None:
    (tmp_path / "double_charge.yaml").write_text(small_text.replace("id: small", "id: double_charge"))
    assert load("double_charge", [tmp_path]).name == "Mo Ray"
    listed = {summary.id: summary for summary in list_personas([tmp_path])}
    assert listed["double_charge"].path == str(tmp_path / "double_charge.yaml")
    assert "cancelled_flight" in listed


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "caller.yaml"
    file.write_text("format: 1\nid: twice\nextends: double_charge\nname: Ann Lee\n", encoding="utf-8")
    assert load(file).name == "Ann Lee"
    file.write_text("format: 1\nid: twice\nextends: double_charge\nname: Bo Reed\n", encoding="utf-8")
    assert load(file).name == "Bo Reed"
    assert load("double_charge").name == load("double_charge").name != "Bo Reed"


def test_the_same_text_is_the_same_data_whatever_was_done_to_the_first(small_text: str) -> None:
    first, again = read_tree(small_text, "a.yaml"), read_tree(small_text, "a.yaml")
    assert first == again
    first.data["lines"] = first.data["temper"] = None
    first.places.clear()
    assert read_tree(small_text, "a.yaml") == again


def test_the_same_text_under_another_name_has_places_of_its_own() -> None:
    text = "format: 1\nid: x\nid: y\n"
    assert [str(read_tree(text, name).problems[0].where) for name in ("a.yaml", "b.yaml")] == ["a.yaml:3", "b.yaml:3"]


def test_an_override_replaces_only_what_it_names(small_text: str) -> None:
    text = small_text + "temper:\n  reliefs: {apologize: {gain: 0.1}}\n  provocations: {doubt: {gain: 2.0}}\n"
    temper = loads(text).temper.to_temper()
    assert temper.relief("apologize") == RELIEFS["apologize"].__class__(0.1, 0.05, 0.35, 0.4)
    assert temper.provocation("doubt") == PROVOCATIONS["doubt"].__class__(2.0)
    assert temper.relief("offer") == RELIEFS["offer"]


def test_own_lines_with_slots_are_filled_and_shared_ones_that_cannot_be_are_left_out(small_text: str) -> None:
    text = small_text + '  demand: ["I ordered {lamps} lamps from {company}, and I am {name}."]\n'
    texts = loads(text).repertoire.texts()
    assert "I ordered three lamps from Brightly, and I am Mo Ray." in texts


# ------------------------------------------------------------------------------------------------------- what is wrong

MISTAKES = {
    "unknown field": ("id: small", "id: small\npatiense: 2", "patiense", "unknown field `patiense`"),
    "unknown field deep": ("wanted: [{name: new_lamps,", "wanted: [{nam: new_lamps,", "nam:", "did you mean `name`?"),
    "unknown move": ("  opening:", "  opning: [Hi]\n  opening:", "opning", "did you mean `opening`?"),
    "unknown band": (
        '  opening: ["Hello, this is Mo."]',
        "  opening: {angri: [Hi]}",
        "angri",
        "cannot be a key here; use 'any'",
    ),
    "unknown id": ("  opening:", "  react: {apologise: [Hm.]}\n  opening:", "apologise", "did you mean `apologize`?"),
    "unknown override": ("lines:", "temper: {reliefs: {lisen: {gain: 1}}}\nlines:", "lisen", "did you mean `listen`?"),
    "override of the wrong kind": (
        "lines:",
        "temper: {reliefs: {doubt: {gain: 1}}}\nlines:",
        "doubt:",
        "put it under `provocations`",
    ),
    "number out of range": ("lines:", "temper:\n  start: 11\nlines:", "start: 11", "it must be at most 10"),
    "number below range": ("lines:", "temper:\n  patience: 0.1\nlines:", "patience", "it must be at least 0.5"),
    "words for a number": ("lines:", "temper:\n  start: very\nlines:", "start: very", "write a number"),
    "part of a level": ("lines:", "temper:\n  abuse_level: 1.5\nlines:", "abuse_level", "write a whole number"),
    "not a number at all": ("lines:", "temper:\n  start: .nan\nlines:", "start: .nan", "write a number"),
    "number for words": ("name: Mo Ray", "name: 17", "name: 17", "put numbers in quotes"),
    "list for words": ("name: Mo Ray", "name: [Mo, Ray]", "name: [Mo", "`name` cannot be a list"),
    "words for a mapping": ("lines:", "temper: hot\nlines:", "temper: hot", "write `key: value` lines below it"),
    "empty value": ("name: Mo Ray", "name:", "name:", "`name` cannot be empty"),
    "empty line": ('["Hello, this is Mo."]', '["Hello.", ""]', "opening:", "cannot be empty"),
    "bad id": ("id: small", "id: Small Caller", "id: Small", "it must match"),
    "bad language": ("id: small", "id: small\nlanguage: english", "language", "it must match"),
    "newer format": ("format: 1", "format: 2", "format: 2", "get a newer voicecoach"),
    "older format": ("format: 1", "format: 0", "format: 0", "voicecoach persona migrate caller.yaml"),
    "unknown format": ("format: 1", "format: one", "format: one", "write `format: 1`"),
    "no format": ("format: 1\n", "", "id: small", "has no format; write `format: 1`"),
    "missing field": ("title: A lamp that came broken\n", "", "format", "`title` is missing; add `title:`"),
    "missing field deep": ('said: ["Two two nine."], ', "", "order:", "`said` is missing in `facts.order`"),
    "unknown parent": ("extends: _common", "extends: _comon", "_comon", "there is no persona `_comon` to extend"),
    "parent not a name": ("extends: _common", "extends: [_common]", "extends", "write the id of a persona"),
    "no lines at all": ("extends: _common\n", "", "lines:", "add `extends: _common`"),
    "slot that nothing fills": ('"Hello, this is Mo."', '"I ordered {lamp}."', "I ordered", "did you mean `lamps`?"),
    "answer without the fact": ("  opening:", "  answer: [Hm.]\n  opening:", "answer: [Hm", "{said} is missing"),
    "call slot elsewhere": ('"Hello, this is Mo."', '"I waited {waited}."', "I waited {", "it is only for hold_back"),
    "override of the protocol": (
        "lines:",
        "temper: {reliefs: {set_boundary: {gain: 1}}}\nlines:",
        "set_boundary",
        "unknown id `set_boundary`",
    ),
    "bracket left open": (
        '"Hello, this is Mo."',
        '"[Hello|Hi, this is Mo."',
        "[Hello",
        "a bracket without its partner",
    ),
    "fact under a taken name": ("  day:", "  company:", "  company: {value", "a fact cannot be called `company`"),
    "two remedies of one name": ("{name: refund,", "{name: new_lamps,", "accepted:", "two remedies are called"),
    "key twice": ("name: Mo Ray", "name: Mo Ray\nname: Jo Ray", "name: Jo", "`name` stands here twice"),
    "alias": ("name: Mo Ray", "name: &n Mo Ray\ntitle2: *n", "title2", "`*n` points elsewhere"),
    "code": ("name: Mo Ray", 'name: !!python/name:os.system "x"', "python/name", "unusual tag"),
    "not YAML": ("name: Mo Ray", "name: Mo: Ray", "name: Mo:", "is not YAML"),
    "resolved field by hand": ("lines:", "inherited_lines: []\nlines:", "inherited_lines", "use `extends`"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_a_remedy(mistake: str, small_text: str) -> None:
    before, after, at, said = MISTAKES[mistake]
    text = small_text.lstrip()
    assert before in text
    text = text.replace(before, after, 1)
    message = wrong(text)
    assert said in message
    assert message.startswith(f"caller.yaml:{line_of(text, at)}: ")
    assert "; " in message, "a remedy"
    assert "\n" not in message


def test_everything_wrong_with_a_file_is_told_at_once_and_nothing_else(small_text: str) -> None:
    text = small_text.lstrip()
    for before, after in (
        ("format: 1", "fromat: 1"),
        ("title: A lamp that came broken\n", ""),
        ("value: Tuesday", "value: 2"),
        ("asked_by: [how many lamps]", "askd_by: [how many lamps]"),
        ("name: voucher", "name: Vou cher"),
        ('"Hello, this is Mo."', '"Hello from {nowhere}, on {day}."'),
    ):
        assert before in text
        text = text.replace(before, after)
    text += "  react: {apologise: [Hm.]}\ntemper: {start: hot, start: 12, patience: 1}\n"
    told = [str(error).removeprefix("caller.yaml:") for error in examine_text(text, "caller.yaml").errors]
    at = {words: line_of(text, words) for words in ("fromat", "askd_by", "Vou cher", "{nowhere}", "apologise", "hot")}
    for expected in (
        f"{at['hot']}: `start` stands here twice",
        "1: has no format",
        "1: `title` is missing",
        f"{at['fromat']}: unknown field `fromat`; did you mean `format`?",
        f"{line_of(text, 'value: 2')}: `facts.day.value` cannot be 2",
        f"{at['askd_by']}: unknown field `askd_by`; did you mean `asked_by`?",
        f"{at['Vou cher']}: `wants.refused.0.name` cannot be 'Vou cher'",
        f"{at['{nowhere}']}: nothing fills {{nowhere}}",
        f"{at['apologise']}: unknown id `apologise`; did you mean `apologize`?",
        f"{at['hot']}: `temper.start` cannot be 12",
    ):
        (found,) = [message for message in told if message.startswith(expected)]
        told.remove(found)
    assert not told


def test_a_mistake_in_an_inherited_file_is_told_with_that_file(tmp_path: Path, small_text: str) -> None:
    (tmp_path / "_mine.yaml").write_text("format: 1\nextends: _common\nlines:\n  react:\n    emphasize: [Oh.]\n")
    (tmp_path / "small.yaml").write_text(small_text.replace("extends: _common", "extends: _mine"))
    with pytest.raises(PersonaError, match=r"_mine\.yaml:5: unknown id `emphasize`; did you mean `empathize`"):
        load("small", [tmp_path])


def test_a_circle_of_files_is_told(tmp_path: Path) -> None:
    for own, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{own}.yaml").write_text(f"format: 1\nid: {own}\nextends: {other}\n")
    with pytest.raises(PersonaError, match=r"b\.yaml:3: extends itself: a -> b -> a"):
        load(tmp_path / "a.yaml")


def test_an_unknown_caller_is_told_with_the_nearest_one() -> None:
    with pytest.raises(PersonaError, match="there is no persona `double_charg`; did you mean `double_charge`"):
        load("double_charg")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(PersonaError, match="there is no such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(PersonaError, match="cannot be read"):
        load(tmp_path)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"format: 1\nname: \xff\xfe\n")
    with pytest.raises(PersonaError, match=r"binary\.yaml:2: is not UTF-8"):
        load(binary)
    huge = tmp_path / "huge.yaml"
    huge.write_text("#" * (SIZE_LIMIT_BYTES + 1))
    with pytest.raises(PersonaError, match="is larger than 256 KiB"):
        load(huge)


@pytest.mark.parametrize("text", ["", "# nothing", "- a\n- list", "just words", "17"])
def test_a_file_that_is_no_mapping_is_told(text: str) -> None:
    assert "the top must be `key: value` lines" in wrong(text)


def test_a_bottomless_file_is_told() -> None:
    assert "is nested more than 16 deep" in wrong("a: " + "[" * 40 + "]" * 40)


def test_a_broken_source_text_is_told() -> None:
    assert "is not JSON" in wrong('{"format": 1,')
    assert "`id` is missing" in wrong('{"format": 1}')


@given(st.text(max_size=200))
def test_no_text_whatever_ends_in_anything_but_a_persona_or_a_persona_error(text: str) -> None:
    with pytest.raises(PersonaError):
        loads(text)
