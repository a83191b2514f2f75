"""Which line comes next: seeded, without a running random state, and none twice before all of its kind were said."""

from __future__ import annotations

from voicecoach.persona.repertoire import Pool

_MASK = (1 << 64) - 1


def mixed(seed: int, first: int, second: int = 0) -> int:
    """A well-spread 64-bit number of three (the finaliser of SplitMix64 over a weighted sum)."""
    x = (seed + first * 0x9E3779B97F4A7C15 + second * 0xC2B2AE3D27D4EB4F) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)


def next_line(pool: Pool, said: int, last: int, salt: int) -> int | None:
    """The number of an unsaid line, of the nearest tier that has one; None when all were said.

    ``said`` are the bits of what was said, ``salt`` what the choice depends on. ``last`` is not chosen again at once.
    """
    if not pool.bits & ~said:
        return None
    for numbers in pool.tiers:
        unsaid = [number for number in numbers if not said >> number & 1 and number != last]
        if unsaid:
            return unsaid[mixed(salt, pool.kind, len(unsaid)) % len(unsaid)]
    return None
