"""Script files: what may stand in them, and what a person is told when something else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.call.script import (
    CoachTurn,
    HangUpTurn,
    HoldTurn,
    SayTurn,
    SilenceTurn,
    load_script,
    parse_script,
)
from voicecoach.errors import ScriptError


def test_every_kind_of_turn() -> None:
    turns = parse_script(
        """
turns:
  - say: "I hear you."
  - {say: go on, after: 0, interrupt: true, raised: true}
  - hold: 20
  - silence: 6.5
  - coach: {act: nudge, value: 2}
  - hang_up: true
""",
        "a.yaml",
    )
    assert turns == (
        SayTurn("I hear you."),
        SayTurn("go on", 0.0, True, True),
        HoldTurn(20.0),
        SilenceTurn(6.5),
        CoachTurn("nudge", 2.0),
        HangUpTurn(),
    )


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("turns:\n  - say: hi\n    aftr: 2\n", 3, "did you mean `after`?"),
        ("turns:\n  - sai: hi\n", 2, "did you mean `say`?"),
        ("turns:\n  - say: hi\n  - say: ''\n", 3, "say must be words"),
        ("turns:\n  - say: hi\n  - hold: soon\n", 3, "hold must be seconds"),
        ("turns:\n  - silence: -1\n", 2, "silence must be seconds"),
        ("turns:\n  - silence: .inf\n", 2, "silence must be seconds"),
        ("turns:\n  - say: hi\n    interrupt: maybe\n", 2, "interrupt must be true or false"),
        ("turns:\n  - hello\n", 2, "a turn cannot be 'hello'"),
        ("turns:\n  - coach: {act: shout}\n", 2, "coach needs an act"),
        ("turns:\n  - coach: {act: nudge, value: .nan}\n", 2, "coach takes a number as value"),
        ("turns:\n  - coach: {act: back, value: 1.5}\n", 2, "back needs the number of a turn"),
        ("turns:\n  - coach: {act: overrule, text: hold}\n", 2, "overrule needs the number of a turn"),
        ("turns: hi\n", 1, "has no list `turns:`"),
        ("turns: []\nmore: 1\n", 2, "unknown key `more`"),
        ("turns:\n  - say: [\n", 3, "is not YAML"),
        ("turns:\n  - say: hi\n    say: ho\n", 3, "is not YAML"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, line: int, told: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(text, "a.yaml")
    assert str(caught.value).startswith(f"a.yaml:{line}: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot be read"):
        load_script(tmp_path / "none.yaml")
    with pytest.raises(ScriptError, match="cannot be read"):
        load_script(tmp_path)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00turns")
    with pytest.raises(ScriptError, match="not UTF-8"):
        load_script(binary)
    large = tmp_path / "large.yaml"
    large.write_text("turns:\n" + "  - say: hi\n" * 40_000, encoding="utf-8")
    with pytest.raises(ScriptError, match="larger than"):
        load_script(large)


def test_yaml_runs_no_code() -> None:
    with pytest.raises(ScriptError):
        parse_script('turns:\n  - say: !!python/object/apply:os.system ["true"]\n', "a.yaml")
