"""`voicecoach detect` and a coach's own techniques, as people meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]

TRANSCRIPT = """\
Call 4711, in May

[00:00] Agent: Thank you for calling, how can I help?
[00:04] Customer: You charged me twice and now my rent
  bounced!
[00:12] Agent I'm so sorry about that, but you need to calm down.
CUSTOMER> Don't tell me to calm down!
AGENT> Leave it with me, I'll refund it by five today.
"""

OWN = """\
format: 1
techniques:
  thank: {phrases: [cheers for holding the line]}
  direct_line:
    kind: technique
    title: Give your direct line
    step: action
    tip: A number that leads to you tells the caller that you mean it.
    say: [My direct line is on the email., You reach me myself on this number.]
    weight: 1.2
    phrases: [my direct line]
  say_policy:
    kind: mistake
    title: Saying policy
    tip: Nobody was ever calmed by a policy.
    say: [Here is what I can do., Let me see what is possible.]
    weight: 1.5
    phrases: [says page nine]
"""

SCRIPT = """\
turns:
  - say: "This is my direct line, cheers for holding the line."
  - say: "That is what it says page nine."
  - hang_up: true
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "turns.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def run(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VOICECOACH_HOME": str(home)}
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, text=True, env=environment, check=False
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("voicecoach: ")
    return line


def test_a_transcript_is_judged_turn_by_turn_and_who_is_who_is_told(home: Path) -> None:
    done = run(home, "detect", stdin=TRANSCRIPT)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert told[0] == "Trainee: Agent. Caller: Customer. Guessed; --agent NAME says who the trainee is."
    assert "Customer: You charged me twice and now my rent bounced!" in told
    assert any(line.startswith("    + apologize") for line in told)
    assert any(line.startswith("    - calm_down") and '"calm down.' in line for line in told)
    assert "\x1b" not in done.stdout and "4711" not in done.stdout


def test_a_transcript_in_a_file_as_json(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text(TRANSCRIPT, encoding="utf-8")
    done = run(home, "detect", str(file), "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["line"] for row in rows] == [3, 6, 8]
    assert rows[1]["context"] == "You charged me twice and now my rent bounced!"
    assert {"apologize", "calm_down"} <= {label["id"] for label in rows[1]["labels"]}
    assert rows[2]["context"] == "Don't tell me to calm down!"
    assert done.stderr.startswith("Trainee: Agent.")


def test_the_trainee_can_be_named(home: Path) -> None:
    done = run(home, "detect", "--agent", "customer", "--json", stdin=TRANSCRIPT)
    assert [json.loads(line)["who"] for line in done.stdout.splitlines()] == ["Customer", "Customer"]
    assert "nobody is called 'Eve' here; the speakers are Agent, Customer" in refused(
        run(home, "detect", "--agent", "Eve", stdin=TRANSCRIPT)
    )


def test_what_cannot_be_read_is_told_in_one_line(home: Path, tmp_path: Path) -> None:
    assert "cannot be read" in refused(run(home, "detect", str(tmp_path / "nowhere.txt")))
    assert "standard input:1: not a JSON object" in refused(run(home, "detect", "--json", stdin="hello\n"))
    closed = subprocess.run(
        f"{PROGRAM[0]} detect <&-", shell=True, capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert "there is no standard input" in refused(closed)


def test_phrases_of_ones_own_are_heard_from_a_file_or_from_the_home(home: Path, own: Path) -> None:
    line = json.dumps({"context": "", "text": "This is my direct line."}) + "\n"
    assert "direct_line" not in run(home, "detect", "--json", stdin=line).stdout
    told = run(home, "detect", "--json", "--techniques", str(own), stdin=line)
    assert {"id": "direct_line", "words": "my direct line.", "confidence": 0.9} in json.loads(told.stdout)["labels"]
    home.mkdir()
    (home / "techniques.yaml").write_text(OWN, encoding="utf-8")
    assert "direct_line" in run(home, "detect", "--json", stdin=line).stdout
    assert "- say_policy" in run(home, "detect", stdin="It says page nine.\n").stdout


def test_a_call_knows_them_and_its_journal_does_too(home: Path, own: Path, script: Path) -> None:
    done = run(home, "call", "--script", str(script), "--techniques", str(own))
    assert done.returncode == 0, done.stderr
    for needed in (
        "+ direct line",
        "+ thank",
        "- say policy",
        "thank x1",
        "direct line x1",
        "say policy x1",
    ):
        assert needed in done.stdout
    assert "Next time  Instead of: Saying policy. Nobody was ever calmed by a policy." in done.stdout
    assert "For instance: Here is what I can do." in done.stdout
    own.unlink()  # the journal has it all
    reviewed = run(home, "review", "--json")
    score = json.loads(reviewed.stdout)["score"]
    assert score["mistakes"][0]["id"] == "say_policy"
    moved = {point["cause"]: point["delta"] for point in json.loads(reviewed.stdout)["anger"]}
    assert moved["direct_line"] < 0 < moved["say_policy"]
    assert json.loads(run(home, "replay", "--json").stdout)["identical"] is True
    assert "Saying policy" in run(home, "review").stdout


def test_a_mistake_in_them_is_told_with_its_line(home: Path, own: Path, script: Path) -> None:
    own.write_text(OWN.replace("weight: 1.2", "weight: heavy"), encoding="utf-8")
    for command in (["detect"], ["call", "--script", str(script)]):
        told = refused(run(home, *command, "--techniques", str(own), stdin="hello\n"))
        assert f"{own}:10: `techniques.direct_line.weight` cannot be 'heavy'; write a number" in told


def test_the_summary_quotes_the_caller_and_speaks_of_this_call(home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text('turns:\n  - say: "You need to calm down."\n  - hang_up: true\n', encoding="utf-8")
    done = run(home, "call", "double_charge", "--script", str(bad))
    told = [line.strip() for line in done.stdout.splitlines()]
    at = next(i for i, line in enumerate(told) if line.startswith("Next time  Instead of: Telling them to calm down."))
    assert told[at + 1].startswith('You heard: "')
    assert told[at + 2] == "For instance: No wonder that you are upset: you were charged twice."
    assert told[at + 3].startswith("Or: You have every reason to be angry")
