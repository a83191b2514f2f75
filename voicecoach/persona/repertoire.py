"""Every line a caller can say, made ready once for a persona: pools by move and band, slots filled, wordings listed.

A pool holds line numbers in tiers: the persona's own lines, then what it inherits, nearest first. A line is one number
however many wordings it has; a set of said lines is an integer with their bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.persona.lines import Lines
from voicecoach.persona.templates import slots_of, wordings
from voicecoach.values import Band

CALL_SLOTS = frozenset({"said", "waited"})
"""Slots that are filled during the call: the fact that is being told, and how long a hold was."""

_BANDS_OF_KEY: dict[str, tuple[Band, ...]] = {
    "any": tuple(Band),
    "hot": (Band.ANGRY, Band.FURIOUS),
    "cool": (Band.CALM, Band.ANNOYED),
    **{band.value: (band,) for band in Band},
}


@dataclass(frozen=True, slots=True)
class Pool:
    """The lines that fit one move in one band; ``tiers`` of line numbers, ``bits`` of them all."""

    kind: int
    tiers: tuple[tuple[int, ...], ...]
    bits: int


@dataclass(frozen=True, slots=True)
class Repertoire:
    """``wordings[n]`` are the bursts' wordings of line ``n``: a tuple of alternatives for every burst."""

    pools: Mapping[tuple[str, Band], Pool]
    wordings: tuple[tuple[tuple[str, ...], ...], ...]

    @classmethod
    def of(
        cls, lines: Sequence[Lines], extra: Mapping[str, Sequence[str]], slot_values: Mapping[str, str]
    ) -> Repertoire:
        """``lines`` own first, then inherited; ``extra`` lines by move, for any band.

        Lines with a slot that ``slot_values`` lacks are left out: shared lines may speak of facts that only some
        callers have.
        """
        build = _Build(slot_values)
        for move, texts in extra.items():
            build.add(move, "any", 0, [(text,) for text in texts])
        for tier, layer in enumerate(lines):
            for move, band, bursts in chains_of(layer):
                build.add(move, band, tier, bursts)
        return build.finished()

    def texts(self) -> frozenset[str]:
        """Every distinct wording of every line."""
        return frozenset(text for line in self.wordings for burst in line for text in burst)

    def has(self, move: str, band: Band) -> bool:
        """Whether there is anything to say."""
        return (move, band) in self.pools


def waiting(move: str) -> str:
    """The pool of this move's lines that say how long the caller waited."""
    return f"{move} after waiting"


def chains_of(lines: Lines) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    """(move, band key, lines as bursts) for everything in one layer of lines."""
    found: list[tuple[str, str, list[tuple[str, ...]]]] = []
    for move in Lines.model_fields:
        value = getattr(lines, move)
        if move == "react":
            for cause, spoken in value.items():
                found += [(f"react.{cause}", band, [(t,) for t in texts]) for band, texts in spoken.items()]
        elif move == "abuse":
            found += [(f"abuse.{level}", "any", [(t,) for t in texts]) for level, texts in value.items()]
        elif move in ("vent", "story"):
            found += [(move, band, list(chains)) for band, chains in value.items()]
        elif move == "thanks":
            for band, texts in value.items():
                found.append(("nothing_else", band, [(t,) for t in texts if _says_no(t)]))
                found.append((move, band, [(t,) for t in texts if not _says_no(t)]))
        else:
            found += [(move, band, [(t,) for t in texts]) for band, texts in value.items()]
    return found


def _says_no(thanks: str) -> bool:
    """`No, that's everything` answers whether there is anything else, and nothing but that."""
    return thanks.lstrip("[").startswith("No")


@dataclass(slots=True)
class _Build:
    slot_values: Mapping[str, str]
    lines: dict[tuple[tuple[str, ...], ...], int] = field(default_factory=dict)
    tiers: dict[tuple[str, Band], dict[int, list[int]]] = field(default_factory=dict)

    def add(self, move: str, band_key: str, tier: int, chains: Sequence[Sequence[str]]) -> None:
        known = CALL_SLOTS | self.slot_values.keys()
        for chain in chains:
            if any(slot not in known for burst in chain for slot in slots_of(burst)):
                continue
            line = tuple(wordings(burst, self.slot_values) for burst in chain)
            needs_wait = any("waited" in slots_of(burst) for burst in chain)
            number = self.lines.setdefault(line, len(self.lines))
            for band in _BANDS_OF_KEY[band_key]:
                numbers = self.tiers.setdefault((waiting(move) if needs_wait else move, band), {}).setdefault(tier, [])
                if number not in numbers:
                    numbers.append(number)

    def finished(self) -> Repertoire:
        pools = {}
        for kind, (key, tiers) in enumerate(self.tiers.items()):
            ordered = tuple(tuple(tiers[tier]) for tier in sorted(tiers))
            bits = sum({1 << number for numbers in ordered for number in numbers})
            pools[key] = Pool(kind, ordered, bits)
        return Repertoire(pools, tuple(self.lines))
