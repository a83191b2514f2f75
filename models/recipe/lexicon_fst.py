"""The decoding graph below the words (HCLr): transition ids in, words out, for every pronunciation of the vocabulary.

Built as text, determinised and minimised by kaldifst, and written by OpenFst in the look-ahead form that Vosk composes
with the language model while it decodes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import kaldifst

from .phones import SILENCE, TRANSITION_COUNT, UNKNOWN_SPEECH, enter_transition, with_positions
from .prerequisites import find_plugin, run
from .pronunciation import Pronunciations

UNKNOWN_WORD = "[unk]"
_SILENCE_COST = -math.log(0.5)  # after a word, silence is as likely as none
_START, _WORD, _PAUSE, _PAUSE_END = range(4)


@dataclass(frozen=True)
class Arc:
    """One arc of a transducer as OpenFst's text form has it."""

    source: int
    target: int
    label_in: int
    label_out: int
    cost: float = 0.0

    def text(self) -> str:
        """The arc's line in OpenFst's text form."""
        return f"{self.source} {self.target} {self.label_in} {self.label_out} {self.cost:.6g}"


@dataclass(frozen=True)
class LexiconGraph:
    """What the language model must know of the graph: the final word numbers and the disambiguation symbols."""

    word_ids: dict[str, int]
    disambiguation_ids: list[int]


def build_lexicon_graph(pronunciations: Pronunciations, graph_dir: Path, scratch_dir: Path) -> LexiconGraph:
    """Write `HCLr.fst` and return the word numbers after OpenFst's relabelling."""
    words = sorted([*pronunciations, UNKNOWN_WORD])
    first_ids = {word: index + 1 for index, word in enumerate(words)}
    entries = [(word, phones) for word in words for phones in pronunciations.get(word, [[UNKNOWN_SPEECH]])]
    arcs, symbol_count = _lexicon_arcs(entries, first_ids)
    arcs, finals = _determinised(arcs)
    arcs = _with_self_loops(arcs)
    minimal = _compiled(arcs, finals)
    kaldifst.minimize_encoded(minimal)
    relabelled = _write_lookahead(minimal, graph_dir / "HCLr.fst", scratch_dir)
    word_ids = {word: relabelled.get(index, index) for word, index in first_ids.items()}
    if len(set(word_ids.values())) != len(word_ids):
        raise RuntimeError("OpenFst gave two words one number")
    disambiguation_ids = [TRANSITION_COUNT + index for index in range(1, symbol_count + 1)]
    return LexiconGraph(word_ids, disambiguation_ids)


def _disambiguators(entries: list[tuple[str, list[str]]]) -> list[int]:
    """For each entry 0, or the number of the symbol that tells it from a homophone or a longer word."""
    times = Counter(tuple(phones) for _, phones in entries)
    prefixes = {tuple(phones[:end]) for _, phones in entries for end in range(1, len(phones))}
    used: Counter[tuple[str, ...]] = Counter()
    numbers = []
    for _, phones in entries:
        key = tuple(phones)
        if times[key] > 1 or key in prefixes:
            used[key] += 1
            numbers.append(used[key])
        else:
            numbers.append(0)
    return numbers


def _lexicon_arcs(entries: list[tuple[str, list[str]]], word_ids: dict[str, int]) -> tuple[list[Arc], int]:
    """The lexicon as a loop over words with optional silence between them; also the number of extra symbols."""
    numbers = _disambiguators(entries)
    pause_symbol = max(numbers) + 1
    arcs = [
        Arc(_START, _WORD, 0, 0, _SILENCE_COST),
        Arc(_START, _PAUSE, 0, 0, _SILENCE_COST),
        Arc(_PAUSE, _PAUSE_END, enter_transition(SILENCE), 0),
        Arc(_PAUSE_END, _WORD, TRANSITION_COUNT + pause_symbol, 0),
    ]
    next_state = _PAUSE_END + 1
    for (word, phones), number in zip(entries, numbers, strict=True):
        labels = [enter_transition(phone) for phone in with_positions(phones)]
        labels += [TRANSITION_COUNT + number] if number else []
        state, output = _WORD, word_ids[word]
        for label in labels[:-1]:
            arcs.append(Arc(state, next_state, label, output))
            state, next_state, output = next_state, next_state + 1, 0
        arcs += [Arc(state, end, labels[-1], output, _SILENCE_COST) for end in (_WORD, _PAUSE)]
    return arcs, pause_symbol


def _compiled(arcs: list[Arc], finals: dict[int, float]) -> kaldifst.StdVectorFst:
    lines = [arc.text() for arc in arcs] + [f"{state} {cost:.6g}" for state, cost in finals.items()]
    return kaldifst.compile("\n".join(lines) + "\n", acceptor=False)


def _determinised(arcs: list[Arc]) -> tuple[list[Arc], dict[int, float]]:
    fst = _compiled(arcs, {_WORD: 0.0})
    kaldifst.arcsort(fst, "olabel")
    if kaldifst.determinize_star(fst):  # works in place; True means it gave up
        raise RuntimeError("the lexicon cannot be determinised: a disambiguation symbol is missing")
    kaldifst.connect(fst)
    result, finals = [], {}
    for line in fst.to_str(show_weight_one=True).strip().splitlines():
        fields = line.split()
        if len(fields) >= 4:
            source, target, label_in, label_out = map(int, fields[:4])
            result.append(Arc(source, target, label_in, label_out, float(fields[4])))
        else:
            finals[int(fields[0])] = float(fields[1]) if len(fields) > 1 else 0.0
    return result, finals


def _with_self_loops(arcs: list[Arc]) -> list[Arc]:
    """Let every phone last: a state entered by one phone gets its loop; one entered by several is split first."""
    start = arcs[0].source
    phones_into: dict[int, set[int]] = defaultdict(set)
    for arc in arcs:
        phones_into[arc.target].add(arc.label_in if arc.label_in <= TRANSITION_COUNT else 0)
    next_state = 1 + max(max(arc.source, arc.target) for arc in arcs)
    split: dict[tuple[int, int], int] = {}
    looped: set[tuple[int, int]] = set()
    result = []
    for arc in arcs:
        target, label = arc.target, arc.label_in
        if 0 < label <= TRANSITION_COUNT:
            if phones_into[target] != {label} or target == start:
                if (target, label) not in split:
                    split[target, label] = next_state
                    next_state += 1
                target = split[target, label]
            looped.add((target, label))
        result.append(Arc(arc.source, target, label, arc.label_out, arc.cost))
    result += [Arc(state, target, 0, 0) for (target, _), state in split.items()]
    result += [Arc(state, state, label - 1, 0) for state, label in sorted(looped)]  # the self-loop's id is one less
    return sorted(result, key=lambda arc: (arc.source != start, arc.source))


def _write_lookahead(fst: kaldifst.StdVectorFst, target: Path, scratch_dir: Path) -> dict[int, int]:
    """Write the olabel_lookahead form; return OpenFst's new number of each relabelled word."""
    plain, relabel_file = scratch_dir / "HCL.fst", scratch_dir / "relabel.txt"
    kaldifst.arcsort(fst, "olabel")
    fst.write(str(plain))
    run(
        ["fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={relabel_file}", str(plain), str(target)],
        environment={"LD_LIBRARY_PATH": str(find_plugin("olabel_lookahead-fst.so").parent)},
    )
    pairs = (line.split() for line in relabel_file.read_text().splitlines())
    return {int(old): int(new) for old, new in pairs}
