"""What is wrong with a persona whose types are right: what would not play, or could not be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from voicecoach.errors import PersonaError
from voicecoach.persona.effects import PROVOCATIONS, RELIEFS
from voicecoach.persona.file import Persona, known_ids
from voicecoach.persona.lines import Lines
from voicecoach.persona.problems import Places, near
from voicecoach.persona.repertoire import CALL_SLOTS, chains_of
from voicecoach.persona.templates import slots_of, unbalanced
from voicecoach.persona.yaml_tree import Path
from voicecoach.values import Band

NEEDED_MOVES = (
    "opening vent complaint demand answer answer_again not_known go_ahead greeted correct said_again confirm_fact "
    "confirm accept bonus ask_when weigh_offer refuse_offer stall repeat supervisor handed_over interjection "
    "interrupted warned silence hold_back thanks closing goodbye hang_up"
).split()
"""Without a line for each of these in every band a call could come to a point where the caller has nothing to say."""


MANY_MOVES = 6
"""From more missing ones than this on, the file forgot to inherit, and one message says so."""

WRAPPING_MOVES = frozenset({"answer", "answer_again", "correct", "said_again"})
"""Their lines stand around ``{said}``; without it the caller would not say what was asked for."""

Problem = tuple[Path, str, str]
"""The path of the value, what is wrong with it, and the remedy."""


def problems(persona: Persona, places: Places) -> list[PersonaError]:
    """Everything wrong with a persona whose types are right, from the top of the file; empty when it will play."""
    found = [(places.of_key(path), what, remedy) for path, what, remedy in _problems(persona)]
    found.sort(key=lambda problem: (problem[0].file, problem[0].line))
    return [PersonaError(what, where=str(place), remedy=remedy) for place, what, remedy in dict.fromkeys(found)]


def _problems(persona: Persona) -> Iterator[Problem]:
    yield from _id_problems(persona)
    yield from _line_problems(persona)
    yield from _name_problems(persona)
    yield from _missing_problems(persona)


def _id_problems(persona: Persona) -> Iterator[Problem]:
    ids = sorted(known_ids())
    layers: list[tuple[Path, Lines]] = [(("lines",), persona.lines)]
    layers += [(("inherited_lines", n), layer) for n, layer in enumerate(persona.inherited_lines)]
    for path, layer in layers:
        for cause in layer.react:
            if cause not in ids:
                yield (*path, "react", cause), f"unknown id `{cause}`", near(cause, ids, "id")
    yield from _override_problems("reliefs", persona.temper.reliefs, RELIEFS, "provocations", PROVOCATIONS)
    yield from _override_problems("provocations", persona.temper.provocations, PROVOCATIONS, "reliefs", RELIEFS)


def _override_problems(
    kind: str, given: Iterable[str], allowed: Mapping[str, object], other: str, others: Mapping[str, object]
) -> Iterator[Problem]:
    for cause in given:
        if cause in others:
            yield ("temper", kind, cause), f"`{cause}` is not one of the {kind}", f"put it under `{other}`"
        elif cause not in allowed:
            yield ("temper", kind, cause), f"unknown id `{cause}`", near(cause, sorted(allowed), "id")


def _line_problems(persona: Persona) -> Iterator[Problem]:
    slots = sorted(CALL_SLOTS | persona.slot_values.keys())
    for path, text in _texts(persona):
        yield from _slot_problems(path, text)
        if unbalanced(text):
            yield path, f"a bracket without its partner in {text!r}", "close it, or take it out"
        if path[0] == "inherited_lines":
            continue  # shared lines may speak of what only some callers have; they are left out then
        for slot in slots_of(text):
            if slot not in slots:
                yield path, f"nothing fills {{{slot}}} in {text!r}", near(slot, slots, "slot")


def _slot_problems(path: Path, text: str) -> Iterator[Problem]:
    """The slots of the call are filled only where something can be said, or was waited for."""
    move = next((part for part in path if isinstance(part, str) and part not in ("lines", "inherited_lines")), "")
    found = slots_of(text)
    if move in WRAPPING_MOVES and "said" not in found:
        yield path, f"{{said}} is missing in {text!r}", "put it where the fact is told"
    for slot, moves in (("said", WRAPPING_MOVES), ("waited", frozenset({"hold_back"}))):
        if slot in found and move not in moves:
            yield path, f"nothing fills {{{slot}}} in {text!r}", f"it is only for {', '.join(sorted(moves))}"


def _texts(persona: Persona) -> Iterator[tuple[Path, str]]:
    for name, fact in persona.facts.items():
        yield from ((("facts", name, "said", n), text) for n, text in enumerate(fact.said))
    for kind in ("wanted", "accepted", "refused"):
        for place, remedy in enumerate(getattr(persona.wants, kind)):
            yield from ((("wants", kind, place, "says", n), text) for n, text in enumerate(remedy.says))
    if persona.wants.unreasonable is not None:
        demand = persona.wants.unreasonable.demand
        yield from ((("wants", "unreasonable", "demand", n), text) for n, text in enumerate(demand))
    yield from _line_texts(("lines",), persona.lines)
    for layer, lines in enumerate(persona.inherited_lines):
        yield from _line_texts(("inherited_lines", layer), lines)


def _line_texts(path: Path, lines: Lines) -> Iterator[tuple[Path, str]]:
    for move, band, chains in chains_of(lines):
        for index, chain in enumerate(chains):
            for burst, text in enumerate(chain):
                yield (*path, *move.split("."), band, index, *((burst,) if len(chain) > 1 else ())), text


def _name_problems(persona: Persona) -> Iterator[Problem]:
    """Two remedies of one name could not be told apart; a slot called like a fact would hide it."""
    seen: set[str] = set()
    for kind in ("wanted", "accepted", "refused"):
        for place, remedy in enumerate(getattr(persona.wants, kind)):
            if remedy.name in seen:
                yield ("wants", kind, place, "name"), f"two remedies are called `{remedy.name}`", "rename one of them"
            seen.add(remedy.name)
    for name in persona.facts:
        if name in CALL_SLOTS | {"name", "company"}:
            yield ("facts", name), f"a fact cannot be called `{name}`", "the word is used for lines; rename the fact"


def _missing_problems(persona: Persona) -> Iterator[Problem]:
    has = persona.repertoire.has
    missing = {move: [band.value for band in Band if not has(move, band)] for move in NEEDED_MOVES}
    missing = {move: bands for move, bands in missing.items() if bands}
    if len(missing) > MANY_MOVES:
        first, second, *others = missing
        what = f"no lines for `{first}`, `{second}` and {len(others)} more moves"
        yield ("lines",), what, "add `extends: _common` at the top"
        return
    for move, bands in missing.items():
        for_bands = f"the band {bands[0]}" if len(bands) == 1 else f"the bands {', '.join(bands)}"
        yield ("lines",), f"no `{move}` line for {for_bands}", "write one, or extend `_common`"
