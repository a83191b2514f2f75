"""A call without the trainee's voice: turns from a script, or typed at the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from voicecoach.call.script import HangUpTurn, SayTurn, SilenceTurn, Turn, load_script
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.hearing import own_techniques
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import Session, Setup
from voicecoach.persona.loading import load

HANG_UP_COMMANDS = frozenset({"/hangup", "/quit", "/q"})


def text_call(options: CallOptions) -> None:
    """`call --script FILE` without a voice, and `call --stt typed`."""
    persona = load(options.persona)
    extension = own_techniques(options.techniques)
    turns = load_script(options.script) if options.script is not None else None
    setup = Setup(
        persona=persona,
        seed=options.seed,
        stt="script" if turns is not None else "typed",
        record=False,
        as_json=options.as_json,
        extension=extension,
        calm_voice=UNVOICED_CALM,
    )
    with Session(setup) as session:
        call = TextCall(session.engine, session.watch)
        try:
            call.begin()
            for turn in turns if turns is not None else _typed(session, call):
                if call.ended is not None:
                    break
                call.turn(turn)
            if call.ended is None:
                call.stop("the script came to its end" if turns is not None else "broken off")
        except KeyboardInterrupt:
            call.stop("broken off")
        call.settle()
        session.sum_up(None)


def _typed(session: Session, call: TextCall) -> Iterator[Turn]:
    """What is typed, line by line; an empty line is a silence of a few seconds."""
    session.tell("Type what you say and press Enter. /hangup puts the phone down, Ctrl-C breaks off.")
    while True:
        call.settle()
        if call.ended is not None:
            return
        line = _read_line(session)
        if line is None:
            return
        if line.strip().lower() in HANG_UP_COMMANDS:
            yield HangUpTurn()
        elif line.strip():
            yield SayTurn(line.strip())
        else:
            yield SilenceTurn(5.0)


def _read_line(session: Session) -> str | None:
    if sys.stdin.isatty():
        session.console.print("> ", end="", style="bold cyan")
    line = sys.stdin.readline()
    return line if line else None
