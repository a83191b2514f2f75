"""The language model as the acceptor Vosk composes at run time (Gr): words on both sides, epsilon arcs to back off."""

from __future__ import annotations

import math
from pathlib import Path

from .ngram import SENTENCE_END, SENTENCE_START, History, NgramModel
from .prerequisites import find_plugin, run


def write_grammar(model: NgramModel, word_ids: dict[str, int], target: Path, scratch_dir: Path) -> None:
    """Write `Gr.fst`. `word_ids` are the numbers after the lexicon graph's relabelling."""
    states = _number_states(model)
    lines = []
    for history in states:
        lines += _history_lines(model, history, states, word_ids)
    plain, sorted_file = scratch_dir / "G.fst", scratch_dir / "G.sorted.fst"
    plain.write_bytes(run(["fstcompile", "--arc_type=standard"], stdin=("\n".join(lines) + "\n").encode()))
    run(["fstarcsort", "--sort_type=ilabel", str(plain), str(sorted_file)])
    run(
        ["fstconvert", "--fst_type=ngram", str(sorted_file), str(target)],
        environment={"LD_LIBRARY_PATH": str(find_plugin("ngram-fst.so").parent)},
    )


def _number_states(model: NgramModel) -> dict[History, int]:
    """The start of a sentence comes first: OpenFst takes the first state it reads as the start."""
    start: History = (SENTENCE_START,)
    histories = [start, (), *sorted(history for history in model.probability if history not in (start, ()))]
    return {history: number for number, history in enumerate(histories)}


def _shorter(history: History, states: dict[History, int]) -> History:
    while history not in states:
        history = history[1:]
    return history


def _history_lines(
    model: NgramModel, history: History, states: dict[History, int], word_ids: dict[str, int]
) -> list[str]:
    state, lines = states[history], []
    if history:
        backoff_cost = -math.log(max(model.backoff[history], 1e-9))
        lines.append(f"{state} {states[_shorter(history[1:], states)]} 0 0 {backoff_cost:.5g}")
    for word, chance in model.probability[history].items():
        cost = -math.log(chance)
        if word == SENTENCE_END:
            lines.append(f"{state} {cost:.5g}")
            continue
        target = states[_shorter((*history, word)[-2:], states)]
        lines.append(f"{state} {target} {word_ids[word]} {word_ids[word]} {cost:.5g}")
    return lines
