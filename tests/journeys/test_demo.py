"""Whole calls by voice: rendered by pyttsx3, recognised by Vosk on the model made here. The golden journeys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

PROGRAM = [str(Path(sys.executable).with_name("voicecoach"))]


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VOICECOACH_HOME": str(home), "COLUMNS": "80"}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, env=environment, check=False)


def demo(home: Path, *arguments: str) -> dict[str, Any]:
    played = run(home, "demo", "--silent", "--json", *arguments)
    assert played.returncode == 0, played.stderr
    result: dict[str, Any] = json.loads(played.stdout)
    return result


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("home")
    return home, demo(home)


def ids_of(result: dict[str, Any]) -> set[str]:
    return {d["id"] for turn in result["turns"] for d in turn["detections"]}


def test_the_good_call_ends_resolved(good: tuple[Path, dict[str, Any]]) -> None:
    _, result = good
    assert result["outcome"] == "resolved"
    angers = [point["anger"] for point in result["anger"]]
    assert angers[0] >= 7.5
    assert angers[-1] <= 3.0
    wanted = {"listen", "empathize", "apologize", "own", "state_action", "timeframe", "check_satisfaction"}
    assert wanted <= ids_of(result)
    assert all(result["score"]["steps"].values())


def test_the_trainee_was_really_heard(good: tuple[Path, dict[str, Any]]) -> None:
    _, result = good
    heard = " ".join(turn["text"] for turn in result["turns"] if turn["who"] == "trainee").split()
    script = (Path(__file__).parents[2] / "voicecoach" / "commands" / "demo_well.yaml").read_text(encoding="utf-8")
    said = set("".join(c if c.isalpha() or c == "'" else " " for c in script.lower()).split())
    right = sum(word in said for word in heard)
    assert right >= 0.85 * len(heard)
    assert len(heard) >= 50


def test_both_sides_are_on_the_recording(good: tuple[Path, dict[str, Any]]) -> None:
    home, result = good
    (recording,) = home.glob("calls/*/recording.flac")
    sound, rate_hz = soundfile.read(recording, dtype="float32")
    assert rate_hz == 16_000
    assert sound.shape[1] == 2
    for who, side in (("trainee", 0), ("caller", 1)):
        for turn in (t for t in result["turns"] if t["who"] == who and not t["cut_off"]):
            spoken = sound[int(turn["start"] * rate_hz) : int(turn["end"] * rate_hz), side]
            assert np.sqrt(np.mean(spoken**2)) > 0.01, f"{who} is not heard at {turn['start']}"


def test_the_bad_call_ends_in_a_hang_up(tmp_path: Path) -> None:
    result = demo(tmp_path, "--badly")
    assert result["outcome"] == "caller_hangs_up"
    assert {"interrupt", "calm_down"} <= ids_of(result)
    assert result["score"]["good"] is False


def test_a_call_replays_to_the_bit(good: tuple[Path, dict[str, Any]]) -> None:
    home, result = good
    replayed = run(home, "replay", "last", "--json")
    assert replayed.returncode == 0, replayed.stderr
    again = json.loads(replayed.stdout)
    assert again.pop("identical") is True
    assert again == result


def test_the_same_call_under_another_caller_has_another_curve(good: tuple[Path, dict[str, Any]]) -> None:
    home, result = good
    other = json.loads(run(home, "replay", "last", "--persona", "cancelled_flight", "--json").stdout)
    assert other["identical"] is False
    assert [p["anger"] for p in other["anger"]] != [p["anger"] for p in result["anger"]]


def test_review_tells_the_call_on_eighty_columns_and_without_colour(good: tuple[Path, dict[str, Any]]) -> None:
    home, _ = good
    told = run(home, "review")
    assert told.returncode == 0, told.stderr
    assert "\x1b" not in told.stdout
    for needed in ("CALLER", "YOU", "anger", "empathize", "Outcome", "resolved"):
        assert needed in told.stdout


def test_history_lists_the_call(good: tuple[Path, dict[str, Any]]) -> None:
    home, _ = good
    told = json.loads(run(home, "history", "--json").stdout)
    assert [row["outcome"] for row in told["calls"]] == ["resolved"]
