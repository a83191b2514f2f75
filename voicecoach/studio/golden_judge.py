"""Tells every expectation of a golden call that does not hold: where it stands, what came instead, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.call.script import SayTurn
from voicecoach.errors import ScriptError
from voicecoach.persona.anger import MINIMUM_CONFIDENCE
from voicecoach.persona.file import Persona
from voicecoach.persona.lines import Lines
from voicecoach.persona.problems import near
from voicecoach.persona.shelf import PersonaFile, read_file
from voicecoach.studio.check_findings import Finding, Severity, of_error
from voicecoach.studio.golden import Expectation, GoldenCall, Range, golden_files, parse_golden
from voicecoach.studio.golden_play import PlayedCall, PlayedTurn, play_golden, shared_detector
from voicecoach.values import Band, LedgerEntry, Line, Mood

_MEND = "mend the caller, or expect otherwise"
_DIGITS = 2


def golden_findings(persona: Persona, persona_file: PersonaFile) -> tuple[int, list[Finding]]:
    """How many golden calls lie beside the persona, and everything in them that does not hold."""
    files = golden_files(persona_file)
    found: list[Finding] = []
    for file in files:
        try:
            call = parse_golden(read_file(file), str(file))
        except ScriptError as error:
            found.append(of_error(error, "golden"))
            continue
        for seed in call.seeds:
            found += failures(persona, call, play_golden(persona, call, seed, shared_detector()))
    return len(files), found


def failures(persona: Persona, golden: GoldenCall, played: PlayedCall) -> Iterator[Finding]:
    """Every expectation that does not hold in this call."""
    for number, turn in enumerate(golden.turns):
        if number >= len(played.turns):
            if turn.expected:
                ended = f"the call had ended before turn {number + 1}: {played.outcome.value}, {played.reason}"
                yield _finding(golden, played, turn.expected[0], ended, _told(golden, played, len(played.turns) - 1))
                break
            continue
        for expected in turn.expected:
            wrong = _wrong_in_turn(persona, played.turns[number], expected, golden.file)
            if wrong:
                detail = _told(golden, played, number)
                yield _finding(golden, played, expected, f"after turn {number + 1} {wrong}", detail)
    for expected in golden.expected:
        wrong = _wrong_at_end(played, expected)
        if wrong:
            yield _finding(
                golden, played, expected, f"at the end {wrong}", _told(golden, played, len(played.turns) - 1)
            )


def _wrong_in_turn(persona: Persona, turn: PlayedTurn, expected: Expectation, file: str) -> str:
    """What is not as expected, as a clause; empty when all is well."""
    if expected.what == "says":
        return _not_said(persona, turn, expected, file)
    if expected.what == "hears":
        heard = {each.id for each in turn.detections if each.confidence >= MINIMUM_CONFIDENCE}
        missing = [each for each in _names(expected) if each not in heard]
        return f"{', '.join(missing)} was not heard, only {_listed(heard)}" if missing else ""
    if expected.what == "outcome":
        ended = turn.outcome.value if turn.outcome else "the call goes on"
        return "" if ended in _names(expected) else f"outcome is `{ended}`, not {_listed(_names(expected))}"
    if expected.what == "change":
        return _outside("the change of anger", turn.after.anger - turn.before.anger, expected)
    return _wrong_mood(turn.after, turn.band, expected)


def _wrong_at_end(played: PlayedCall, expected: Expectation) -> str:
    if expected.what == "outcome":
        wanted = _names(expected)
        wrong = f"outcome is `{played.outcome.value}` ({played.reason}), not {_listed(wanted)}"
        return "" if played.outcome.value in wanted else wrong
    return _wrong_mood(played.mood, played.band, expected)


def _wrong_mood(mood: Mood, band: Band, expected: Expectation) -> str:
    if expected.what == "band":
        wanted = _names(expected)
        return "" if band.value in wanted else f"the band is `{band.value}`, not {_listed(wanted)}"
    return _outside(expected.what, getattr(mood, expected.what), expected)


def _outside(name: str, number: float, expected: Expectation) -> str:
    if not isinstance(expected.wanted, Range) or round(number, _DIGITS) in expected.wanted:
        return ""
    return f"{name} is {number:.{_DIGITS}f}, not {expected.wanted}"


def _names(expected: Expectation) -> tuple[str, ...]:
    return expected.wanted if isinstance(expected.wanted, tuple) else ()


def _listed(names: tuple[str, ...] | set[str]) -> str:
    return " or ".join(f"`{name}`" for name in sorted(names)) if names else "nothing"


# --------------------------------------------------------------------------------------------------------- what is said


def _not_said(persona: Persona, turn: PlayedTurn, expected: Expectation, file: str) -> str:
    wanted = _names(expected)
    moves = {move for move, _ in persona.repertoire.pools}
    for name in wanted:
        kinds = {move.partition(".")[0] for move in moves} | moves | set(Lines.model_fields)
        if name not in kinds:
            return f"no line of `{name}` can be said ({near(name, sorted(kinds), 'move')})"
    if any(said_of_move(persona, name, line) for name in wanted for line in turn.lines):
        return ""
    return f"no line of {_listed(wanted)} was said, but {_listed({line.move for line in turn.lines})}"


def said_of_move(persona: Persona, move: str, line: Line) -> bool:
    """Whether this line is one of the move (``confirm``, ``react.doubt``), or of a kind of moves (``react``)."""
    if line.move == move or line.move.startswith(f"{move}."):
        return True
    for (pool_move, _), pool in persona.repertoire.pools.items():
        named = pool_move.removesuffix(" after waiting")
        if named != move and not named.startswith(f"{move}."):
            continue
        inside = named.startswith("fact.")  # told within the line of an answer
        for number in (each for tier in pool.tiers for each in tier):
            for wording in (each for burst in persona.repertoire.wordings[number] for each in burst):
                if _is_said(wording, line.text, inside):
                    return True
    return False


def _is_said(wording: str, text: str, inside: bool) -> bool:
    if inside:
        return wording.lower() in text.lower()
    if "{" not in wording:
        return wording == text
    pattern = ".+".join(re.escape(part) for part in re.split(r"\{[^{}]*\}", wording))
    return re.fullmatch(pattern, text, re.IGNORECASE) is not None


# --------------------------------------------------------------------------------------------------------- why it moved


def _finding(
    golden: GoldenCall, played: PlayedCall, expected: Expectation, what: str, detail: tuple[str, ...]
) -> Finding:
    seed = f" (seed {played.seed})" if len(golden.seeds) > 1 else ""
    return Finding(golden.file, expected.line, Severity.ERROR, "golden", f"{what}{seed}", _MEND, detail)


def _told(golden: GoldenCall, played: PlayedCall, number: int) -> tuple[str, ...]:
    """The turn, what was heard in it, why the anger moved, and what the caller said."""
    if not 0 <= number < len(played.turns):
        return ()
    turn, scripted = played.turns[number], golden.turns[number].turn
    said = f'"{scripted.text}"' if isinstance(scripted, SayTurn) else str(scripted)
    heard = [f"{d.id} {d.confidence:.2f}" + (f' "{d.words}"' if d.words else "") for d in turn.detections]
    mood = turn.after
    return (
        f"turn {number + 1} (line {golden.turns[number].line}): {said}",
        f"heard: {', '.join(heard) or 'nothing'}",
        f"anger {turn.before.anger:.2f} -> {mood.anger:.2f}, heard {mood.heard:.2f}, resolution {mood.resolution:.2f}",
        *(f"  {ledger_text(entry)}" for entry in turn.ledger),
        *(f'caller ({line.move}): "{line.text}"' for line in turn.lines),
    )


def ledger_text(entry: LedgerEntry) -> str:
    """One reason in a line: `paraphrase -0.90 x scale 1.15 = -1.04`."""
    factors = "".join(f" x {name} {factor:.2f}" for name, factor in entry.factors if entry.cause != "time")
    words = f' "{entry.words}"' if entry.words else ""
    product = f" {entry.base:+.2f}{factors} = {entry.delta:+.2f}" if factors else f" {entry.delta:+.2f}"
    return f"{entry.cause}{words}{product}"
