"""A reply while it is being put together: bursts one after another, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Mapping

from voicecoach.events import Band
from voicecoach.persona.choosing import mixed, next_line
from voicecoach.persona.repertoire import Repertoire
from voicecoach.persona.situation import Memory, Reply
from voicecoach.persona.templates import fill

_NO_SLOTS: Mapping[str, str] = {}


class Draft:
    """Collects what the caller says this time. ``move`` is the first move made."""

    __slots__ = (
        "_last",
        "_memory",
        "_repertoire",
        "_said",
        "_salt",
        "abusive",
        "band",
        "bursts",
        "move",
        "reacted",
        "threat",
        "told",
    )

    def __init__(self, repertoire: Repertoire, seed: int, band: Band, memory: Memory) -> None:
        self.band = band
        self.bursts: list[str] = []
        self.move = ""
        self.told = memory.told
        self.reacted = memory.reacted
        self.abusive = False
        self.threat = False
        self._repertoire = repertoire
        self._memory = memory
        self._said = memory.said
        self._last = memory.last
        self._salt = mixed(seed, memory.replies)

    def say(
        self, pool: str, move: str = "", *, slots: Mapping[str, str] = _NO_SLOTS, again: bool = True, limit: int = 9
    ) -> bool:
        """Add a line of this pool, at most ``limit`` bursts of it; False when there is none.

        When every line of the pool was said they may be said once more, unless ``again`` is off.
        """
        found = self._repertoire.pools.get((pool, self.band))
        if found is None:
            return False
        number = next_line(found, self._said, self._last, self._salt)
        if number is None:
            if not again:
                return False
            self._said &= ~found.bits
            number = next_line(found, self._said, self._last, self._salt)
            if number is None:  # a pool of one line, said just now
                number = found.tiers[0][0]
        self._said |= 1 << number
        self._last = number
        for position, wordings in enumerate(self._repertoire.wordings[number][:limit]):
            text = wordings[mixed(self._salt, number, position) % len(wordings)] if len(wordings) > 1 else wordings[0]
            self.bursts.append(fill(text, slots) if slots else text)
        self.move = self.move or move or pool
        return True

    def wording(self, pool: str) -> str | None:
        """A line of this pool to be put into another, remembered as said."""
        kept = self.bursts, self.move
        self.bursts = []
        said = self.say(pool)
        text = " ".join(self.bursts)
        self.bursts, self.move = kept
        return text if said else None

    def chance(self, salt: int, percent: int) -> bool:
        """A seeded yes or no."""
        return mixed(self._salt, salt) % 100 < percent

    def finished(self) -> tuple[Reply, Memory]:
        """The reply, and what is remembered from now on."""
        memory = Memory(
            self._said,
            self.told,
            self._last,
            self._memory.replies + 1,
            self.reacted,
            self._memory.abused + self.abusive,
        )
        return Reply(self.move, tuple(self.bursts), self.abusive, self.threat), memory
