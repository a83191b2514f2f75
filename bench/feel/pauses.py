"""Pauses in mid-turn: the gap against the cut-offs, in a quiet room and in an office."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.feel.listeners import Listeners
from bench.feel.noises import Sound, office, with_noise
from bench.feel.page import Point
from bench.feel.spoken import TYPED_VOICES, SpokenTurn, spoken_by, spoken_turns
from bench.feel.traces import Trace
from bench.feel.tradeoff import Operation, curve, figures_of, fixed_silences, operate, reading
from bench.feel.typed import typed_scripts
from bench.report import Figures, percentile
from voicecoach.audio.base import Pcm
from voicecoach.stt.vad import level_dbfs
from voicecoach.tts.base import Voice

OFFICE_EVERY = {"held_back": 1, "typed": 3}
"""Every so many-th turn is heard again in the office: few of the pauses are cut off and not mended."""

SEEN_EVERY = 3
"""Of the sets that were tuned on or looked at a third is enough to see that the other does no worse."""

OFFICE_SNR_DB = (20.0, 10.0)
NEXT_PIECE_SAMPLES = 7919
COMPUTE_MS = 80.0
"""What the program and the devices add to the silence, where this run did not measure it over devices."""

Curves = dict[str, list[Point]]


def measure_pauses(
    listeners: Listeners, voice: Voice, compute_ms: float = COMPUTE_MS
) -> tuple[Figures, Curves, list[list[str]]]:
    """Figures of the held-back half (of the other turns with their name before them), the curves, a table by kind."""
    figures: Figures = {}
    curves: Curves = {}
    rows = [["", "pauses", "cut off", "of these mended", "silence p50", "silence p95"]]
    halves = {
        "tuned": list(spoken_turns("tuned", voice, SEEN_EVERY)),
        "looked_at": list(spoken_turns("looked_at", voice, SEEN_EVERY)),
        "held_back": list(spoken_turns("held_back", voice)),
        "typed": list(spoken_by(TYPED_VOICES, typed_scripts(), voice)),
    }
    quiet: dict[str, list[Trace]] = {}
    for half, turns in halves.items():
        if not turns:
            continue
        quiet[half] = traces = list(listeners.hear((turn, None) for turn in turns))
        usual = operate("as it is", traces, reading(1.0))
        figures |= figures_of(usual, compute_ms / 1000, "" if half == "held_back" else f"{half}_")
        rows.append(_row(f"{half}", usual, compute_ms))
        curves[half] = [_point(operation, compute_ms) for operation in curve(traces)]
        if half == "held_back":
            fixed = fixed_silences(traces)
            curves["fixed silences"] = [_point(operation, compute_ms) for operation in fixed]
            rows += [_row(f"fixed {operation.name}", operation, compute_ms) for operation in fixed]
            figures |= {
                f"fixed_{operation.name.split()[0]}s_cutoff_any_share": operation.cut_share() for operation in fixed
            }
    for half, every in OFFICE_EVERY.items():
        if turns := halves[half][::every]:
            found = _office(turns, quiet[half][::every], listeners, voice, compute_ms, rows)
            figures |= {("" if half == "held_back" else f"{half}_") + name: value for name, value in found.items()}
    return figures, curves, rows


def _office(
    turns: Sequence[SpokenTurn],
    in_quiet: Sequence[Trace],
    listeners: Listeners,
    voice: Voice,
    compute_ms: float,
    rows: list[list[str]],
) -> Figures:
    figures: Figures = {}
    noise = office(20.0, voice, -30.0)
    quiet = operate("quiet", in_quiet, reading(1.0))
    for snr_db in OFFICE_SNR_DB:
        sounds = ((turn, beside(turn, noise, number, snr_db)) for number, turn in enumerate(turns))
        traces = list(listeners.hear(sounds))
        noisy = operate(f"office {snr_db:.0f} dB", traces, reading(1.0))
        rows.append(_row(noisy.name, noisy, compute_ms))
        key = f"office_{snr_db:.0f}db"
        figures |= {
            f"{key}_gap_more_ms_p50": 1000 * (_median(noisy) - _median(quiet)),
            f"{key}_cutoff_any_ratio": noisy.cut_share() / max(1e-9, quiet.cut_share()),
            f"{key}_cutoff_share": _unmended(noisy, compute_ms),
            f"{key}_cutoff_ratio": _unmended(noisy, compute_ms) / max(1e-9, _unmended(quiet, compute_ms)),
        }
    return figures


def beside(turn: SpokenTurn, noise: Sound, number: int, snr_db: float) -> Pcm:
    """The ``number``-th turn with another piece of the noise than any other, at this ratio."""
    shifted = np.roll(noise, NEXT_PIECE_SAMPLES * number)
    return with_noise(turn.pcm, shifted, _speech_dbfs(turn), snr_db)


def _speech_dbfs(turn: SpokenTurn) -> float:
    levels = np.abs(turn.pcm.astype(np.int32))
    return level_dbfs(turn.pcm[levels > levels.max() / 30])


def _unmended(operation: Operation, compute_ms: float) -> float:
    return operation.cut_share() - operation.mended_share(compute_ms / 1000)


def _median(operation: Operation) -> float:
    return percentile(operation.silences_seconds, 0.5)


def _point(operation: Operation, compute_ms: float) -> Point:
    silences = operation.silences_seconds
    return Point(
        operation.name,
        1000 * percentile(silences, 0.5) + compute_ms,
        1000 * percentile(silences, 0.95) + compute_ms,
        operation.cut_share(),
    )


def _row(name: str, operation: Operation, compute_ms: float) -> list[str]:
    mended = operation.mended_share(compute_ms / 1000)
    return [
        name,
        str(operation.pauses),
        f"{100 * operation.cut_share():.1f} %",
        f"{100 * mended:.1f} %",
        f"{1000 * percentile(operation.silences_seconds, 0.5):.0f} ms",
        f"{1000 * percentile(operation.silences_seconds, 0.95):.0f} ms",
    ]
