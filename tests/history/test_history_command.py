"""`voicecoach history` as a person meets it: a table, an object, a page; nothing in a name is ever obeyed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]
HOSTILE = '<script>alert("x")</script>\x1b[31m=1+1'
BAD = ("calm down", "there is nothing i can do")

Take = Callable[..., Path]


def run(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VOICECOACH_HOME": str(home), "COLUMNS": "80", **variables}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def twelve(take: Take, home: Path) -> Path:
    """Twelve calls on twelve days, the first six without any empathy."""
    first = take("2026-01-01_093005_double_charge", BAD, trainee=HOSTILE)
    for day in range(2, 7):
        _copy(first, f"2026-01-{day:02}_093005_double_charge")
    second = take("2026-02-01_093005_double_charge", trainee="Kim")
    for day in range(2, 7):
        _copy(second, f"2026-02-{day:02}_093005_double_charge")
    return home


def _copy(folder: Path, name: str) -> None:
    text = (folder / "journal.jsonl").read_text(encoding="utf-8").replace(folder.name[:10], name[:10])
    (folder.parent / name).mkdir()
    (folder.parent / name / "journal.jsonl").write_text(text, encoding="utf-8")


def test_the_table(twelve: Path) -> None:
    told = run(twelve, "history")
    assert told.returncode == 0 and told.stderr == ""
    assert told.stdout.startswith("12 calls, 2026-01-01 to 2026-02-06\n")
    assert "\x1b" not in told.stdout
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("empathize")]
    assert line.split()[1:6] == ["6/12", "50%", "25..75", "%", "too"] or "too few" in line
    assert "too few to tell" in told.stdout, "six and six are too few for a before and a since"
    assert "one change in twenty" in told.stdout


def test_the_object(twelve: Path) -> None:
    told = json.loads(run(twelve, "history", "--json").stdout)
    assert [call["day"] for call in told["calls"]] == sorted(call["day"] for call in told["calls"])
    assert told["count"] == len(told["calls"]) == 12
    by_id = {each["id"]: each for each in told["techniques"]}
    empathize = by_id["empathize"]
    assert (empathize["whole"]["done"], empathize["whole"]["due"]) == (6, 12)
    assert 0.2 < empathize["whole"]["low"] < 0.5 < empathize["whole"]["high"] < 0.8
    assert [each["month"] for each in empathize["months"]] == ["2026-01", "2026-02"]
    assert {"id": "calm_down", "calls": 6, "count": 6} in told["mistakes"]


def test_filters(twelve: Path) -> None:
    told = json.loads(run(twelve, "history", "--json", "--trainee", "Kim", "--since", "2026-02-03").stdout)
    assert told["count"] == 4
    shown = run(twelve, "history", "--technique", "timeframe", "--last", "2").stdout
    assert "6 calls in which timeframe was due, 2026-02-01 to 2026-02-06; the last 2" in shown
    assert "By month" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since", "yesterday"], "--since 'yesterday' is no day"),
        (["--technique", "empathise"], "did you mean empathize?"),
        (["--technique", "hold"], "hold is a mistake"),
        (["--database", "nonsense"], "the database is no URL"),
        (["--html", "/nowhere/at/all.html"], "the page cannot be written"),
    ],
)
def test_wrong_words_are_one_line(words: list[str], told: str, home: Path) -> None:
    done = run(home, "history", *words)
    assert done.returncode == 2
    assert told in done.stderr and done.stderr.count("\n") == 1


def test_without_calls(home: Path) -> None:
    assert run(home, "history").stdout == "No calls yet. Take one: voicecoach call\n"
    assert json.loads(run(home, "history", "--json").stdout)["calls"] == []


def test_a_broken_and_a_missing_journal_are_told_beside(twelve: Path) -> None:
    run(twelve, "history")
    (twelve / "calls" / "2026-01-01_093005_double_charge" / "journal.jsonl").write_text("rubbish\n")
    (twelve / "calls" / "2026-01-02_093005_double_charge" / "journal.jsonl").unlink()
    told = run(twelve, "history")
    assert told.returncode == 0
    assert "2026-01-01_093005_double_charge/journal.jsonl:1: not a line of a journal" in told.stderr
    assert "a call is known whose journal is gone, such as 2026-01-02" in told.stderr
    told = run(twelve, "history", "--rebuild")
    assert "is gone" not in told.stderr
    assert told.stdout.startswith("10 calls")


def test_a_call_is_in_the_history_once_it_is_over(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "turns.yaml"
    script.write_text("turns:\n  - say: i am so sorry\n", encoding="utf-8")
    call = ["call", "--script", str(script), "--json"]
    run(home, *call)
    assert not (home / "history.sqlite").exists(), "the first history begins it"
    run(home, "history")
    run(home, *call)
    with closing(sqlite3.connect(home / "history.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM calls").fetchone() == (2,)
    (home / "history.sqlite").write_bytes(b"rubbish" * 1000)
    told = run(home, *call)
    assert told.returncode == 0
    assert "The call is kept, and not yet in the history" in told.stderr
    assert json.loads(told.stdout)["outcome"]


class Page(HTMLParser):
    """What a browser would make of it, as far as it matters here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_a_name_and_runs_nothing(twelve: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    done = run(twelve, "history", "--html", str(path))
    assert done.returncode == 0 and done.stdout == ""
    page = Page(path.read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert '<script>alert("x")</script>' in page.text
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href")]
    assert {"table", "main", "h1"} <= set(page.tags)
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
