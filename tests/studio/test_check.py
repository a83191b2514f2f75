"""`persona check` as an author uses it: what it takes, prints and ends with; and every shipped caller holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicecoach.cli import app
from voicecoach.errors import PersonaError
from voicecoach.persona.loading import file_of, list_personas
from voicecoach.studio.check import check

GOOD = "format: 1\nid: good\nextends: double_charge\n"
WARNED = f"{GOOD.replace('good', 'warned')}lines: {{opening: [I paid $5.]}}\n"
WRONG = f"{GOOD.replace('good', 'wrong')}mood: bad\nvoice: {{rate_wpm: fast}}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["persona", "check", *arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("good", GOOD), ("warned", WARNED), ("wrong", WRONG), ("_shared", "format: 1\n")):
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", [summary.id for summary in list_personas()])
def test_every_shipped_caller_passes_the_strict_check(name: str) -> None:
    report = check(file_of(name))
    assert report.holds(strict=True), "\n".join(map(str, report.findings))


def test_warnings_fail_only_a_strict_check_and_errors_always(folder: Path) -> None:
    codes = {name: run(f"{name}.yaml", "--quick").exit_code for name in ("good", "warned", "wrong")}
    assert codes == {"good": 0, "warned": 0, "wrong": 1}
    assert run("warned.yaml", "--quick", "--strict").exit_code == 1
    assert run("good.yaml", "--quick", "--strict").exit_code == 0


def test_a_folder_is_every_caller_in_it(folder: Path) -> None:
    result = run(".", "--quick")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "good: nothing to mend (no golden calls)"
    assert lines[1].startswith("warned.yaml:4: warning: `$` is not spoken well")
    assert lines[2].startswith("wrong.yaml:4: error: unknown field `mood`")
    assert lines[3] == "wrong.yaml:5: error: `voice.rate_wpm` cannot be 'fast'; write a whole number"
    assert lines[4] == "2 of 3 hold: 2 errors, 1 warning, 0 notes"


def test_as_json_every_finding_has_its_place_and_its_remedy(folder: Path) -> None:
    result = run("wrong.yaml", "--quick", "--json")
    told = json.loads(result.stdout)
    (persona,) = told["personas"]
    assert (persona["id"], told["errors"], told["warnings"]) == ("wrong", 2, 0)
    first = persona["findings"][0]
    assert (first["line"], first["severity"], first["kind"]) == (4, "error", "file")
    assert first["what"] and first["fix"] and first["file"].endswith("wrong.yaml")


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("none.yaml", "there is no such file"),
        ("nobody", "there is no persona `nobody`"),
        ("_shared.yaml", "is only inherited; check a caller that extends it"),
        ("./empty", "there is no persona in this folder"),
    ],
)
def test_what_cannot_be_checked_is_told(named: str, told: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run(named)
    assert isinstance(result.exception, PersonaError)
    assert told in str(result.exception)


def test_the_shared_file_is_named_where_the_mistake_is_in_it(folder: Path) -> None:
    (folder / "_shared.yaml").write_text("format: 1\nextends: _common\ntemper:\n  startt: 5\n")
    (folder / "mine.yaml").write_text(GOOD.replace("good", "mine").replace("double_charge", "_shared"))
    output = run("mine.yaml", "--quick").output
    assert "_shared.yaml:4: error: unknown field `startt`; did you mean `start`?" in output
    assert "mine.yaml:1: error: `briefing` is missing" in output
