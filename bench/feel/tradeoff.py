"""The gap against the cut-offs: of the endpointer, at every patience, and of fixed silences beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.feel.spoken import KINDS
from bench.feel.traces import Trace
from bench.report import Figures, percentile
from voicecoach.call.floor import COLLISION_SECONDS
from voicecoach.stt.endpointer import silence_needed_seconds
from voicecoach.values import BLOCK_SECONDS

MENDED_SECONDS = COLLISION_SECONDS
"""A cut-off is mended when the trainee goes on within this of the caller's first sound, as the call does it."""

SOON_SECONDS = 0.4
"""Those that would not be mended if the call gave the floor back only for so long are counted apart."""

SCALES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
FIXED_SECONDS = (0.3, 0.5, 0.7, 1.0)

Needed = Callable[[Trace, int], float]
"""The silence needed at a block of a trace."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A pause in mid-turn: after how much silence the turn was taken for over (None: rightly never)."""

    kind: str
    pause_seconds: float
    ended_after_seconds: float | None

    def mended(self, compute_seconds: float, within_seconds: float = MENDED_SECONDS) -> bool:
        """Whether the trainee went on so soon after the caller's start that it is made good."""
        return (
            self.ended_after_seconds is not None
            and self.pause_seconds - self.ended_after_seconds - compute_seconds <= within_seconds
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """What one way of endpointing does: every pause, and the deliberate silence at every end."""

    name: str
    cuts: tuple[Cut, ...]
    silences_seconds: tuple[float, ...]

    @property
    def pauses(self) -> int:
        return len(self.cuts)

    def cut_share(self, kind: str = "") -> float:
        """Share of the pauses (of a kind) at which the turn was ended, mended or not."""
        chosen = [cut for cut in self.cuts if not kind or cut.kind == kind]
        return sum(cut.ended_after_seconds is not None for cut in chosen) / max(1, len(chosen))

    def mended_share(self, compute_seconds: float, within_seconds: float = MENDED_SECONDS) -> float:
        """Share of the pauses at which the turn was ended and made whole again."""
        return sum(cut.mended(compute_seconds, within_seconds) for cut in self.cuts) / max(1, len(self.cuts))


def reading(scale: float) -> Needed:
    """The endpointer with this patience."""

    def needed(trace: Trace, block: int) -> float:
        # Read at every block of a pause: the words may still change.
        return silence_needed_seconds(trace.partials[block], trace.endings[block], trace.rooms[block]) * scale

    return needed


def fixed(seconds: float) -> Needed:
    """A fixed silence."""
    return lambda trace, block: seconds


def operate(name: str, traces: Sequence[Trace], needed: Needed) -> Operation:
    """Try it on every turn. After a cut-off the rest of the turn is judged as if nothing had been."""
    cuts: list[Cut] = []
    silences: list[float] = []
    for trace in traces:
        for pause in trace.pauses:
            ended = _ended_after(trace, pause.start_seconds, pause.end_seconds, needed)
            cuts.append(Cut(pause.kind, pause.end_seconds - pause.start_seconds, ended))
        ended = _ended_after(trace, trace.end_seconds, len(trace.voiced) * BLOCK_SECONDS, needed)
        silences.append(len(trace.voiced) * BLOCK_SECONDS - trace.end_seconds if ended is None else ended)
    return Operation(name, tuple(cuts), tuple(silences))


def _ended_after(trace: Trace, start_seconds: float, end_seconds: float, needed: Needed) -> float | None:
    """The silence, counted from the last sound, after which the turn was ended; None when it was not before the end.

    As the ears do it: what is voiced in the pause, as talk in an office is, begins the silence anew, and the first
    silence that is long enough ends the turn.
    """
    first, last = round(start_seconds / BLOCK_SECONDS), min(len(trace.voiced), round(end_seconds / BLOCK_SECONDS))
    before = np.flatnonzero(trace.voiced[:first])
    silent_from = int(before[-1]) + 1 if before.size else 0
    for block in range(first, last):
        if trace.voiced[block]:
            silent_from = block + 1
            continue
        silence = (block + 1.5 - silent_from) * BLOCK_SECONDS
        if silence >= needed(trace, block):
            return (block + 1) * BLOCK_SECONDS - start_seconds
    return None


def curve(traces: Sequence[Trace]) -> list[Operation]:
    """The whole trade-off of the endpointer, from hasty to patient."""
    return [operate(f"{scale:g}", traces, reading(scale)) for scale in SCALES]


def fixed_silences(traces: Sequence[Trace]) -> list[Operation]:
    """What the usual way does."""
    return [operate(f"{seconds:g} s", traces, fixed(seconds)) for seconds in FIXED_SECONDS]


def figures_of(operation: Operation, compute_seconds: float, prefix: str = "") -> Figures:
    """cutoff_share (not mended), cutoff_mended_share, the silences, and the share of each kind of pause."""
    mended = operation.mended_share(compute_seconds)
    found: Figures = {
        f"{prefix}pauses": float(operation.pauses),
        f"{prefix}cutoff_share": operation.cut_share() - mended,
        f"{prefix}cutoff_mended_share": mended,
        f"{prefix}cutoff_any_share": operation.cut_share(),
        f"{prefix}cutoff_beyond_400ms_share": operation.cut_share()
        - operation.mended_share(compute_seconds, SOON_SECONDS),
        f"{prefix}silence_ms_p50": 1000 * percentile(operation.silences_seconds, 0.5),
        f"{prefix}silence_ms_p95": 1000 * percentile(operation.silences_seconds, 0.95),
    }
    return found | {
        f"{prefix}cutoff_any_{name.split()[-1]}_share": operation.cut_share(kind) for kind, name in KINDS.items()
    }
