"""A call without the trainee's voice: turns from a script, or typed at the keyboard."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator

from voicecoach.call.script import HangUpTurn, SayTurn, SilenceTurn, Turn, load_script
from voicecoach.call.textplay import UNVOICED_CALM, TextCall
from voicecoach.commands.opening import opening
from voicecoach.commands.options import CallOptions
from voicecoach.commands.session import Session, Setup
from voicecoach.errors import UsageError
from voicecoach.persona.file import Persona

WAIT_SECONDS = 5.0
"""What /wait says nothing for: long enough to be dead air."""


def text_call(options: CallOptions) -> None:
    """`call --script FILE` without a voice, and `call --stt typed`."""
    if options.script is None:
        prepare_input()
    start = opening(options)
    turns = load_script(options.script) if options.script is not None else None
    setup = Setup(
        persona=start.persona,
        seed=start.seed,
        stt="script" if turns is not None else "typed",
        record=False,
        trainee=options.trainee,
        as_json=options.as_json,
        extension=start.extension,
        rubric=start.rubric,
        no_open=options.stays_closed,
        again=start.again,
        before=start.before,
        calm_voice=UNVOICED_CALM,
    )
    with Session(setup) as session:
        call = TextCall(session.engine, session.watch)
        if turns is None:
            _brief(session, start.persona)
        try:
            call.begin(session.first)
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
    session.show_report()


def _typed(session: Session, call: TextCall) -> Iterator[Turn]:
    """What is typed, line by line."""
    session.tell("Type what you say and press Enter. /wait says nothing for a while, /hangup puts the phone down.")
    while True:
        call.settle()
        if call.ended is not None:
            return
        line = read_line()
        if line is None:
            return
        match line.strip().split():
            case []:
                continue
            case ["/wait", *_]:
                yield SilenceTurn(WAIT_SECONDS)
            case ["/hangup", *_]:
                yield HangUpTurn()
            case [word, *_] if word.startswith("/"):
                session.tell(f"There is no {word} here: /wait and /hangup; Ctrl-C breaks off.")
            case _:
                yield SayTurn(line.strip())


def read_line(prompt: str = "> ") -> str | None:
    """The next line; None at the end of the input. On a terminal the line can be edited, after the ``prompt``."""
    if not sys.stdin.isatty():
        return sys.stdin.readline() or None
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # its import gives input() its arrow keys; Windows has them anyway
    try:
        return input(prompt)
    except EOFError:
        return None


def prepare_input() -> None:
    """Bytes that are no text are data, not a crash; and without any input there is nobody to call."""
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("there is no input to type into", remedy="open standard input, or use --script")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _brief(session: Session, persona: Persona) -> None:
    briefing = persona.briefing
    session.tell(f"{briefing.company}\nYou: {briefing.you_are}\n{briefing.situation}")
    for offer in briefing.may_offer:
        session.tell(f"  You may offer: {offer}")
    session.tell("")
