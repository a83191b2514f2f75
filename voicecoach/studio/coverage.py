"""Which lines of a persona were never said in the simulated calls, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.persona.file import Persona
from voicecoach.persona.lines import Lines
from voicecoach.persona.problems import Places
from voicecoach.persona.repertoire import chains_of
from voicecoach.persona.templates import wordings
from voicecoach.persona.yaml_tree import Path


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as the file has it: its ``move``, its first burst, ``where`` it is (file:line); ``own``: not inherited."""

    move: str
    text: str
    where: str
    own: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many lines can be said, and those that were not, own ones first."""

    lines: int
    own_lines: int
    never_said: tuple[WrittenLine, ...]


def coverage(persona: Persona, places: Places, said: int) -> Coverage:
    """``said`` are the bits of the lines that were said, in the numbering of the persona's repertoire."""
    written = written_lines(persona, places)
    never = [line for number, line in sorted(written.items()) if not said >> number & 1]
    never.sort(key=lambda line: not line.own)
    return Coverage(len(written), sum(line.own for line in written.values()), tuple(never))


def written_lines(persona: Persona, places: Places) -> dict[int, WrittenLine]:
    """Every line that this caller can say, by its number; one that stands twice is the first of them."""
    number_of = {line: number for number, line in enumerate(persona.repertoire.wordings)}
    own_file = places.of(("id",)).file
    found: dict[int, WrittenLine] = {}
    for move, bursts, path in _everything(persona):
        number = number_of.get(tuple(wordings(burst, persona.slot_values) for burst in bursts))
        if number is not None and number not in found:  # a line with a slot that nothing fills has no number
            place = places.of(path)
            found[number] = WrittenLine(move, bursts[0], str(place), place.file == own_file)
    return found


def _everything(persona: Persona) -> Iterator[tuple[str, tuple[str, ...], Path]]:
    for name, fact in persona.facts.items():
        yield from ((f"fact {name}", (text,), ("facts", name, "said", at)) for at, text in enumerate(fact.said))
    wants = persona.wants
    for kind, remedies in (("wanted", wants.wanted), ("accepted", wants.accepted), ("refused", wants.refused)):
        for place, remedy in enumerate(remedies):
            for at, text in enumerate(remedy.says):
                yield f"remedy {remedy.name}", (text,), ("wants", kind, place, "says", at)
    if wants.unreasonable is not None:
        for at, text in enumerate(wants.unreasonable.demand):
            yield "unreasonable", (text,), ("wants", "unreasonable", "demand", at)
    yield from _of_layer(persona.lines, ("lines",))
    for layer, lines in enumerate(persona.inherited_lines):
        yield from _of_layer(lines, ("inherited_lines", layer))


def _of_layer(lines: Lines, path: Path) -> Iterator[tuple[str, tuple[str, ...], Path]]:
    for pool, band, chains in chains_of(lines):
        move, _, kind = pool.partition(".")
        if move == "abuse":
            key: Path = ("abuse", int(kind) if kind.isdigit() else kind)
        else:
            key = (move, kind, band) if kind else (move, band)
        for at, bursts in enumerate(chains):
            yield pool.replace(".", " "), tuple(bursts), (*path, *key, at)
