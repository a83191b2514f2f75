"""Viterbi alignment: given its words, which phone is said at each frame of every clean recording."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .corpus import utterances
from .features import CLEAN_TAKE, load_take
from .labels import Alignment
from .network import TrainedNetwork, padded
from .phones import BASE_PHONES, SILENCE, enter_pdf, stay_pdf
from .pronunciation import Pronunciations
from .settings import SUBSAMPLING_FACTOR, Workspace

_IMPOSSIBLE = -1e30
_SHORTEST_FRAMES = 20
_WORST_FIT = -2.0  # log ratio per frame; below it the words were not what was said


@dataclass(frozen=True)
class _WordGraph:
    """States of one utterance's words: the pdf each emits, its predecessors (padded with the state count), ends."""

    pdfs: NDArray[np.int64]
    predecessors: NDArray[np.int64]
    initial: NDArray[np.bool_]
    final: list[int]


def _word_graph(words: list[str], pronunciations: Pronunciations) -> _WordGraph:
    """Every pronunciation of every word in a row, with optional silence around each word."""
    pdfs: list[int] = []
    sources: list[list[int]] = []
    begin = -1

    def add(phone: str, before: list[int]) -> list[int]:
        enter = len(pdfs)
        pdfs.extend([enter_pdf(phone), stay_pdf(phone)])
        sources.extend([list(before), [enter, enter + 1]])
        return [enter, enter + 1]

    current = [begin, *add(SILENCE, [begin])]
    for word in words:
        ends: list[int] = []
        for phones in pronunciations[word]:
            tail = current
            for phone in phones:
                tail = add(phone, tail)
            ends += tail
        current = ends + add(SILENCE, ends)
    width = max(len(before) for before in sources)
    predecessors = np.full((len(pdfs), width), len(pdfs))
    for state, before in enumerate(sources):
        known = [source for source in before if source != begin]
        predecessors[state, : len(known)] = known
    initial = np.array([begin in before for before in sources])
    return _WordGraph(np.array(pdfs), predecessors, initial, [state for state in current if state != begin])


def _best_path(scores: NDArray[np.float32], graph: _WordGraph) -> tuple[NDArray[np.int64] | None, float]:
    """Best pdf of each row of (outputs, pdfs) scores, and the mean score; None when the words do not fit."""
    state_count, steps = len(graph.pdfs), len(scores)
    emitted = scores[:, graph.pdfs]
    reached = np.full(state_count + 1, _IMPOSSIBLE, np.float32)
    reached[:state_count][graph.initial] = emitted[0][graph.initial]
    back = np.zeros((steps, state_count), np.int64)
    rows = np.arange(state_count)
    for step in range(1, steps):
        candidates = reached[graph.predecessors]
        best = candidates.argmax(1)
        back[step] = graph.predecessors[rows, best]
        reached[:state_count] = candidates[rows, best] + emitted[step]
    state = max(graph.final, key=lambda final: reached[final])
    total = float(reached[state])
    if total < _IMPOSSIBLE / 10:
        return None, _IMPOSSIBLE
    path = np.zeros(steps, np.int64)
    for step in range(steps - 1, -1, -1):
        path[step] = state
        state = back[step, state]
    return graph.pdfs[path], total / steps


class _Aligner:
    """One process's network, features and words."""

    def __init__(self, workspace: Workspace, network_file: Path, lexicon: Pronunciations) -> None:
        torch.set_num_threads(1)
        self._trained = TrainedNetwork.load(network_file)
        self._clean = load_take(workspace, CLEAN_TAKE)
        self._starts = self._clean.starts()
        self._corpus, self._lexicon = list(utterances(workspace)), lexicon

    def align(self, number: int) -> tuple[NDArray[np.int16], float]:
        """Pdf of each frame (all three phases of the subsampling aligned apart) and the fit."""
        frames = self._clean.utterance(number, self._starts)
        labels = np.full(len(frames), stay_pdf(SILENCE), np.int16)
        if len(frames) < _SHORTEST_FRAMES:
            return labels, _IMPOSSIBLE
        graph = _word_graph(self._corpus[number].words, self._lexicon)
        context, fits = padded(frames), []
        for phase in range(SUBSAMPLING_FACTOR):
            outputs = (len(frames) - phase + SUBSAMPLING_FACTOR - 1) // SUBSAMPLING_FACTOR
            path, fit = _best_path(self._scores(context[phase:])[:outputs], graph)
            if path is None:
                return labels, _IMPOSSIBLE
            labels[phase::SUBSAMPLING_FACTOR] = path
            fits.append(fit)
        return labels, float(np.mean(fits))

    def _scores(self, context: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.no_grad():
            logits = self._trained.network(torch.from_numpy(context)[None])[0]
            scores = torch.log_softmax(logits, -1).numpy() - np.log(self._trained.priors)
        if scores.shape[1] == len(BASE_PHONES):  # the bootstrap network knows phones, not entering and staying
            scores = np.repeat(scores, 2, axis=1)
        return np.asarray(scores, np.float32)


_aligners: list[_Aligner] = []  # the one of this worker process


def _start_aligner(workspace: Workspace, network_file: Path, lexicon: Pronunciations) -> None:
    _aligners.append(_Aligner(workspace, network_file, lexicon))


def _align_one(number: int) -> tuple[NDArray[np.int16], float]:
    return _aligners[0].align(number)


def align(
    workspace: Workspace, network_file: Path, lexicon: Pronunciations, utterance_count: int, processes: int
) -> Alignment:
    """Align the whole corpus with the network in `network_file`."""
    parts = (workspace, network_file, lexicon)
    fresh = get_context("spawn")  # forking after torch has used its threads can hang
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_start_aligner, initargs=parts) as pool:
        results = list(pool.map(_align_one, range(utterance_count), chunksize=25))
    fit = np.array([fit for _, fit in results], np.float32)
    return Alignment(np.concatenate([labels for labels, _ in results]), fit, fit > _WORST_FIT)
