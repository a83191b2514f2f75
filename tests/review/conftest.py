"""Scripted calls, played by words into journals, ready to be reviewed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, Journal
from voicecoach.call.script import parse_script
from voicecoach.call.textplay import UNVOICED_CALM, play_text
from voicecoach.events import Input, Output
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, source_text
from voicecoach.techniques.extension import NO_EXTENSION, Extension

Play = Callable[..., Journal]
SEED = 3


def play_script(
    turns: str, persona: str | Persona, *, rubric: str = "", extension: Extension = NO_EXTENSION, stt: str = "script"
) -> Journal:
    """The journal of these turns (the YAML list under ``turns:``) with this caller."""
    caller = load(persona) if isinstance(persona, str) else persona
    steps: list[tuple[Input, tuple[Output, ...]]] = []
    engine = new_engine(caller, SEED, UNVOICED_CALM, extension)
    script = parse_script(f"turns:\n{textwrap.indent(textwrap.dedent(turns), '  ')}", "test")
    play_text(engine, script, lambda *step: steps.append(step))
    header = Header("test", caller.id, source_text(caller), SEED, stt=stt, rubric=rubric, techniques=extension.text)
    return Journal(header, tuple(steps))


@pytest.fixture
def play() -> Play:
    """Plays a script by words; see ``play_script``."""
    return play_script
