"""What a call begins with: a caller and a seed, anew or as in an earlier call, and what of that call is taken over."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.call.folder import find_journal
from voicecoach.call.journal import read_journal
from voicecoach.call.taking_over import taken_over
from voicecoach.commands.hearing import own_rubric, own_techniques
from voicecoach.commands.options import CallOptions
from voicecoach.errors import UsageError
from voicecoach.events import Input
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load, loads
from voicecoach.places import calls_folder
from voicecoach.review.findings import known_entries
from voicecoach.review.reviewed import rubric_of
from voicecoach.review.rubric import Rubric
from voicecoach.techniques.extension import Extension, parse_extension


@dataclass(frozen=True, slots=True)
class Opening:
    """``again`` names the earlier call (``CALL`` or ``CALL@TURN``), "" for none; ``before`` is what is taken over."""

    persona: Persona
    seed: int
    extension: Extension
    rubric: Rubric
    again: str = ""
    before: tuple[Input, ...] = ()


def opening(options: CallOptions) -> Opening:
    """The opening of this call. Raises ``UsageError`` and the errors of the files."""
    if options.again is None and options.from_turn is None:
        extension = own_techniques(options.techniques)
        rubric = own_rubric(options.rubric, extension)
        return Opening(load(options.persona), options.seed_of_call(), extension, rubric)
    if options.from_turn is None:
        return _as_in(options, options.again or "", None)
    call, at, turn = options.from_turn.rpartition("@")
    if not at or not turn.isdecimal():
        raise UsageError(
            f"--from {options.from_turn!r} names no turn", remedy="write CALL@TURN, for instance --from last@3"
        )
    return _as_in(options, call, int(turn))


def _as_in(options: CallOptions, call: str, turn: int | None) -> Opening:
    journal = read_journal(find_journal(calls_folder(), call))
    header = journal.header
    before = taken_over(journal, turn) if turn is not None else ()
    extension = parse_extension(header.techniques, "the journal's techniques")
    if options.rubric is not None:
        rubric = own_rubric(options.rubric, extension)
    else:  # a second try is judged as the first was
        rubric = rubric_of(header, known_entries(extension))
    return Opening(
        persona=loads(header.persona),
        seed=header.seed,
        extension=extension,
        rubric=rubric,
        again=header.call if turn is None else f"{header.call}@{turn}",
        before=before,
    )
