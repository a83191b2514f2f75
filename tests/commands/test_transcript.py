"""Plain-text transcripts: who speaks, what they say, and who of them is the trainee."""

from __future__ import annotations

import pytest

from voicecoach.commands.transcript import Said, read_transcript
from voicecoach.errors import UsageError


def read(text: str, agent: str = "") -> list[tuple[str, str]] | None:
    found = read_transcript(text.splitlines(), agent)
    return None if found is None else [(turn.who, turn.text) for turn in found.turns]


@pytest.mark.parametrize(
    "line",
    [
        "Agent: calm down",
        "Agent : calm down",
        "AGENT> calm down",
        "Agent - calm down",
        "Agent | calm down",
        "agent\t: calm down",
        "[00:12] Agent calm down",
        "[00:12] Agent: calm down",
        "00:01:12 Agent: calm down",
        "(00:12.5) AGENT> calm down",
        "Agent (00:12): calm down",
        "Agent [00:12]: calm down",
        "**Agent:** calm down",
        "- Agent: calm down",
        "Agent 1: calm down",
        "Support Agent: calm down",
        "Customer Service Rep: calm down",
        "Dana (Agent): calm down",
    ],
)
def test_a_speaker_and_the_words(line: str) -> None:
    found = read_transcript([line, "Customer: never"])
    assert found is not None
    assert (found.turns[0].text, found.trainee) == ("calm down", found.turns[0].who)
    assert found.callers == ("Customer",)


def test_lines_without_a_speaker_go_on_and_those_before_the_first_are_a_heading() -> None:
    text = "Call 12, in May\n\nCaller: You charged me\n  twice and now\n\n  my rent bounced.\nAgent: Oh no.\n"
    found = read_transcript(text.splitlines())
    assert found is not None
    assert found.turns == (
        Said(3, "Caller", "You charged me twice and now my rent bounced."),
        Said(7, "Agent", "Oh no."),
    )


def test_upper_and_lower_case_are_one_speaker() -> None:
    assert read("Agent: a b\nCUSTOMER: c\nAGENT: d\n") == [("Agent", "a b"), ("CUSTOMER", "c"), ("Agent", "d")]


@pytest.mark.parametrize(
    ("text", "trainee"),
    [
        ("Customer: hi\nTom: hello\n", "Tom"),
        ("Tom: hello\nCustomer: hi\n", "Tom"),
        ("Agent: hello\nDana: hi\n", "Agent"),
        ("YOU: hello\nCALLER: hi\n", "YOU"),
        ("Tom: Thank you for calling, how can I help?\nDana: You charged me!\nTom: Oh no.\n", "Tom"),
        ("Dana: You charged me!\nTom: Let me check your account.\nDana: Do!\n", "Tom"),
        ("Agent: hello\nCustomer: hi\nSupervisor: good day\n", "Agent"),
    ],
)
def test_who_the_trainee_is_is_guessed_from_names_then_from_words(text: str, trainee: str) -> None:
    found = read_transcript(text.splitlines())
    assert found is not None
    assert (found.trainee, found.guessed) == (trainee, True)


@pytest.mark.parametrize("name", ["dana", "Dana", " DANA ", "Dana Kowalski"])
def test_or_it_is_told(name: str) -> None:
    found = read_transcript(["Agent: hello", "Dana Kowalski: hi"], name)
    assert found is not None
    assert (found.trainee, found.guessed) == ("Dana Kowalski", False)
    assert found.callers == ("Agent",)


def test_a_time_and_a_name_without_a_mark_needs_to_be_told_who() -> None:
    assert read("[00:01] Tom hello there\n[00:02] Dana hi\n") is None
    assert read("[00:01] Tom hello there\n", "tom") == [("Tom", "hello there")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am so sorry about that.\nLeave it with me.\n",
        "So: calm down.\nI can hear you.\n",
        "Two things: first this.\nAnother: that.\nI'm sorry.\nCalm down.\nRelax.\n",
        "at 10:30 I called you\n",
    ],
)
def test_lines_that_are_no_transcript(text: str) -> None:
    assert read(text) is None


def test_who_cannot_be_guessed_has_to_be_told() -> None:
    with pytest.raises(UsageError, match="not clear which speaker is the trainee; say it with --agent NAME"):
        read("Tom: hi\nDana: hello\nTom: bye\n")


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(UsageError, match="nobody is called 'eve' here; the speakers are Tom, Dana"):
        read("Tom: hi\nDana: hello\nTom: bye\n", "eve")
    with pytest.raises(UsageError, match="no line begins with a speaker"):
        read("just words\n", "eve")
