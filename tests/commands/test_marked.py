"""What a turn looks like to people: on a terminal marked in the line, elsewhere plain with the words beside the id."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from voicecoach.commands.marked import MarkedLines
from voicecoach.techniques.catalogue import entries
from voicecoach.values import Detection

TURN = "I'm  sorry, calm down now."
SORRY = Detection("apologize", "I'm sorry,", (0, 2), 0.97, "text", "says sorry")
CALM = Detection("calm_down", "calm down", (2, 4), 0.9, "text", "tells to be calm")


def console(*, terminal: bool) -> Console:
    return Console(file=io.StringIO(), width=90, force_terminal=terminal, color_system="standard" if terminal else None)


def printed(on: Console) -> str:
    file = on.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.fixture
def plain() -> Console:
    return console(terminal=False)


@pytest.fixture
def fancy() -> Console:
    return console(terminal=True)


def spans(text: Text) -> list[tuple[str, str]]:
    return [(text.plain[span.start : span.end], str(span.style)) for span in text.spans]


def test_the_words_that_did_it_are_underlined_in_their_colour(plain: Console) -> None:
    marked = MarkedLines(plain, entries()).marked(TURN, [CALM, SORRY])
    assert marked.plain == TURN
    assert spans(marked) == [("I'm  sorry,", "underline green"), ("calm down", "underline red")]


def test_where_two_meet_the_mistake_shows(plain: Console) -> None:
    both = [Detection("hold", "x", (1, 3), 1.0), Detection("own", "x", (0, 4), 1.0)]
    assert [style for _, style in spans(MarkedLines(plain, entries()).marked(TURN, both))] == [
        "underline green",
        "underline red",
    ]


def test_words_that_are_not_there_mark_nothing(plain: Console) -> None:
    timing = [Detection("interrupt", "", (0, 0), 1.0), Detection("own", "x", (3, 99), 1.0)]
    assert spans(MarkedLines(plain, entries()).marked(TURN, timing)) == []


def test_in_a_pipe_it_is_plain_and_whole_lines(plain: Console) -> None:
    shown = MarkedLines(plain, entries())
    shown.caller("Dana", "You charged me twice! " * 10)
    shown.trainee("Agent", TURN, [SORRY, CALM])
    shown.trainee("", "hello", [])
    assert printed(plain).splitlines() == [
        "Dana: " + "You charged me twice! " * 10,
        f"Agent: {TURN}",
        '    + apologize  97%  "I\'m sorry,"  says sorry',
        '    - calm_down  90%  "calm down"  tells to be calm',
        "hello",
    ]


def test_on_a_terminal_the_ids_stand_beside_the_line(fancy: Console) -> None:
    MarkedLines(fancy, entries()).trainee("Agent", TURN, [CALM])
    first = printed(fancy).splitlines()[0]
    assert "Agent" in first and "- calm down" in first
    assert "\x1b[4;31mcalm down\x1b[0m" in first
