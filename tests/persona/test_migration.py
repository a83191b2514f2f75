"""Old files brought up to date with their comments, and fields of the author's own kept by all that writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from voicecoach.cli import app
from voicecoach.errors import PersonaError, StorageError, UsageError
from voicecoach.persona.file import FORMAT
from voicecoach.persona.loading import examine_text, loads, source_text
from voicecoach.persona.migration import STEPS, migrated_data, migrated_text
from voicecoach.persona.own_fields import with_own_fields, without_own_fields

DRAFT = """\
# a draft, jotted down
id: late_parcel   # as the file
extends: _short_fuse
name: Sam Ortiz
title: "A birthday present that never came"
briefing: {company: Swiftbox, you_are: a delivery agent, situation: The parcel was due.}
x-todo: {ask: Mara, by: Friday}
facts:
  # he was promised this
  due: Friday
  order:
    value: five five two nine
    said: ["Five five two nine."]   # from the email
wants:
  wanted: [a courier tomorrow]
  accepted: refund
lines:
  opening: "[Yeah, hi.|Hi.] Where's my parcel? It was due on {due}!"
"""


def test_a_draft_becomes_a_caller_that_plays() -> None:
    migrated = migrated_text(DRAFT, "late_parcel.yaml")
    persona = loads(migrated.text)
    assert migrated.format == 0
    assert persona.facts["due"].value == "Friday"
    assert [remedy.name for remedy in persona.wants.wanted + persona.wants.accepted] == ["a_courier_tomorrow", "refund"]
    assert "Hi. Where's my parcel? It was due on Friday!" in persona.repertoire.texts()


def test_comments_quotes_and_order_stay() -> None:
    text = migrated_text(DRAFT, "late_parcel.yaml").text
    for kept in (
        "# a draft, jotted down\nformat: 1\nid: late_parcel   # as the file\n",
        'title: "A birthday present that never came"',
        "# he was promised this",
        'said: ["Five five two nine."]   # from the email',
        "x-todo: {ask: Mara, by: Friday}",
    ):
        assert kept in text


def test_nobody_knows_this_field_and_it_is_kept_for_whoever_does() -> None:
    assert "colour: red" in migrated_text(DRAFT + "colour: red\n", "x").text


def test_what_was_done_is_told() -> None:
    done = " ".join(migrated_text(DRAFT, "x").done)
    for said in ("format: 1", "facts.due", "`a courier tomorrow`", "`refund`"):
        assert said in done


def test_a_file_that_is_up_to_date_is_not_touched(small_text: str) -> None:
    migrated = migrated_text(small_text, "small.yaml")
    assert (migrated.text, migrated.done) == (small_text, ())


def test_there_is_a_step_from_every_older_format() -> None:
    assert sorted(STEPS) == list(range(FORMAT))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: a\nformat: 7\n", "x.yaml:2: has format 7, and this voicecoach reads formats up to 1; get a newer"),
        ("format: one\n", "x.yaml:1: has format 'one'; write a number"),
        ("format: -1\n", "x.yaml:1: has format -1"),
        ("- a\n", "x.yaml:1: is not a persona"),
        ("a: b: c\n", "x.yaml:1: is not YAML"),
    ],
)
def test_what_cannot_be_brought_up_to_date_is_told(text: str, told: str) -> None:
    with pytest.raises(PersonaError) as caught:
        migrated_text(text, "x.yaml")
    assert str(caught.value).startswith(told)


def test_a_newer_format_is_the_only_thing_told_of_a_file() -> None:
    examined = examine_text("format: 2\nid: later\nwords: {}\n", "later.yaml")
    assert [str(error) for error in examined.errors] == [
        "later.yaml:1: has format 2, and this voicecoach reads formats up to 1; get a newer voicecoach for it"
    ]


def test_an_old_journal_is_brought_up_to_date_as_it_is_read(small_text: str) -> None:
    old = {"format": 0, "facts": {"due": "Friday"}, "wants": {"wanted": ["a refund"]}}
    assert migrated_data(old) == {
        "format": 1,
        "facts": {"due": {"value": "Friday", "said": ["Friday."], "heard_as": ["Friday"]}},
        "wants": {"wanted": [{"name": "a_refund", "words": ["a refund"]}]},
    }


# ------------------------------------------------------------------------------------------- fields of the author's own


def test_fields_of_the_authors_own_are_kept_wherever_they_stand(small_text: str) -> None:
    text = small_text.replace("id: small", "id: small\nx-owner: Mara").replace(
        "  opening:", "  x-parked: [Maybe later.]\n  opening:"
    )
    text = text.replace("{name: new_lamps,", "{name: new_lamps, x-stock: 12,")
    persona = loads(text)
    assert persona.own_fields == {
        "/x-owner": "Mara",
        "/lines/x-parked": ["Maybe later."],
        "/wants/wanted/0/x-stock": 12,
    }
    again = loads(source_text(persona))
    assert again == persona
    assert '"x-stock": 12' in source_text(again)
    assert "Maybe later." not in persona.repertoire.texts()


def test_they_are_not_inherited(tmp_path: Path, small_text: str) -> None:
    (tmp_path / "small.yaml").write_text(small_text.replace("id: small", "id: small\nx-owner: Mara"))
    persona = loads("format: 1\nid: other\nextends: small\n", folders=[tmp_path])
    assert persona.own_fields == {}


_KEYS = st.sampled_from(["x-a", "x-/b~c", "x-", "plain", "other"])
_TREES = st.dictionaries(
    _KEYS,
    st.recursive(
        st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner), max_leaves=8
    ),
)


@given(_TREES)
def test_taking_them_out_and_putting_them_back_changes_nothing(data: dict[str, object]) -> None:
    without, kept = without_own_fields(data)
    assert with_own_fields(without, kept) == data


# -------------------------------------------------------------------------------------------------------- the commands


def test_the_file_is_brought_up_to_date_in_place(tmp_path: Path) -> None:
    file = tmp_path / "late_parcel.yaml"
    file.write_text(DRAFT)
    result = CliRunner().invoke(app, ["persona", "migrate", str(file)])
    assert result.exit_code == 0
    assert file.read_text() == migrated_text(DRAFT, "x").text
    assert "facts.due: written out" in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["late_parcel.yaml"]
    again = CliRunner().invoke(app, ["persona", "migrate", str(file)])
    assert "is up to date" in again.stderr


def test_another_file_is_not_written_over_unasked(tmp_path: Path) -> None:
    file, other = tmp_path / "late_parcel.yaml", tmp_path / "other.yaml"
    file.write_text(DRAFT)
    other.write_text("mine")
    refused = CliRunner().invoke(app, ["persona", "migrate", str(file), "--out", str(other)])
    assert isinstance(refused.exception, UsageError)
    assert other.read_text() == "mine"
    written = CliRunner().invoke(app, ["persona", "migrate", str(file), "--out", str(other), "--force"])
    assert written.exit_code == 0
    assert file.read_text() == DRAFT


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["persona", "schema", "--out", str(tmp_path / "none" / "schema.json")])
    assert isinstance(result.exception, StorageError)
