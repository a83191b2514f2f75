"""A reply while it is being put together: bursts one after another, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Mapping

from voicecoach.persona.choosing import mixed, next_line
from voicecoach.persona.repertoire import Pool, Repertoire
from voicecoach.persona.situation import Memory, Reply
from voicecoach.persona.templates import fill
from voicecoach.values import Band

_NO_SLOTS: Mapping[str, str] = {}
_ALL_BURSTS = 99
_SALTS = {"abuse": 1, "follow": 2, "furious": 3}


class Draft:
    """Collects what the caller says this time. ``move`` is the first move made; ``told`` are bits of facts told."""

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
        "settled",
        "threat",
        "timed",
        "told",
    )

    def __init__(self, repertoire: Repertoire, seed: int, band: Band, memory: Memory) -> None:
        self.band = band
        self.bursts: list[str] = []
        self.move = ""
        self.told = memory.told
        self.reacted = memory.reacted
        self.settled = memory.settled
        self.timed = memory.timed
        self.abusive = False
        self.threat = False
        self._repertoire = repertoire
        self._memory = memory
        self._said = memory.said
        self._last = memory.last
        self._salt = mixed(seed, memory.replies)

    @property
    def last_said(self) -> str:
        """The last thing that was said before this reply; "" at the start."""
        return self._memory.last_said

    @property
    def abused(self) -> int:
        """In how many replies there was abuse before."""
        return self._memory.abused

    def say(
        self,
        pool: str,
        move: str = "",
        *,
        slots: Mapping[str, str] = _NO_SLOTS,
        again: bool = True,
        limit: int = _ALL_BURSTS,
    ) -> bool:
        """Add a line of this pool, at most ``limit`` bursts of it; False when there is none.

        When every line of the pool was said they are said once more, unless ``again`` is off.
        """
        found = self._repertoire.pools.get((pool, self.band))
        number = None if found is None else self._choose(found, again)
        if number is None:
            return False
        self._said |= 1 << number
        self._last = number
        for position, wordings in enumerate(self._repertoire.wordings[number][:limit]):
            text = wordings[mixed(self._salt, number, position) % len(wordings)] if len(wordings) > 1 else wordings[0]
            self.bursts.append(fill(text, slots))
        self.move = self.move or move or pool
        return True

    def wording(self, pool: str) -> str:
        """A line of this pool, to be put into another one; "" when there is none."""
        kept = self.bursts, self.move
        self.bursts = []
        self.say(pool)
        text = " ".join(self.bursts)
        self.bursts, self.move = kept
        return text

    def was_said(self, pool: str) -> bool:
        """Whether any line of this pool was said in this call."""
        found = self._repertoire.pools.get((pool, self.band))
        return found is not None and bool(found.bits & self._said)

    def chance(self, what: str, percent: int) -> bool:
        """A seeded yes or no."""
        return mixed(self._salt, _SALTS[what]) % 100 < percent

    def finished(self) -> tuple[Reply, Memory]:
        """The reply, and what is remembered from now on."""
        before = self._memory
        abused = before.abused + self.abusive
        last_said = self.bursts[-1] if self.bursts else before.last_said
        replies = before.replies + 1
        memory = Memory(  # in the order of its fields: to name them is half the time that making one takes
            self._said, self.told, self._last, last_said, replies, self.reacted, abused, self.settled, self.timed
        )
        return Reply(self.move, tuple(self.bursts), self.abusive, self.threat), memory

    def _choose(self, pool: Pool, again: bool) -> int | None:
        number = next_line(pool, self._said, self._last, self._salt)
        if number is None and again:
            self._said &= ~pool.bits
            number = next_line(pool, self._said, self._last, self._salt)
            if number is None:  # a pool of one line, said just now
                number = pool.tiers[0][0]
        return number
