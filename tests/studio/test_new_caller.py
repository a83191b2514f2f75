"""A new caller's file: plays as it stands, from every temper, from another caller, and from what was answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from voicecoach.cli import app
from voicecoach.commands import persona_new
from voicecoach.errors import PersonaError, UsageError
from voicecoach.persona.loading import examine_text, load, loads
from voicecoach.studio.check import check
from voicecoach.studio.new_caller import PRESETS, Answers, new_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*arguments: str, typed: str = "") -> str:
    result = CliRunner().invoke(app, ["persona", "new", *arguments], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.mark.parametrize("preset", PRESETS)
def test_a_file_made_from_any_temper_has_nothing_to_mend(preset: str, folder: Path) -> None:
    output = made("late_parcel", "--from", preset)
    file = folder / "late_parcel.yaml"
    assert "voicecoach persona check ./late_parcel.yaml" in output
    assert check(file, quick=True).findings == ()
    assert load(file).temper == loads(f"format: 1\nid: a\nextends: {preset}\n{_REST}").temper


_REST = """
name: A
title: B
briefing: {company: C, you_are: D, situation: E}
wants: {wanted: []}
lines: {opening: Hello.}
"""


def test_the_plain_one_passes_the_whole_strict_check(folder: Path) -> None:
    made("late_parcel", "--from", "short_fuse")
    report = check(folder / "late_parcel.yaml")
    assert report.holds(strict=True), "\n".join(map(str, report.findings))


def test_another_caller_is_copied_with_its_comments(folder: Path) -> None:
    made("louder", "--from", "cancelled_flight", "--out", "other.yaml")
    text = (folder / "other.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Begun from cancelled_flight.\n# A flight cancelled")
    louder = load(folder / "other.yaml")
    assert louder.id == "louder"
    assert louder.lines == load("cancelled_flight").lines


def test_what_is_answered_stands_in_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persona_new, "_somebody_to_ask", lambda: True)
    answers = ["wet_sofa", "9", "3", "Ida {Quill}", "", "a shop agent", 'The sofa is "wet"', "a new sofa", ""]
    made(typed="\n".join(answers) + "\n")
    persona = load(folder / "wet_sofa.yaml")
    assert (persona.name, persona.briefing.you_are) == ("Ida (Quill)", "a shop agent")
    assert persona.briefing.company == Answers("a").company
    assert persona.temper.hang_up_at == 9.0, "the third temper, _cold"
    assert persona.wants.wanted[0].words == ("a new sofa",)
    assert 'The sofa is "wet".' in persona.repertoire.texts()


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "late_parcel.yaml").write_text("mine")
    with pytest.raises(UsageError, match=r"late_parcel\.yaml is there already; give another id"):
        made("late_parcel", "--from", "cold")
    assert (folder / "late_parcel.yaml").read_text() == "mine"


@pytest.mark.parametrize("bad", ["Late", "9lives", "late-parcel", "_late", "../late", "späť", "late parcel"])
def test_a_bad_id_is_refused(bad: str, folder: Path) -> None:
    with pytest.raises(UsageError, match="cannot be an id; begin with a small letter"):
        made(bad, "--from", "cold")
    assert not list(folder.iterdir())


def test_without_a_terminal_it_has_to_be_said_what_to_start_from(folder: Path) -> None:
    with pytest.raises(UsageError, match="there is nobody to ask; start from something: --from short_fuse"):
        made("late_parcel")
    with pytest.raises(UsageError, match="has no id"):
        made("--from", "cold")
    with pytest.raises(PersonaError, match="there is no persona `colt`"):
        made("late_parcel", "--from", "colt")


_WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)
_TRAPS = st.sampled_from(
    ['"', "'", "\\", "null", "true", "~", "1.5", "a: b", "# x", "- a", "---", "%", "@x", "{}", "\ufeff"]
)
_ANSWER = _WORDS | _TRAPS


@settings(max_examples=40, deadline=None)
@example("0", "0", '"', '"', '"', '"')
@example("0", "0", ":", ";", "0", "0")
@example("\x85", "\x85", "\x85", "\x85", "\x85", "\x85")
@given(_ANSWER, _ANSWER, _ANSWER, _ANSWER, _ANSWER, _ANSWER)
def test_whatever_is_answered_the_file_can_be_read(
    name: str, happened: str, wanted: str, accepted: str, you_are: str, company: str
) -> None:
    answers = Answers(
        "mine", name=name, happened=happened, wanted=wanted, accepted=accepted, you_are=you_are, company=company
    )
    assert examine_text(new_text(answers, "mine.yaml"), "mine.yaml").errors == ()


@pytest.mark.parametrize("word", ["null", "true", "on", "off"])
def test_an_id_that_yaml_takes_for_something_else_stays_a_name(word: str) -> None:
    assert examine_text(new_text(Answers(word), "mine.yaml"), "mine.yaml").errors == ()
